// Why somebody is shown, by codes; the server writes the words of each into the page.

/** What speaks for one person and what against, the strongest first: `{reasons, against}`. */
export function reasonsOf(ground, parts, remarks, tables) {
  // Fields of which an equal value tells already.
  const covered = ground ? tables.covered[ground.reason] : [];
  const isWorth = (part) => !covered.includes(part.field) && isTold(part, tables.least_bits);
  const worth = parts.filter(isWorth);
  const speaking = worth.filter((part) => part.bits >= 0).sort((one, other) => other.bits - one.bits);
  const against = worth.filter((part) => part.bits < 0).sort((one, other) => one.bits - other.bits);
  return {
    reasons: [...(ground ? [ground.reason] : []), ...speaking.map(codeOf), ...remarks],
    against: against.map(codeOf),
  };
}

// What a field says is clear, or everybody looks for it.
const isTold = ({ field, category, bits }, least) =>
  category !== "missing" && (field === "name" || Math.abs(bits) >= least);

const codeOf = ({ field, category }) => `${field}.${category}`;

/** Whether the ends of a NIK are those that are shown of another; it decides nothing, because many
 * share them: four digits of a place and a serial number that begins at one for each birth date. */
export function isSameTail(nik, masked) {
  return Boolean(nik && masked) && nik.slice(0, 4) === masked.slice(0, 4) && nik.slice(-4) === masked.slice(-4);
}
