// Texts folded, and names freed of titles, as `kit/text.py` does on the server.

import { every } from "./alike-tables.js";

// eslint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7f]*$/;
const CAPITAL = /\p{Lu}/gu;

const countOf = (words) => words.filter((word) => word !== ",").length;

// What Python's `casefold` does more than lower the letters.
const caseless = (text) => text.toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ");

export const wordsIn = (text) => text.split(/\s+/u).filter(Boolean);

export class Texts {
  constructor(tables) {
    this.accents = every(tables.accents);
    this.apostrophes = every(tables.apostrophes);
    this.notLetter = every(tables.not_letter);
    this.glued = tables.glued;
    this.areaWords = new Set(tables.area_words);
    this.front = new Set(tables.front);
    this.behind = new Set(tables.behind);
  }

  /** Case, accents and punctuation gone, words apart by one space. */
  fold(text) {
    if (ASCII.test(text)) {
      return text.toLowerCase().replace(/['`]/g, "").replace(/[^a-z0-9]+/g, " ").trim();
    }
    const lower = caseless(caseless(text.normalize("NFKD")).normalize("NFKD"));
    const plain = lower.normalize("NFKD").replace(this.accents, "").replace(this.apostrophes, "");
    return plain.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").normalize("NFC").trim();
  }

  /** The name of an area, in one word and without what kind of area it is. */
  foldArea(text) {
    const words = wordsIn(this.fold(text));
    while (words.length > 1 && this.areaWords.has(words[0])) words.shift();
    const glued = words.join("");
    return glued.startsWith("kota") ? glued.slice(4) || glued : glued;
  }

  /** The name without titles in front and degrees behind; never less than one word. */
  withoutTitles(name) {
    const words = this._withoutDegrees(this._withoutFront(wordsIn(clean(name))));
    return words.join(" ").replaceAll(" ,", ",").replace(/^[ ,]+|[ ,]+$/g, "");
  }

  /** The name as the register searches for it. */
  foldedName(name) {
    return this.fold(this.withoutTitles(name)) || this.fold(name);
  }

  _withoutFront(words) {
    let left = words;
    const apart = words.join(" ");
    const glued = this.glued.exec(apart);
    if (glued?.index === 0 && this.front.has(this._letters(glued[1]))) {
      left = [glued[0], ...wordsIn(apart.slice(glued[0].length))];
    }
    while (countOf(left) > 1 && (left[0] === "," || this.front.has(this._letters(left[0])))) {
      left = left.slice(1);
    }
    return left;
  }

  _withoutDegrees(words) {
    let left = words;
    while (countOf(left) > 1) {
      const width = this._degreeWidth(left);
      if (!width) break;
      left = left.slice(0, -width);
    }
    return countOf(left) ? left : words;
  }

  // How many words at the end make one degree or a comma; 0 when they are a name.
  _degreeWidth(words) {
    if (words.at(-1) === ",") return 1;
    for (const width of [3, 2, 1]) {
      const tail = words.slice(-width);
      if (tail.length < width || countOf(words.slice(0, -width)) < 1 || tail.includes(",")) continue;
      const letters = tail.map((word) => this._letters(word)).join("");
      if (this.behind.has(letters) && looksLikeDegree(words, tail)) return width;
    }
    return 0;
  }

  _letters(word) {
    return caseless(word.replace(this.notLetter, ""));
  }
}

function looksLikeDegree(words, tail) {
  const isDotted = tail[0].includes(".");
  const isAfterComma = words.at(-tail.length - 1) === ",";
  const isInCapitals = tail.length === 1 && (tail[0].match(CAPITAL) ?? []).length > 1;
  return isDotted || isAfterComma || isInCapitals;
}

function clean(name) {
  // eslint-disable-next-line no-control-regex
  return name.replaceAll(",", " , ").normalize("NFC").replace(/[\s\x00-\x1f\x7f-\x9f\ufeff]+/gu, " ");
}
