// The answers to a form while it is filled in: what is asked, what is worked out, what breaks a
// rule. The server judges again by the same rules (outreach/rules/questions.py).

import { evaluate, isoDay, number, text, truth } from "./expressions.js";

const BY_THE_VISIT = new Set(["geopoint", "image"]);
const UNASKED = new Set(["note", "group", "calculate", "geopoint", "image"]);
const LONGEST_TEXT = 2000;
// Numbers of residents do not belong into answers; the server hides them (kit/shaped_as_nik.py).
const SHAPE = ("(?:^|[^0-9])[1-9](?:~[0-9]){5}~(?:0~[1-9]|[12]~[0-9]|3~[01]|4~[1-9]|[56]~[0-9]|7~[01])"
  + "~(?:0~[1-9]|1~[0-2])(?:~[0-9]){2}(?!~0~0~0~0)(?:~[0-9]){4}(?![0-9])");
const LIKE_A_NIK = new RegExp(SHAPE.replaceAll("~", "[\\s.\\-–_/'’]*"));
const KEPT_AS_TYPED = new Set(["constraint", "nik"]);

/** Yield every item with the groups in which it stands. */
export function* walk(items, above = []) {
  for (const item of items) {
    yield [item, above];
    yield* walk(item.items ?? [], [...above, item]);
  }
}

/** Today where the phone is, as ISO text. */
export function todayHere(now = new Date()) {
  return isoDay(now.getTime() / 86_400_000 - now.getTimezoneOffset() / 1440);
}

class Refused extends Error {}

const isBlank = (said) =>
  said === undefined || said === null || (Array.isArray(said) ? !said.length : !`${said}`.trim());

function decimal(_item, said) {
  const plain = `${said}`.trim().replaceAll(",", ".");
  const found = plain.includes(":") || plain.slice(1).includes("-") ? NaN : number(plain);
  if (!Number.isFinite(found)) throw new Refused("not-a-number");
  return found;
}

function integer(item, said) {
  const found = decimal(item, said);
  if (!Number.isSafeInteger(found)) throw new Refused("not-whole");
  return found;
}

function words(_item, said) {
  if (said.length > LONGEST_TEXT) throw new Refused("too-long");
  return said.trim();
}

function day(_item, said) {
  if (Number.isNaN(number(said)) || !/^\d{4}-/.test(said)) throw new Refused("not-a-day");
  return said;
}

function hour(_item, said) {
  if (!/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(said)) throw new Refused("not-an-hour");
  return said;
}

function one(item, said) {
  if (!item.choices.some((choice) => choice.name === said)) throw new Refused("not-a-choice");
  return said;
}

function several(item, said) {
  for (const word of said) one(item, word);
  return item.choices.map((choice) => choice.name).filter((name) => said.includes(name));
}

const READERS = {
  text: words, integer, decimal, date: day, time: hour, select_one: one, select_multiple: several,
};

const asValue = (kept) => (Array.isArray(kept) ? kept.join(" ") : (kept ?? ""));

/** One form being filled in; `said` holds what stands in its fields, by name. */
export class Answers {
  constructor(form, said = {}, { today = todayHere(), position = null, photos = 0 } = {}) {
    this.form = form;
    this.items = new Map([...walk(form.items)].map(([item, above]) => [item.name, [item, above]]));
    this.said = { ...said };
    this.today = today;
    this.position = position;
    this.photos = photos;
    this.forget();
    for (const [name, [item]] of this.items) {
      if (item.default && !(name in this.said)) this.said[name] = this.begun(item);
    }
    this.forget();
  }

  begun(item) {
    const value = text(evaluate(item.default, this.scope()));
    return item.type === "select_multiple" ? value.split(" ").filter(Boolean) : value;
  }

  /** What was worked out holds only until the next answer. */
  forget() {
    this.known = new Map();
    this.shown = new Map();
  }

  answer(name, said) {
    this.said[name] = said;
    this.forget();
  }

  scope(own = "", choice = {}) {
    return { answer: (name) => this.value(name), today: this.today, own, choice };
  }

  holds(tree, otherwise, own = "") {
    return tree === undefined ? otherwise : truth(evaluate(tree, this.scope(own)));
  }

  isShown(name) {
    if (!this.shown.has(name)) {
      const [item, above] = this.items.get(name);
      this.shown.set(name, true); // so that a ring of questions ends
      const trees = [...above, item].map((each) => each.relevant);
      this.shown.set(name, trees.every((tree) => this.holds(tree, true)));
    }
    return this.shown.get(name);
  }

  value(name) {
    if (!this.items.has(name)) return "";
    if (!this.known.has(name)) {
      this.known.set(name, "");
      this.known.set(name, this.isShown(name) ? this.found(name) : "");
    }
    return this.known.get(name);
  }

  found(name) {
    const [item] = this.items.get(name);
    if (item.type === "calculate") return evaluate(item.calculate, this.scope());
    if (item.type === "geopoint") return this.position ? "1" : "";
    if (item.type === "image") return this.photos ? "1" : "";
    try {
      return asValue(this.typed(item));
    } catch (refused) {
      if (refused instanceof Refused) return "";
      throw refused;
    }
  }

  typed(item) {
    const said = this.said[item.name];
    return isBlank(said) || !(item.type in READERS) ? "" : READERS[item.type](item, said);
  }

  offered(item) {
    if (!item.choice_filter) return item.choices;
    return item.choices.filter((choice) =>
      truth(evaluate(item.choice_filter, this.scope("", choice.with ?? {}))),
    );
  }

  /** Return the code of the rule that an answer breaks, or "". */
  fault(name) {
    const [item] = this.items.get(name);
    if (UNASKED.has(item.type) && !BY_THE_VISIT.has(item.type)) return "";
    if (!this.isShown(name)) return "";
    const isGiven = BY_THE_VISIT.has(item.type) ? this.value(name) : !isBlank(this.said[name]);
    if (!isGiven) return this.holds(item.required, false) ? "required" : "";
    return BY_THE_VISIT.has(item.type) ? "" : this.broken(item);
  }

  broken(item) {
    try {
      const kept = this.typed(item);
      if (!this.holds(item.constraint, true, asValue(kept))) return "constraint";
      const offered = item.choices && this.offered(item).map((choice) => choice.name);
      const isOffered = !offered || [kept].flat().every((name) => offered.includes(name));
      if (!isOffered) return "not-a-choice";
      return [kept].flat().some((one) => LIKE_A_NIK.test(`${one}`)) ? "nik" : "";
    } catch (refused) {
      if (refused instanceof Refused) return refused.message;
      throw refused;
    }
  }

  /** What is sent: every answer to a question that is asked, and the codes of broken rules. */
  read() {
    const values = {};
    const errors = {};
    for (const [name, [item]] of this.items) {
      const code = this.fault(name);
      if (code) errors[name] = code;
      if (UNASKED.has(item.type) || !this.isShown(name) || isBlank(this.said[name])) continue;
      values[name] = code && !KEPT_AS_TYPED.has(code) ? this.said[name] : this.typed(item);
    }
    return { values, errors };
  }
}
