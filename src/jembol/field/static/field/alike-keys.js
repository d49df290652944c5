// The keys under which records of one person meet, as `methods/linkage/keys.py` has them. The
// server stores digests; here the parts of a key are written one behind the other.

import { LONG, PERSONAL, SHORT, WHOLE, bornIn } from "./alike-numbers.js";
import { packed } from "./alike-names.js";

const FIRST_OF_WORDS = 6;

/** Whether a key rests on a NIK or a phone number, which few people share. */
export const isNumber = (key) => Number.parseInt(key, 10) < FIRST_OF_WORDS;

export const phoneKey = (phone) => `3|${phone}`;

/** The keys of a record, each once, those of numbers first. */
export function keysOf(traits, { keys, letters }) {
  return [...new Set([
    ...ofNumbers(traits, keys.end),
    ...ofWords(traits, keys.words),
    ...ofDesks(traits, keys.words, letters),
  ])];
}

function* ofNumbers({ nik, nikKind, phones }, end) {
  if (nikKind === WHOLE || nikKind === SHORT || nikKind === LONG) yield `1|${nik.slice(-10)}`;
  if (end[nikKind]) yield `2|${nik.slice(0, -end[nikKind])}`;
  for (const phone of phones) {
    if (phone) yield phoneKey(phone);
  }
}

function* ofWords(traits, most) {
  const { birth, year } = birthOf(traits);
  const words = traits.words.slice(0, most);
  const home = traits.kelurahan;
  if (birth) {
    for (const word of words) yield `6|${word.slice(0, 1)}|${birth}`;
    for (const word of words) yield `7|${word.slice(0, 4)}|${year}`;
  }
  if (home) {
    for (const word of words) yield `8|${word}|${home}`;
    if (birth) yield `12|${birth}|${home}`;
    if (traits.house) yield `13|${traits.street[0]}|${traits.house}|${home}`;
  }
  if (traits.rt && traits.rw) {
    for (const word of words.slice(0, 2)) yield `9|${word.slice(0, 2)}|${traits.rw}|${traits.rt}|${home}`;
  }
  for (const [one, other] of pairsOf(words)) {
    yield one < other ? `10|${one}|${other}` : `10|${other}|${one}`;
  }
  if (traits.phones[0]) {
    const tail = traits.phones[0] % 1_000_000;
    for (const word of words.slice(0, 2)) yield `11|${word.slice(0, 3)}|${tail}`;
  }
}

// What meets without a kelurahan, and names that one of two wrote as one word.
function* ofDesks(traits, most, letters) {
  const { words, house, rt, rw } = traits;
  for (const street of traits.street.filter(Boolean)) {
    for (const word of words.slice(0, 2)) {
      if (house) yield `15|${word.slice(0, 1)}|${street}|${house}`;
      if (rt && rw) yield `16|${word.slice(0, 2)}|${street}|${rw}|${rt}`;
    }
  }
  if (words.length) {
    // Behind z stand all signs that are no letters; the server joins them as one.
    const joined = words.slice(0, most).join("").replace(/[^a-z]/g, "#");
    yield `17|${packed(joined, letters).slice(0, 8)}`;
  }
}

function pairsOf(words) {
  return words.flatMap((one, place) => words.slice(place + 1).map((other) => [one, other]));
}

// The date of birth without the order of day and month, and the year of two digits.
function birthOf({ born, nik, nikKind }) {
  let parts;
  if (born) parts = [born % 100, Math.floor(born / 100) % 100, Math.floor(born / 10_000) % 100];
  else if (PERSONAL.has(nikKind)) parts = bornIn(nik);
  else return { birth: 0, year: 0 };
  const [day, month, year] = parts;
  return { birth: year * 10_000 + Math.min(day, month) * 100 + Math.max(day, month), year };
}
