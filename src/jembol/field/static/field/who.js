// Whom a visit is about: from the route, from my area, just enrolled, or found by some letters.

import { dayOf } from "./lists.js";
import { peopleMadeHere } from "./made_here.js";
import { say } from "./words.js";

const part = (element, name) => element.querySelector(`[data-part=${name}]`);

/** When somebody was visited last, in words. */
export function lastVisitOf({ lastVisit }) {
  return lastVisit ? say("last-visit", { on: dayOf(lastVisit) }) : say("no-visit");
}

export class Who {
  /** `chosen` shows the one, `choosing` the search; `changed` hears of each choice. */
  constructor({ chosen, choosing, field, changed }) {
    Object.assign(this, { chosen, choosing, field, changed });
    this.value = null;
    this.text = choosing.querySelector("input");
    this.list = choosing.querySelector("ul");
    this.text.addEventListener("input", () => this.search());
    part(chosen, "change").addEventListener("click", () => this.set(null));
  }

  /** The one whom the address names: `#orang=7`, `#usaha=9`, `#baru=<number of the enrolment>`. */
  async named(fragment) {
    const said = new URLSearchParams(fragment.slice(1));
    const { area, queue } = this.field;
    if (said.has("baru")) {
      const made = await peopleMadeHere(queue);
      return made.find((one) => one.madeBy === said.get("baru")) ?? null;
    }
    return area.person(Number(said.get("orang"))) ?? area.enterprise(Number(said.get("usaha")));
  }

  /** The one whom a record names. */
  async of(body) {
    const { person, enterprise, area } = body;
    const ref = enterprise ?? person;
    if (!ref) return null;
    if (person?.made_by) return (await this.named(`#baru=${person.made_by}`)) ?? { name: "", area, ref };
    const known = enterprise ? this.field.area.enterprise(ref.key) : this.field.area.person(ref.key);
    // Whom the phone carries no longer is still whom the record names.
    return known ?? { name: String(ref.key), area, ref, ...(enterprise && { owners: [], product: "" }) };
  }

  set(one) {
    this.value = one;
    this.chosen.hidden = !one;
    this.choosing.hidden = Boolean(one);
    if (one) {
      part(this.chosen, "name").textContent = one.name;
      part(this.chosen, "lives").textContent = this.field.area.named(one.area);
      part(this.chosen, "last").textContent = "owners" in one ? one.product : lastVisitOf(one);
    }
    this.changed(one);
  }

  async search() {
    const { area, queue } = this.field;
    const text = this.text.value;
    const made = text ? await peopleMadeHere(queue) : [];
    if (text !== this.text.value) return; // typed on meanwhile
    const all = [...area.find(text, made, 6), ...area.findEnterprises(text, 3)];
    this.list.replaceChildren(...all.map((one) => this._row(one)));
  }

  _row(one) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    const name = document.createElement("strong");
    const isolated = document.createElement("bdi");
    isolated.textContent = one.name;
    name.append(isolated);
    const where = document.createElement("span");
    where.textContent = ` ${this.field.area.named(one.area)}`;
    button.append(name, where);
    button.addEventListener("click", () => {
      this.text.value = "";
      this.list.replaceChildren();
      this.set(one);
    });
    const row = document.createElement("li");
    row.append(button);
    return row;
  }
}
