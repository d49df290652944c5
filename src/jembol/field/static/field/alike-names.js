// Names as sounds, as `methods/linkage/names.py` and `businesses.py` read them on the server.
//
// A word is a text of at most twelve signs. A letter stands for itself, any other sign as one of
// the five behind z, so that words compare and sort as the packed numbers of the server do.

import { every, mapOf, remembered, whole } from "./alike-tables.js";
import { wordsIn } from "./alike-text.js";

export const MAN = 1;
export const WOMAN = 2;

const TWICE = /(.)\1+/gu;

function signOf(sign) {
  if (sign >= "a" && sign <= "z") return sign;
  return String.fromCharCode(123 + (sign.codePointAt(0) % 5));
}

/** The word as it is kept and compared. */
export function packed(word, letters) {
  return Array.from(word).slice(0, letters).map(signOf).join("");
}

export class Names {
  constructor({ names, businesses, letters }, texts) {
    Object.assign(this, { tables: names, texts, letters });
    this.families = mapOf(names.families);
    this.called = mapOf(names.called);
    this.dropped = new Set(names.dropped);
    this.forms = new Set(businesses.forms);
    this.mostOfBusiness = businesses.words;
    this.plain = whole(names.plain);
    this.article = whole(names.article);
    this.aside = every(names.aside);
    this.folds = names.folds.map(([old, sound]) => [every(old), sound]);
    this.codesOf = remembered((word) => this._codesOf(word));
  }

  /** Words of a name by sound, each once, and the sex that a form of address tells. */
  read(text) {
    let plain = text.toLowerCase();
    let sex = 0;
    if (!this.plain.test(plain) || this.tables.degree.test(text)) {
      sex = this._sexInFront(text);
      plain = this._withoutExtras(text);
    }
    let words = wordsIn(plain);
    while (words.length > 1 && this.called.has(words[0])) {
      sex ||= this.called.get(words[0]);
      words = words.slice(1);
    }
    const kept = words.filter((word) => !this.dropped.has(word));
    return { words: this._codes(kept, this.tables.words), sex };
  }

  /** The telling words of an enterprise's name. */
  business(text) {
    const words = /[^ .-]/.test(text) ? wordsIn(this.texts.fold(text)) : [];
    const kept = words.filter((word) => !this.forms.has(word));
    return this._codes(kept.length ? kept : words, this.mostOfBusiness);
  }

  /** One word as it sounds, as it is compared. */
  sound(word) {
    return packed(this.bySound(word), this.letters);
  }

  /** A lower-case word as it sounds; a single letter stays. */
  bySound(word) {
    if (word.length < 2) return word;
    let heard = word;
    if (this.tables.old.test(word)) {
      for (const [old, now] of this.tables.old_folds) heard = heard.replaceAll(old, now);
    }
    for (const [pattern, sound] of this.folds) heard = heard.replace(pattern, sound);
    return heard.toLowerCase().replace(TWICE, "$1");
  }

  _codes(words, most) {
    const codes = new Set(words.flatMap((word) => this.codesOf(word)));
    codes.delete("");
    return [...codes].slice(0, most);
  }

  // The words that one written word stands for: "abdurrahman" is two.
  _codesOf(word) {
    const family = this.families.get(word);
    if (family) return [packed(family, this.letters)];
    const glued = this.article.exec(word);
    if (glued) return [packed("abdul", this.letters), this.sound(glued.groups.rest)];
    return [this.sound(word)];
  }

  _sexInFront(text) {
    if (this.tables.front_woman.test(text)) return WOMAN;
    return this.tables.front_man.test(text) ? MAN : 0;
  }

  _withoutExtras(text) {
    const bare = text.replace(this.aside, " ").replaceAll(".", ". ");
    return this.texts.fold(this.texts.withoutTitles(bare)) || this.texts.fold(text);
  }
}
