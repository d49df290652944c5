// Whether somebody who is being enrolled is known already, asked of the phone alone.
//
// The rules are the server's (`methods/linkage`, `registry/matching.py`), and so are all tables,
// which come in `linkage-model.json`; `tests/browser/test_who_is_alike_on_the_phone.py` holds both to
// the same vectors. Pure computing: no page, no network, no store.

import { categoriesOf } from "./alike-evidence.js";
import { exactGround } from "./alike-exact.js";
import { Near } from "./alike-near.js";
import { Places } from "./alike-places.js";
import { Score, probability, rarityOf } from "./alike-score.js";
import { compiled } from "./alike-tables.js";
import { Reader } from "./alike-traits.js";
import { isSameTail, reasonsOf } from "./alike-reasons.js";
import { told } from "./alike-told.js";

const SLICE_MS = 8; // the longest that reading the carried people holds a key stroke up

const pause = () => globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));

/** Open the check over the carried people; reads them in slices, so that typing goes on.
 *
 * `model` is `linkage-model.json`, `people` and `areas` are the rows of the carried file. */
export async function openAlike(model, people, areas = []) {
  const alike = new Alike(compiled(model), new Places(areas));
  await pause();
  let since = performance.now();
  for (const row of people) {
    alike.carry(row);
    if (performance.now() - since > SLICE_MS) {
      await pause();
      since = performance.now();
    }
  }
  return alike;
}

class Alike {
  constructor(tables, places) {
    Object.assign(this, { tables, places, people: [] });
    this.reader = new Reader(tables);
    this.score = new Score(tables);
    this.near = new Near(tables);
    this.rarity = rarityOf(tables.frequencies, (phone) => this.near.crowd(phone));
  }

  /** Take in a row of the carried file; it tells of the NIK only its ends. */
  carry([pk, , name, area, phone, sex, born_on, address, , , masked]) {
    this._take({ pk, ref: { key: pk }, name, masked }, { name, area, phone, sex, born_on, address });
  }

  /** Take in somebody who was enrolled on this phone: `typed` with the `ref` of the envelope. */
  add(typed) {
    this._take({ pk: 0, ref: typed.ref, name: typed.name, masked: "" }, typed);
  }

  _take(person, typed) {
    const { traits, exact } = this._read(typed);
    this.near.add(traits, person.pk || Number.MAX_SAFE_INTEGER);
    this.people.push({ ...person, traits, exact });
  }

  /** Whom what was typed could be, the likeliest first:
   * `{pk, ref, name, probability, strength: "sure"|"possible", reasons: [code], against: [code]}`. */
  candidates(typed, most = 5) {
    const one = this._read(typed);
    const weighed = this.near.of(one.traits).map((near) => this._weighed(one, near));
    const kept = told(weighed.filter(Boolean), this.tables.matching).slice(0, most);
    return kept.map((found) => this._shown(typed, one, found));
  }

  _shown(typed, one, { person, categories, ground, probability: chance, strength }) {
    const { pk, ref, name } = person;
    const remarks = this._remarks(typed, person, one);
    const why = reasonsOf(ground, this.score.parts(categories), remarks, this.tables.matching);
    return { pk, ref, name, probability: chance, strength, ...why };
  }

  /** What linkage alone says of two records whose values are texts, for tests of the rules. */
  pair(one, other) {
    const [left, right] = [one, other].map((written) => this.reader.traits(written));
    const categories = categoriesOf(left, right, this.rarity, this.tables);
    const odds = this.score.odds(categories);
    return { categories, odds, probability: probability(odds), parts: this.score.parts(categories) };
  }

  _weighed(one, { place, sharesNumber }) {
    const person = this.people[place];
    const categories = categoriesOf(one.traits, person.traits, this.rarity, this.tables);
    const odds = this.score.odds(categories);
    if (odds <= this.tables.near.unlikely && !sharesNumber) return null;
    const ground = exactGround(one.exact, person.exact, this.tables.matching);
    return { person, categories, ground, chance: probability(odds), order: person.pk || place };
  }

  _read(typed) {
    const traits = this.reader.traits({ ...typed, ...this.places.told(typed) });
    const { texts, numbers } = this.reader;
    const nik = (typed.nik ?? "").replace(/\D/g, "");
    const exact = {
      folded: texts.foldedName(typed.name ?? "").slice(0, this.tables.matching.name_length).trim(),
      nik: nik.length === 16 ? nik : "",
      phone: numbers.phone(typed.phone ?? ""),
      born: traits.born,
      kelurahan: this.places.kelurahan(typed.area),
    };
    return { traits, exact };
  }

  // What is no evidence of the model, and still worth a word to whoever decides.
  _remarks(typed, person, { exact }) {
    const isTitled = exact.folded === person.exact.folded && this._plain(typed.name) !== this._plain(person.name);
    return [
      ...(isSameTail(exact.nik, person.masked) ? ["same_nik_tail"] : []),
      ...(exact.folded && isTitled ? ["name_differs_by_title"] : []),
    ];
  }

  _plain(name) {
    return this.reader.texts.fold(name ?? "");
  }
}
