// People who look like the one that is being written down, shown while somebody types.

import { has, say } from "./words.js";

const WAIT_MS = 250;
const ANSWERS = ["same", "different", "household", "unsure"];

/** How sure a likeness is, and why, in words. */
export function whyAlike({ strength, reasons = [], against = [] }) {
  const known = [...reasons, ...against].map((code) => `alike-${code}`).filter(has);
  return [say(`strength-${strength}`), ...known.map((key) => say(key))].join(" · ");
}

export class Suspects {
  /** `matcher.candidates(typed)` finds them; `typed()` reads the form; `describe` tells where one
   * lives. */
  constructor({ element, matcher, typed, describe, answered = () => {} }) {
    Object.assign(this, { element, matcher, typed, describe, answered });
    this.found = [];
    this.answers = new Map();
    this.timer = 0;
  }

  use(matcher) {
    this.matcher = matcher;
    this.now();
  }

  /** Look again when the typing rests. */
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), WAIT_MS);
  }

  now() {
    clearTimeout(this.timer);
    const typed = this.typed();
    this.found = typed.name.trim().length < 2 ? [] : this.matcher.candidates(typed, 5);
    this.draw();
  }

  clear() {
    this.found = [];
    this.answers.clear();
    this.draw();
  }

  /** What was said, for the body of the record; who was shown and not answered is a doubt. */
  told() {
    return this.found.map((one) => {
      return { ref: one.ref ?? { key: one.pk }, answer: this.answers.get(idOf(one)) ?? "unsure" };
    });
  }

  /** The one who was said to be the same. */
  same() {
    return this.found.find((one) => this.answers.get(idOf(one)) === "same") ?? null;
  }

  draw() {
    const count = this.found.length;
    this.element.hidden = count === 0;
    const told = document.createElement("p");
    told.className = "ask";
    told.textContent = count === 1 ? say("alike-one") : say("alike-many", { count });
    const list = document.createElement("ul");
    list.append(...this.found.map((one) => this._row(one)));
    this.element.replaceChildren(...(count ? [told, list] : []));
  }

  _row(one) {
    const row = document.createElement("li");
    row.dataset.strength = one.strength;
    const name = document.createElement("strong");
    const isolated = document.createElement("bdi");
    isolated.textContent = one.name;
    name.append(isolated);
    const where = document.createElement("span");
    where.textContent = ` ${this.describe(one)}`;
    const why = document.createElement("small");
    why.textContent = whyAlike(one);
    const picks = document.createElement("div");
    picks.className = "picks two";
    picks.append(...ANSWERS.map((answer) => this._answer(one, answer)));
    row.append(name, where, why, picks);
    return row;
  }

  _answer(one, answer) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = say(`answer-${answer}`);
    const chosen = this.answers.get(idOf(one)) === answer;
    button.className = chosen ? "" : "secondary";
    button.setAttribute("aria-pressed", String(chosen));
    button.addEventListener("click", () => {
      this.answers.set(idOf(one), answer);
      this.draw();
      this.answered(one, answer);
    });
    return button;
  }
}

const idOf = (one) => JSON.stringify(one.ref ?? { key: one.pk });

/** Until the rules of likeness are there, and where nothing is carried, nobody is alike. */
export const NOBODY = { candidates: () => [], add: () => {} };
