// Where somebody lives, as `methods/linkage/where.py` reads it on the server.

import { every, remembered } from "./alike-tables.js";
import { wordsIn } from "./alike-text.js";

const isDigits = (text) => /^\d+$/.test(text);
const digitsIn = (text) => text.replace(/\D+/g, "");

export class Homes {
  constructor(tables, names, texts) {
    Object.assign(this, { tables, names, texts });
    this.streetWords = new Set(tables.street_words);
    this.everyLane = every(tables.lane);
    this.everyRt = every(tables.rt);
    this.everyRw = every(tables.rw);
    this.area = remembered((text) => this._area(text));
    this.said = remembered((address) => this._said(address));
    this.streetWord = remembered((word) => this.names.sound(word));
  }

  // An area's name by sound; empty for none.
  _area(text) {
    return /[^ .-]/.test(text) ? this.names.sound(this.texts.foldArea(text).replaceAll(" ", "")) : "";
  }

  /** RT, RW and house as numbers, and two words of the street, from an address and two columns. */
  home(address, rt, rw) {
    const near = this._neighbours(rt, rw);
    if (!address) return { rt: near[0], rw: near[1], house: 0, street: ["", ""] };
    const said = this.said(address);
    return { ...said, rt: near[0] || said.rt, rw: near[1] || said.rw };
  }

  _neighbours(rt, rw) {
    const both = this.tables.pair.exec(rt);
    return both ? [this._number(both[1]), this._number(both[2])] : [this._number(rt), this._number(rw)];
  }

  _number(text) {
    const digits = digitsIn(text.replace(/\.0$/, ""));
    return digits && digits.length <= 4 ? Math.min(Number(digits), this.tables.most) : 0;
  }

  _said(address) {
    const { rt, rw, rest } = this._split(address.toLowerCase());
    const found = this.tables.house.exec(rest.replace(this.everyLane, " "));
    const house = found ? Number(digitsIn(found[1] || found[2])) : 0;
    const isTelling = (word) => word.length > 2 && !this.streetWords.has(word) && !isDigits(word);
    const words = wordsIn(this.texts.fold(rest)).filter(isTelling).map(this.streetWord);
    // Those that sort last, in an order of their own: whichever way an address is written.
    words.sort((one, other) => (one < other ? 1 : one > other ? -1 : 0));
    return { rt, rw, house, street: [words[0] ?? "", words[1] ?? ""] };
  }

  _split(address) {
    const both = this.tables.both.exec(address);
    if (both) {
      const end = both.index + both[0].length;
      const rest = `${address.slice(0, both.index)} ${address.slice(end)}`;
      return { rt: Number(both[1]), rw: Number(both[2]), rest };
    }
    const rt = this.tables.rt.exec(address);
    const rw = this.tables.rw.exec(address) ?? (rt && this.tables.stroke.exec(address));
    const rest = address.replace(this.everyRt, " ").replace(this.everyRw, " ");
    return { rt: Number(rt?.[1] ?? 0), rw: Number(rw?.[1] ?? 0), rest };
  }
}
