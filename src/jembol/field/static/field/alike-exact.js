// What equal values say by themselves, as `registry/rules.py` compares them on the server.

import { slips } from "./alike-slips.js";

const isBoth = (left, right) => Boolean(left && right);
const isOther = (left, right) => isBoth(left, right) && left !== right;

/** The ground on which two records are one person: `{strength, reason}`; null when there is none.
 *
 * What is compared is `{folded, nik, phone, born, kelurahan}`; an empty value is unknown. */
export function exactGround(one, other, tables) {
  const isAgainst = isOther(one.nik, other.nik) || isOther(one.born, other.born);
  return byNik(one, other) ?? byPhone(one, other, isAgainst, tables) ?? byName(one, other, isAgainst);
}

function byNik(one, other) {
  if (!one.nik || one.nik !== other.nik) return null;
  if (namesAgree(one.folded, other.folded)) return { strength: "sure", reason: "same-nik" };
  return { strength: "possible", reason: "same-nik-other-name" };
}

function byPhone(one, other, isAgainst, tables) {
  if (!one.phone || one.phone !== other.phone) return null;
  if (one.folded && one.folded === other.folded) {
    return { strength: isAgainst ? "possible" : "sure", reason: "same-phone" };
  }
  const isLike = !isAgainst && namesAlike(one.folded, other.folded, tables);
  return isLike ? { strength: "possible", reason: "same-phone-like-name" } : null;
}

function byName(one, other, isAgainst) {
  const isNear = one.kelurahan && one.kelurahan === other.kelurahan;
  const isSame = one.folded && one.folded === other.folded;
  return isNear && isSame && !isAgainst ? { strength: "possible", reason: "same-name-nearby" } : null;
}

// Equal, or all words of one are among the other's.
function namesAgree(one, other) {
  if (!one || !other) return false;
  const [left, right] = [new Set(one.split(" ")), new Set(other.split(" "))];
  const isWithin = (some, more) => [...some].every((word) => more.has(word));
  return isWithin(left, right) || isWithin(right, left);
}

function namesAlike(one, other, tables) {
  if (!one || !other) return false;
  const allowed = Math.min(one.length, other.length) > tables.short_name ? 2 : 1;
  return namesAgree(one, other) || slips(one, other, allowed) <= allowed;
}
