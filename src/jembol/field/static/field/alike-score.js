// What evidence is worth, as `methods/linkage/model.py` weighs it on the server.

import { mapOf } from "./alike-tables.js";

const single = Math.fround; // the server's table holds numbers of 32 bits

/** The probability of log-odds to base 2. */
export function probability(odds) {
  return 1 / (1 + 2 ** -Math.max(-60, Math.min(60, odds)));
}

export class Score {
  constructor({ model, evidence }) {
    this.fields = evidence.fields;
    this.start = model.start;
    this.most = model.most_bits;
    this.weights = this.fields.map((field) => mapOf(model.single[field]));
    const places = this.fields.map((field) => placesOf(evidence.categories[field]));
    this.pairs = this.fields.flatMap((one, i) =>
      this.fields.slice(i + 1).map((other, k) => {
        const j = i + 1 + k;
        const table = model.double[`${one} ${other}`];
        const of = (found) => table[places[i].get(found[i])][places[j].get(found[j])];
        return { i, j, of };
      }),
    );
  }

  /** Log-odds (base 2) that a pair with these categories is one person. */
  odds(categories) {
    let total = single(this.start);
    for (const [place, weights] of this.weights.entries()) {
      total = single(total + single(weights.get(categories[place])));
    }
    for (const { of } of this.pairs) total = single(total + single(of(categories)));
    return Math.max(-this.most, Math.min(this.most, total));
  }

  /** What each field says: `{field, category, bits}`; two fields' weight is divided evenly. */
  parts(categories) {
    const bits = this.weights.map((weights, place) => single(weights.get(categories[place])));
    for (const { i, j, of } of this.pairs) {
      const half = single(of(categories)) / 2;
      bits[i] += half;
      bits[j] += half;
    }
    return this.fields.map((field, place) => ({ field, category: categories[place], bits: bits[place] }));
  }
}

const placesOf = (categories) => new Map(categories.map((category, place) => [category, place]));

/** How telling a word is, in bits: what is not among the common words is rare. */
export function rarityOf({ words, business, unseen }, countOf) {
  const bitsIn = (table) => {
    const bits = new Map(Object.entries(table).map(([word, value]) => [word, single(value)]));
    return (word) => bits.get(word) ?? unseen;
  };
  return { word: bitsIn(words), business: bitsIn(business), phone: countOf };
}
