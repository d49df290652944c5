// Each field of a pair in one category, as `methods/linkage/evidence.py` decides on the server.

import { businessCategory, nameCategory } from "./alike-matching.js";
import { CARD, LONG, PERSONAL, ROUNDED, SHORT, bornIn } from "./alike-numbers.js";
import { digitSlips } from "./alike-slips.js";

const MISSING = "missing";

/** The categories of a pair by name, in the order of the model's fields.
 *
 * `rarity` tells how telling a word is (`word`, `business`, in bits) and how many people have a
 * phone number (`phone`). */
export function categoriesOf(one, other, rarity, { evidence, letters }) {
  return [
    nameCategory(one.words, other.words, rarity.word, evidence, letters),
    nikCategory(one, other),
    birthCategory(one, other),
    phoneCategory(one.phones, other.phones, rarity.phone, evidence),
    placeCategory(one, other),
    !one.sex || !other.sex ? MISSING : one.sex === other.sex ? "equal" : "different",
    businessCategory(one.business, other.business, rarity.business, evidence),
  ];
}

function nikCategory(one, other) {
  if (!one.nikKind || !other.nikKind) return MISSING;
  const kinds = [one.nikKind, other.nikKind];
  const isRounded = kinds.includes(ROUNDED);
  if (one.nik === other.nik) {
    if (kinds.includes(CARD)) return "card-equal";
    return isRounded ? "rounded-equal" : "equal";
  }
  if (kinds.includes(CARD)) return MISSING; // a family card says nothing against a person's number
  if (kinds.includes(SHORT) || kinds.includes(LONG)) return oddLength(one.nik, other.nik);
  if (isRounded && one.nik.slice(0, -1) === other.nik.slice(0, -1)) return "rounded-equal";
  return nikDifference(one.nik.padStart(16, "0"), other.nik.padStart(16, "0"));
}

// A digit was left out or typed twice; unlike ones say nothing.
function oddLength(one, other) {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  if (longer.startsWith(shorter)) return "rounded-equal";
  const isLeftOut = [...longer].some((_digit, at) => longer.slice(0, at) + longer.slice(at + 1) === shorter);
  return isLeftOut ? "one-digit" : MISSING;
}

function nikDifference(one, other) {
  const slips = digitSlips(one, other);
  if (one.slice(0, 12) === other.slice(0, 12)) return slips === 1 ? "serial-one-digit" : "serial";
  if (slips <= 2) return slips === 1 ? "one-digit" : "two-digits";
  return one.slice(6, 12) === other.slice(6, 12) ? "birth" : "different";
}

function birthCategory(one, other) {
  if (one.born && other.born) return birthDifference(one.born, other.born);
  if (!one.born && !other.born) return MISSING;
  const [left, right] = [shortBirth(one), shortBirth(other)];
  if (!Number(left) || !Number(right)) return MISSING;
  return left === right ? "nik-equal" : "nik-different";
}

// DDMMYY of the date of birth, else of the NIK.
function shortBirth({ born, nik, nikKind }) {
  const two = (number) => String(number).padStart(2, "0");
  if (born) return [born, Math.floor(born / 100), Math.floor(born / 10_000)].map((part) => two(part % 100)).join("");
  return PERSONAL.has(nikKind) ? bornIn(nik).map(two).join("") : "000000";
}

function birthDifference(one, other) {
  if (one === other) return one % 10_000 === 101 ? "equal-default" : "equal";
  const [left, right] = [one, other].map(partsOf);
  const unlike = left.flatMap((part, place) => (part === right[place] ? [] : [place]));
  if (left[0] === right[0] && left[1] === right[2] && left[2] === right[1]) return "swapped";
  if (unlike.length === 1) {
    return digitSlips(left[unlike[0]], right[unlike[0]]) === 1 ? "one-digit" : "two-parts";
  }
  const hasDefault = [left, right].some((parts) => parts[1] + parts[2] === "0101");
  return hasDefault && left[0] === right[0] ? "two-parts" : "different";
}

function partsOf(born) {
  const digits = String(born).padStart(8, "0");
  return [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)];
}

function phoneCategory(one, other, countOf, tables) {
  const [left, right] = [one, other].map((phones) => phones.filter(Boolean));
  if (!left.length || !right.length) return MISSING;
  const shared = left.filter((phone) => right.includes(phone)).map(countOf);
  if (shared.length) {
    const rarest = Math.min(...shared);
    if (rarest > tables.crowd) return "crowd";
    return rarest > tables.shared ? "shared" : "equal";
  }
  const isSlip = (a, b) => a.length === b.length && digitSlips(a, b) === 1;
  return left.some((a) => right.some((b) => isSlip(String(a), String(b)))) ? "one-digit" : "different";
}

function placeCategory(one, other) {
  const street = isSameStreet(one, other);
  if (one.kelurahan && other.kelurahan) {
    if (one.kelurahan === other.kelurahan) return inOneKelurahan(one, other, street);
    if (one.city && other.city && one.city !== other.city) return "other-city";
    return street ? "street-only" : "other-kelurahan";
  }
  if (street) return "street-only";
  if (one.rt && other.rt && one.rw && other.rw) {
    return isSameRt(one, other) ? "rt-only" : "other-rt-only";
  }
  if (!one.kecamatan || !other.kecamatan) return MISSING;
  return one.kecamatan === other.kecamatan ? "kecamatan" : "other-kelurahan";
}

const isSameRt = (one, other) => one.rt === other.rt && one.rw === other.rw;

function inOneKelurahan(one, other, street) {
  const hasRw = Boolean(one.rw && other.rw);
  if (hasRw && one.rt && other.rt && isSameRt(one, other)) return street ? "house" : "rt";
  if (street) return "street";
  if (!hasRw) return "kelurahan";
  return one.rw === other.rw ? "rw" : "other-rw";
}

// House number and one word of the street agree, or both words of the street.
function isSameStreet(one, other) {
  const words = one.street.filter((word) => word && other.street.includes(word));
  if (!words.length) return false;
  if (one.house && other.house) return one.house === other.house;
  return words.length === 2;
}
