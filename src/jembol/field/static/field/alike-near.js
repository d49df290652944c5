// Who of those that the phone carries shares keys with somebody, as `registry/link_keys.py` finds
// them on the server: the same keys, the same caps, the same fifty.

import { isNumber, keysOf, phoneKey } from "./alike-keys.js";

export class Near {
  constructor(tables) {
    this.tables = tables;
    this.found = new Map(); // key -> place of one record, or places of several
    this.ranks = [];
  }

  /** Take one more record in; `rank` decides between those who share as much. */
  add(traits, rank) {
    const place = this.ranks.push(rank) - 1;
    for (const key of keysOf(traits, this.tables)) {
      const known = this.found.get(key);
      if (known === undefined) this.found.set(key, place);
      else if (typeof known === "number") this.found.set(key, [known, place]);
      else known.push(place);
    }
  }

  /** How many people have a phone number. */
  crowd(phone) {
    return this._of(phoneKey(phone)).length;
  }

  /** Places of those who share most, and whether each shares a number. */
  of(traits) {
    const { cap, cap_of_numbers: capOfNumbers, opened, worth_of_a_number: extra } = this.tables.near;
    const worth = new Map();
    const byNumber = new Set();
    for (const key of keysOf(traits, this.tables)) {
      const sharesNumber = isNumber(key);
      const places = this._of(key).slice(0, sharesNumber ? capOfNumbers : cap + 1);
      if (places.length > cap && !sharesNumber) continue;
      const value = Math.log2((2 * capOfNumbers) / Math.max(places.length, 1));
      for (const place of places) {
        worth.set(place, (worth.get(place) ?? 0) + value + (sharesNumber ? extra : 0));
        if (sharesNumber) byNumber.add(place);
      }
    }
    const order = ([one, left], [other, right]) => right - left || this.ranks[one] - this.ranks[other];
    const best = [...worth].sort(order).slice(0, opened);
    return best.map(([place]) => ({ place, sharesNumber: byNumber.has(place) }));
  }

  _of(key) {
    const known = this.found.get(key);
    if (known === undefined) return [];
    return typeof known === "number" ? [known] : known;
  }
}
