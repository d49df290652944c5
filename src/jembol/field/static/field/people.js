// Finding somebody by name among those that the phone carries.

const ACCENTS = /[\u0300-\u036f]/g;
const APOSTROPHES = /['`´’‘ʼʻʾʿ′]/g;

/** Fold a name so that its spellings meet, as `kit/text.py` does on the server. */
export function fold(text) {
  const plain = text.normalize("NFKD").toLowerCase().replace(ACCENTS, "").replace(APOSTROPHES, "");
  return plain.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").normalize("NFC").trim();
}

/** Return the people whose name holds each word, those who begin with the first one first. */
export function found(people, text, most = 8) {
  const words = fold(text).split(" ").filter(Boolean);
  if (words.length === 0) return [];
  const hits = [];
  for (const person of people) {
    const name = (person.folded ??= ` ${fold(person.name)}`);
    if (words.every((word) => name.includes(word))) {
      hits.push([name.includes(` ${words[0]}`) ? 0 : 1, name, person]);
    }
  }
  hits.sort((one, other) => one[0] - other[0] || one[1].localeCompare(other[1]));
  return hits.slice(0, most).map((hit) => hit[2]);
}
