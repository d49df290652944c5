// Where somebody lives, by two taps: an RW, an RT. One tap when it is where the last one was.

import { Level } from "./area_book.js";
import { say } from "./words.js";

const RECENT = 3;
const FEWEST = 12; // numbers that are offered where nobody knows how many there are
const numberOf = (name) => Number(/\d+/.exec(name)?.[0] ?? 0);
const written = (number) => String(number).padStart(2, "0");

function button(label, act, kind = "secondary") {
  const made = Object.assign(document.createElement("button"), { type: "button", className: kind });
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

function line(className, ...children) {
  const made = Object.assign(document.createElement("div"), { className });
  made.append(...children);
  return made;
}

function title(key) {
  return Object.assign(document.createElement("p"), { className: "ask", textContent: say(key) });
}

export class PlacePicker {
  /** `element` is drawn into; `plain` holds the fields of the page without scripts, whose list of
   * kelurahan is the officer's; `book` knows the RW and RT that have a place in the tree. */
  constructor({ element, plain, book, recent = [], withRt = true, changed = () => {} }) {
    Object.assign(this, { element, plain, book, recent, withRt, changed });
    const options = [...plain.querySelectorAll("option")].filter((one) => one.value);
    this.offered = options.map((one) => ({ key: one.value, name: one.textContent }));
    this.value = null;
    this.rw = null;
    this.kelurahan = this._first();
    this.draw();
  }

  // The kelurahan of the last one, or of the day's route, or the first.
  _first() {
    const route = this.book.data?.route?.stops?.[0]?.area;
    const keys = [this.recent[0]?.kelurahan, this.book.kelurahanOf?.(route)?.key];
    const known = keys.map((key) => this.offered.find((one) => one.key === key)).find(Boolean);
    return known ?? this.offered[0] ?? { key: "", name: "" };
  }

  set(value) {
    this.value = value;
    this.rw = null;
    this.draw();
    this.changed();
  }

  draw() {
    if (this.value) {
      const change = button(say("change-place"), () => this.set(null), "quiet");
      const told = Object.assign(document.createElement("strong"), { textContent: this.value.label });
      this.element.replaceChildren(line("chosen", told, change));
      return;
    }
    const parts = this.rw === null ? [...this._recents(), ...this._rws()] : this._rts();
    this.element.replaceChildren(...parts);
  }

  _recents() {
    const known = this.recent.slice(0, RECENT);
    if (!this.withRt || known.length === 0) return [];
    const picks = known.map((one) => button(one.label, () => this.set(one)));
    return [title("recent"), line("picks one", ...picks)];
  }

  _rws() {
    const list = document.createElement("select");
    list.setAttribute("aria-label", this.plain.querySelector("label").textContent);
    for (const { key, name } of this.offered) list.add(new Option(name, key));
    list.value = this.kelurahan.key;
    list.addEventListener("change", () => {
      this.kelurahan = this.offered.find((one) => one.key === list.value);
      this.draw();
    });
    const pick = (number) => {
      this.rw = number;
      if (this.withRt) this.draw();
      else this._chosen(null);
    };
    return [list, title("choose-rw"), this._numbers("RW", this._known(Level.RW, this.kelurahan.key), pick)];
  }

  _rts() {
    const rw = this._area(Level.RW, this.kelurahan.key, this.rw);
    const known = rw ? this._known(Level.RT, rw.key) : [];
    const back = button(`RW ${written(this.rw)}`, () => this.set(null), "quiet");
    return [line("chosen", title("choose-rt"), back), this._numbers("RT", known, (rt) => this._chosen(rt))];
  }

  // Chips for the numbers that are known, and a field for any other.
  _numbers(word, known, pick) {
    const most = Math.max(FEWEST, ...known);
    const all = [...Array(most)].map((_none, place) => place + 1);
    const chips = all.map((number) => button(`${word} ${number}`, () => pick(number)));
    const other = Object.assign(document.createElement("input"), { inputMode: "numeric", maxLength: 3 });
    other.setAttribute("aria-label", say("other-number"));
    other.placeholder = say("other-number");
    other.addEventListener("change", () => Number(other.value) > 0 && pick(Number(other.value)));
    return line("picks numbers", ...chips, other);
  }

  _known(level, parent) {
    return this.book.areas ? this.book.at(level, parent).map((area) => numberOf(area.name)) : [];
  }

  _area(level, parent, number) {
    if (!this.book.areas) return null;
    return this.book.at(level, parent).find((area) => numberOf(area.name) === number) ?? null;
  }

  _chosen(rt) {
    const { kelurahan, rw } = this;
    const rwArea = this._area(Level.RW, kelurahan.key, rw);
    const rtArea = rt && rwArea ? this._area(Level.RT, rwArea.key, rt) : null;
    const isKnown = Boolean(rt ? rtArea : rwArea);
    const told = { rt: written(rt ?? 0), rw: written(rw), kelurahan: kelurahan.name };
    this.set({
      area: (rtArea ?? rwArea ?? kelurahan).key,
      rw: isKnown ? "" : String(rw),
      rt: isKnown || !rt ? "" : String(rt),
      kelurahan: kelurahan.key,
      label: say(rt ? "rt-of" : "rw-only", told),
    });
  }
}
