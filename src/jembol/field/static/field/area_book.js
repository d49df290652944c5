// The area that an officer carries: places, people, enterprises, promises, the day's route.
//
// The file has rows without names, so that five thousand people stay small; here they get them.

import { Carried } from "./carried.js";
import { found } from "./people.js";

export const BUDGET_BYTES = 5_000_000;
const ADDRESS = "/lapangan/wilayah/bawaan.json";
const FEWEST_DIGITS = 4;
export const Level = { CITY: 2, KECAMATAN: 3, KELURAHAN: 4, RW: 5, RT: 6 };

// Keys are texts here: some are too long for a number of JavaScript.
const areaOf = ([key, name, level, parent, lat, lon]) => {
  return { key: String(key), name, level, parent: String(parent ?? ""), lat, lon };
};

/** A key as the door takes it. */
export function keyOut(key) {
  return Number.isSafeInteger(Number(key)) ? Number(key) : String(key);
}

function personOf(row) {
  const [pk, id, name, area, phone, sex, bornOn, address, version, household, nik] = row;
  const [lastVisit, promises] = row.slice(11);
  const about = { pk, id, name, area: String(area), phone, sex, bornOn, address, version, household, nik };
  return { ...about, lastVisit, promises, ref: { key: pk } };
}

function enterpriseOf([pk, id, name, product, area, owners, version, status]) {
  return { pk, id, name, product, area: String(area), owners, version, status, ref: { key: pk } };
}

const promiseOf = ([id, person, enterprise, words, dueOn, officer]) => {
  return { id, person, enterprise, words, dueOn, officer };
};

const digits = (text) => text.replace(/\D/g, "");

export class AreaBook extends Carried {
  constructor(given) {
    super({ ...given, subject: "wilayah", address: ADDRESS });
    this.missing = "no-area";
  }

  /** The file says itself how long it may be carried. */
  lasts(data, now) {
    const until = Date.parse(data.expires_at);
    return Number.isFinite(until) ? until : super.lasts(data, now);
  }

  _take(data, row) {
    super._take(data, row);
    this.until = row.until;
    this.areas = new Map((data.areas ?? []).map((one) => [String(one[0]), areaOf(one)]));
    this.people = (data.people ?? []).map(personOf);
    this.enterprises = (data.enterprises ?? []).map(enterpriseOf);
    this.promises = (data.promises ?? []).map(promiseOf);
  }

  /** How large what is carried is, and how large it may be. */
  get bytes() {
    return this.data ? new Blob([JSON.stringify(this.data)]).size : 0;
  }

  person(pk) {
    return this.people?.find((one) => one.pk === pk) ?? null;
  }

  enterprise(pk) {
    return this.enterprises?.find((one) => one.pk === pk) ?? null;
  }

  /** What was promised to somebody and is not kept, the earliest first. */
  promisesTo({ person = 0, enterprise = 0 }) {
    const all = (this.promises ?? []).filter((one) => {
      return (person && one.person === person) || (enterprise && one.enterprise === enterprise);
    });
    return all.sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
  }

  /** An area as people say it: kelurahan, then RW and RT. */
  named(key) {
    const parts = [];
    for (let area = this.areas?.get(String(key)); area; area = this.areas.get(area.parent)) {
      if (area.level >= Level.KELURAHAN || parts.length === 0) parts.unshift(area.name);
      if (area.level <= Level.KELURAHAN) break;
    }
    return parts.join(" ");
  }

  at(level, parent = null) {
    const all = [...(this.areas?.values() ?? [])].filter((area) => area.level === level);
    const mine = parent === null ? all : all.filter((area) => area.parent === parent);
    return mine.sort((one, other) => one.name.localeCompare(other.name, "id", { numeric: true }));
  }

  /** The kelurahan of an area, or null above one. */
  kelurahanOf(key) {
    let area = this.areas?.get(String(key));
    while (area && area.level > Level.KELURAHAN) area = this.areas.get(area.parent);
    return area?.level === Level.KELURAHAN ? area : null;
  }

  /** People by name or by a part of their number; `more` are those enrolled on this phone. */
  find(text, more = [], most = 12) {
    const fresh = more.filter((one) => !one.pk || !this.person(one.pk));
    const people = [...fresh, ...(this.people ?? [])];
    const number = digits(text);
    if (number.length >= FEWEST_DIGITS) {
      const tail = number.replace(/^(62|0)/, "");
      return people.filter((one) => digits(one.phone ?? "").includes(tail)).slice(0, most);
    }
    return found(people, text, most);
  }

  findEnterprises(text, most = 6) {
    return found(this.enterprises ?? [], text, most);
  }
}
