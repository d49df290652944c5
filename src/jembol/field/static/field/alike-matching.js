// The words of two names matched, as `name_category` of `methods/linkage/evidence.py` does.

import { areAlike, isInitial, isShortForm, isWithin } from "./alike-slips.js";

const stepOf = (bits, bounds) => bounds.filter((bound) => bits >= bound).length;

/** Two lists of words in an order of their own, because rounds are greedy. */
export function inOrder(one, other) {
  for (let place = 0; place < Math.min(one.length, other.length); place += 1) {
    if (one[place] !== other[place]) return one[place] < other[place] ? [one, other] : [other, one];
  }
  return one.length <= other.length ? [one, other] : [other, one];
}

class Matching {
  constructor(one, other, bitsOf) {
    const weighed = (word, place) => ({ place, word, bits: bitsOf(word) });
    this.left = one.map(weighed);
    this.right = other.map(weighed);
    this.bits = 0;
    this.count = 0;
    this.isExact = true;
  }

  // Match what fits, each word once.
  round(fits, worthOf, keepsExact = false) {
    for (const left of [...this.left]) {
      const right = this.right.find((one) => fits(left.word, one.word));
      if (!right) continue;
      this._take(worthOf(Math.min(left.bits, right.bits)), keepsExact);
      this.left = this.left.filter((one) => one !== left);
      this.right = this.right.filter((one) => one !== right);
    }
  }

  // Match two neighbours of a side with one word of the other that writes them together.
  join(side, otherSide, share, letters) {
    for (const first of [...this[side]]) {
      const second = this[side].find((one) => one.place === first.place + 1);
      if (!second || !this[side].includes(first)) continue;
      const joined = (first.word + second.word).slice(0, letters);
      const whole = this[otherSide].find((one) => isWithin(joined, one.word, 1));
      if (!whole) continue;
      this._take(share * Math.min(first.bits + second.bits, whole.bits), false);
      this[side] = this[side].filter((one) => one !== first && one !== second);
      this[otherSide] = this[otherSide].filter((one) => one !== whole);
    }
  }

  _take(bits, keepsExact) {
    this.bits += bits;
    this.count += 1;
    this.isExact &&= keepsExact;
  }
}

/** The category of two names, by its name. */
export function nameCategory(one, other, bitsOf, tables, letters) {
  if (!one.length || !other.length) return "missing";
  const match = new Matching(...inOrder(one, other), bitsOf);
  match.round((left, right) => left === right, (bits) => bits, true);
  match.round(areAlike, (bits) => tables.alike_share * bits);
  match.join("left", "right", tables.joined_share, letters);
  match.join("right", "left", tables.joined_share, letters);
  match.round(isInitial, () => tables.initial_bits);
  match.round(isShortForm, (bits) => tables.short_share * bits);
  return kindOf(match, tables);
}

function kindOf({ left, right, bits, count, isExact }, tables) {
  const graded = (kind, bounds) => `${kind}-${1 + stepOf(bits, bounds)}`;
  if (!count) return "conflict";
  if (left.length && right.length) {
    if (bits < tables.little) return "little";
    const against = Math.min(...[left, right].map(sumOfBits));
    return graded(against >= tables.against ? "against" : "partial", tables.partial);
  }
  if (left.length || right.length) {
    return isExact ? graded("subset", tables.subset) : graded("like-subset", tables.like_subset);
  }
  return isExact ? graded("equal", tables.equal) : graded("like", tables.like);
}

const sumOfBits = (side) => side.reduce((sum, word) => sum + word.bits, 0);

/** The category of two names of enterprises, by its name. */
export function businessCategory(one, other, bitsOf, tables) {
  if (!one.length || !other.length) return "missing";
  const [left, right] = inOrder(one, other);
  const free = [...right];
  let found = 0;
  let matched = 0;
  for (const word of left) {
    const at = free.findIndex((twin) => isSameBusinessWord(word, twin));
    if (at < 0) continue;
    const [twin] = free.splice(at, 1);
    found += Math.min(bitsOf(word), bitsOf(twin));
    matched += 1;
  }
  if (!matched) return "different";
  const isWhole = matched === left.length && matched === right.length;
  const enough = tables.strong_business / (isWhole ? 2 : 1);
  return found >= enough ? "equal" : "partial";
}

function isSameBusinessWord(one, other) {
  return one === other || (Math.min(one.length, other.length) >= 4 && isWithin(one, other, 1));
}
