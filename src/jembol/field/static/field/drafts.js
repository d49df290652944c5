// Forms that are half filled, and what an officer chose last: sealed, so that nothing is lost when
// the battery is, and nothing can be read by whoever has the phone next.

import { open, seal } from "./seal.js";

export class Drafts {
  constructor({ store, queue, clock }) {
    Object.assign(this, { store, queue, clock });
  }

  async _read(key, id) {
    const row = await this.store.get("drafts", id);
    if (!row) return null;
    try {
      return await open(key, row.sealed, id);
    } catch {
      return null; // sealed before a sign-out
    }
  }

  async _write(key, id, value) {
    const { officer } = this.queue;
    const sealed = await seal(key, value, id);
    await this.store.put("drafts", { id, officer, at: this.clock.stamp().at, sealed });
  }

  _id(name) {
    return `${this.queue.officer}:${name}`;
  }

  /** A form as it was left; it lives as long as the queue does. */
  read(form) {
    return this._read(this.queue.keys.queue, this._id(form));
  }

  keep(form, value) {
    return this._write(this.queue.keys.queue, this._id(form), value);
  }

  async drop(form) {
    await this.store.change("drafts", { remove: [this._id(form)] });
  }

  /** What was chosen last (the RT, the witness); noise after a sign-out. */
  async habits() {
    return (await this._read(this.queue.keys.carried, this._id("habits"))) ?? {};
  }

  async learn(habits) {
    const value = { ...(await this.habits()), ...habits };
    await this._write(this.queue.keys.carried, this._id("habits"), value);
  }
}
