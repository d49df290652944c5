// What this phone knows and the server may not: appended, sent, and deleted only when answered.
//
// Each officer has a queue of their own on a phone that several share. A row says in plain signs
// which officer, kind, moment and number it has; its body is sealed with that officer's key.
//
//   here   only on this phone
//   sent   on its way; no answer came yet
//   aside  needs a person: refused, in conflict, or set aside by hand

import { appended, dated } from "./appending.js";
import { ulid } from "./ids.js";
import { sealOldRows } from "./old_rows.js";
import { keysOf, open, seal } from "./seal.js";

export const HERE = "here";
export const SENT = "sent";
export const ASIDE = "aside";
export const RECEIPTS_KEPT = 500;
const RECEIPT_DAYS = 7;

const inOrder = (one, other) => one.device.localeCompare(other.device) || one.seq - other.seq;

/** The name of this browser, made once. */
export function deviceOf(store) {
  return store.write(["meta"], async (of, done) => {
    const known = await done(of("meta").get("device"));
    const device = known ?? ulid();
    if (!known) of("meta").put(device, "device");
    return device;
  });
}

export class Queue {
  /** What people call this phone, for those who see a scan on another one. */
  async label() {
    return (await this.store.get("meta", "label")) ?? "";
  }

  static async open(store, clock, officer) {
    const queue = new Queue();
    Object.assign(queue, { store, clock, officer, keys: await keysOf(store, officer) });
    // What was opened once: rows are many, and a small processor opens slowly.
    queue.opened = new Map();
    queue.turn = Promise.resolve();
    queue.device = await deviceOf(store);
    await sealOldRows(queue);
    return queue;
  }

  /** Append a fact and return its envelope; it is on the disk when this resolves. */
  async append(kind, body, note = null) {
    const [row] = await this.appendAll([{ kind, body, note }]);
    return row;
  }

  /** Append facts that belong together, with `photos` (rows of their store): all or none of them.
   * `remove` names rows that these stand for from now on. */
  appendAll(facts, more = {}) {
    const all = facts.map((fact) => dated(this, fact));
    // One call after the other, so that they need not fight for numbers.
    const turn = this.turn.then(() => appended(this, all, more));
    this.turn = turn.catch(() => {});
    return turn;
  }

  /** The officer's rows in the order in which they were made, with their bodies. */
  async rows(...states) {
    return this.first(Infinity, ...states);
  }

  /** The first ones of these. */
  async first(most, ...states) {
    const all = (await this.store.all("queue")).filter((row) => row.officer === this.officer);
    const wanted = all.filter((row) => states.length === 0 || states.includes(row.state));
    return Promise.all(wanted.sort(inOrder).slice(0, most).map((row) => this._opened(row)));
  }

  /** How many wait here, how many need a person, and when the oldest was made. */
  async counts() {
    const all = (await this.store.all("queue")).filter((row) => row.officer === this.officer);
    const waiting = all.filter((row) => row.state !== ASIDE);
    const oldest = Math.min(...waiting.map((row) => Date.parse(row.at)));
    const unsent = waiting.length;
    return { unsent, aside: all.length - unsent, oldest: unsent ? oldest : null };
  }

  /** Note that these are on their way. */
  async markSent(ids) {
    await this._each(ids, (row) => ({ ...row, state: SENT, tries: row.tries + 1 }));
  }

  /** Note that no answer came, so that they are only here as far as anybody knows. */
  async markHere(ids) {
    await this._each(ids, (row) => (row.state === SENT ? { ...row, state: HERE } : row));
  }

  /** Set one aside, with the reason in words; it is kept and not sent until it is taken up.
   * `verdict` is the state that the server named, if it did. */
  async setAside(id, words = "", code = "by-hand", verdict = "") {
    await this._each([id], (row) => ({ ...row, state: ASIDE, words, code, verdict }));
  }

  async takeUp(id) {
    await this._each([id], (row) => ({ ...row, state: HERE, words: "", code: "", verdict: "" }));
  }

  /** Exchange answered rows for receipts: the only way in which a row leaves. */
  async settle(answers, when) {
    const kept = [];
    for (const { row, answer } of answers) {
      const { id, officer, kind, at } = row;
      const { state, code, words } = answer;
      const { body, note } = row;
      const sealed = await seal(this.keys.carried, { body, note, result: answer.result }, id);
      // The clock may be set before this is read; what is known of it now is kept.
      const right = this.clock.rightOf(row);
      kept.push({ id, officer, kind, at, right, state, code, words, when, sealed });
    }
    await this.store.write(["queue", "receipts"], (of) => {
      for (const receipt of kept) {
        of("receipts").put(receipt);
        of("queue").delete(receipt.id);
      }
    });
  }

  /** What the server said, newest first; none after a sign-out. */
  async receipts() {
    const all = (await this.store.all("receipts")).filter((row) => row.officer === this.officer);
    const opened = await Promise.all(all.map((row) => this._receipt(row)));
    return opened.filter(Boolean).sort((one, other) => (one.id < other.id ? 1 : -1));
  }

  /** Forget receipts that are old or too many, and those that nobody can open any more. */
  async prune(now = this.clock.right()) {
    const mine = await this.receipts();
    const readable = new Set(mine.map((row) => row.id));
    const all = (await this.store.all("receipts")).filter((row) => row.officer === this.officer);
    const old = mine.filter((row, place) => {
      return place >= RECEIPTS_KEPT || now - Date.parse(row.when) > RECEIPT_DAYS * 86_400_000;
    });
    const unreadable = all.filter((row) => !readable.has(row.id));
    const remove = [...old, ...unreadable].map((row) => row.id);
    if (remove.length) await this.store.change("receipts", { remove });
  }

  async _opened(row) {
    const { sealed, ...rest } = row;
    return { ...rest, ...(await this._once("row", this.keys.queue, sealed, row.id)) };
  }

  async _receipt(row) {
    const { sealed, ...rest } = row;
    try {
      return { ...rest, ...(await this._once("receipt", this.keys.carried, sealed, row.id)) };
    } catch {
      return null; // sealed before a sign-out
    }
  }

  async _once(what, key, sealed, id) {
    const name = `${what}:${id}`;
    if (!this.opened.has(name)) this.opened.set(name, await open(key, sealed, id));
    return this.opened.get(name);
  }

  async _each(ids, changed) {
    await this.store.write(["queue"], async (of, done) => {
      for (const id of ids) {
        const row = await done(of("queue").get(id));
        if (row) of("queue").put(changed(row));
      }
    });
  }
}
