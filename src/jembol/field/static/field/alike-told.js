// Who is shown of those who are alike, as `look_up` of `registry/matching.py` decides it.

const oddsOf = (chance) => chance / Math.max(1 - chance, 1e-12);

/** Of `{ground, chance, order, …}` keep whom an equal value names, and those who are likely beside
 * all others; the likeliest first, each with `strength` and `probability`. */
export function told(found, tables) {
  const likely = found.filter((one) => one.chance >= tables.also || !isWeak(one));
  const judged = likely.map((one) => ({ ...one, ...verdictOf(one, tables) }));
  return kept(judged, tables).sort(byRank);
}

// Of an equal name in one kelurahan linkage knows more: how many are called so, and what else is
// known.
const isWeak = ({ ground }) => !ground || ground.reason === "same-name-nearby";

function verdictOf({ ground, chance }, tables) {
  const isSure = ground?.strength === "sure" || chance >= tables.sure;
  const stated = ground ? tables.chances[ground.strength] : 0;
  return { strength: isSure ? "sure" : "possible", probability: Math.max(stated, chance) };
}

// At most one of them is the person, so that each takes from the odds of the others: half of what
// it has, because rows may name one person twice.
function kept(found, tables) {
  const weak = found.filter(isWeak);
  if (weak.length < found.length) {
    return found.filter((one) => !isWeak(one) || one.chance >= tables.possible);
  }
  const best = Math.max(0, ...weak.map((one) => one.chance));
  const all = weak.reduce((sum, one) => sum + oddsOf(one.chance), 0);
  const beside = 1 + (all + oddsOf(best)) / 2;
  return best >= tables.clear || oddsOf(best) >= tables.possible * beside ? found : [];
}

function byRank(one, other) {
  return rankOf(one) - rankOf(other) || other.probability - one.probability || one.order - other.order;
}

// Who is sure comes first, and of those who is so by an equal value.
const rankOf = ({ strength, ground }) =>
  (strength === "sure" ? 0 : 2) + (ground?.strength === "sure" ? 0 : 1);
