// The door of one class: what was scanned on this phone, who is in, and appending one scan more.

import { SHORT } from "./code.js";
import { dayIn, hourIn, identified, judged, sessionAt } from "./judge.js";

const KIND = "training.scan";
const short = (id) => (id ?? "").slice(0, SHORT);

export class Door {
  constructor({ queue, carried, clock, subject, zone }) {
    Object.assign(this, { queue, carried, clock, subject, zone });
    this.way = "in";
    this.chosen = null; // a session's number, or null: by time
    this.scans = [];
    this.turn = Promise.resolve();
  }

  // One after the other: of two readings of one ticket, the second must see the first.
  _inTurn(work) {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => {});
    return mine;
  }

  get data() {
    return this.carried.data;
  }

  get day() {
    return dayIn(this.zone, this.clock.right());
  }

  /** The session for which scans are now. */
  get session() {
    const sessions = this.data?.sessions ?? [];
    const chosen = sessions.find((session) => session.number === this.chosen);
    return chosen ?? sessionAt(sessions, this.day);
  }

  /** Read what was scanned here, newest first: what waits, and what was answered. */
  load() {
    return this._inTurn(() => this._load());
  }

  async _load() {
    const waiting = (await this.queue.rows()).reverse();
    const answered = await this.queue.receipts();
    const all = [...waiting, ...answered].filter(
      (row) => row.kind === KIND && row.body.class === this.subject,
    );
    all.sort((one, other) => (one.id < other.id ? 1 : -1));
    this.undone = new Set(all.map((row) => row.body.undoes).filter(Boolean));
    this.scans = all.filter((row) => row.body.by !== "undo");
  }

  personOf(registration) {
    return this.data?.people.find((person) => person.registration === registration) ?? null;
  }

  /** Since when somebody is in: an hour, `""` when only the server knows, null when they are not. */
  entered({ person, code }) {
    const number = this.session?.number ?? null;
    const last = this.scans.find((row) => this._isOf(row, person, code) && this._inside(row, number));
    if (last) return last.body.way === "in" ? hourIn(this.zone, Date.parse(last.at)) : null;
    return person?.came?.includes(number) ? "" : null;
  }

  _isOf(row, person, code) {
    if (person) return row.note?.registration === person.registration;
    return row.note?.serial != null && row.note.serial === short(code?.serial);
  }

  _inside(row, number) {
    const turnedAway = ["unknown_code", "not_allowed"].includes(row.note?.verdict);
    return row.note?.session === number && !this.undone.has(row.id) && !turnedAway;
  }

  /** Note a code that was read; return what to tell. */
  scan(text, reader) {
    const how = { by: "code", code: text.slice(0, 500), registration: null, reader };
    return this._inTurn(async () => this._note(await identified(text, this.data, this.day), how));
  }

  /** Note somebody who was found by name. */
  pick(person) {
    const who = { person, code: { kind: "name" }, fault: null, proof: "unchecked" };
    const { registration } = person;
    const how = { by: "name", code: null, registration, reader: "typed" };
    return this._inTurn(() => this._note(who, how));
  }

  async _note(who, how) {
    const { data: carried, subject, day, way, session } = this;
    const entered = (one) => this.entered(one);
    const fit = this.fit();
    const found = judged(who, { carried, subject, day, way, fit, entered });
    const note = {
      ...found,
      name: who.person?.name || who.code?.text || "",
      registration: who.person?.registration ?? null,
      serial: short(who.code?.serial) || null,
      session: session?.number ?? null,
    };
    const body = { class: this.subject, session: this.chosen, way, ...how, undoes: null };
    const row = await this.queue.append(KIND, body, note);
    this.scans.unshift(row);
    return row;
  }

  /** Take a scan back; both stay in the history. */
  undo(row) {
    return this._inTurn(() => this._undo(row));
  }

  async _undo(row) {
    const { session, way } = row.body;
    const body = { class: this.subject, session, way, by: "undo", code: null, registration: null };
    await this.queue.append(KIND, { ...body, undoes: row.id, reader: row.body.reader });
    this.undone.add(row.id);
  }

  /** Why the moment does not fit the session, or `""`: by the class's tolerance. */
  fit() {
    const { session, data, day } = this;
    if (!session) return data ? "no-session-today" : "";
    if (session.cancelled) return "session-cancelled";
    if (session.on !== day) return this.chosen === null ? "no-session-today" : "other-day";
    const { early_min, late_min } = data.tolerance;
    const now = minutesOf(hourIn(this.zone, this.clock.right()));
    if (session.starts_at && now < minutesOf(session.starts_at) - early_min) return "too-early";
    return session.ends_at && now > minutesOf(session.ends_at) + late_min ? "too-late" : "";
  }
}

function minutesOf(hour) {
  const [hours, minutes] = hour.split(/[.:]/).map(Number);
  return hours * 60 + minutes;
}
