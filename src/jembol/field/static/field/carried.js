// What the phone carries of one class so that the door works offline: sealed, and for some days.

import { forgetCarried, open, seal } from "./seal.js";

export const DAYS = 3;
const DAY_MS = 86_400_000;
const PATIENCE_MS = 30_000;

export class Carried {
  /** `address` is where the class's data come from; `id` tells classes and officers apart. */
  constructor({ store, keys, clock, officer, subject, address, device }) {
    Object.assign(this, { store, keys, clock, officer, address, device });
    this.id = `${officer}:${subject}`;
    this.missing = "not-carried"; // the warning while there is nothing
    this.data = null;
    this.etag = "";
    this.since = null;
  }

  /** Read what is here; data past their days are deleted and not shown. */
  async load() {
    const row = await this.store.get("carried", this.id);
    if (!row) return null;
    if (row.until < (await this.clock.touch())) {
      await this.store.change("carried", { remove: [this.id] });
      return null;
    }
    try {
      this._take(await open(this.keys.carried, row.sealed, this.id), row);
    } catch {
      await this.store.change("carried", { remove: [this.id] }); // sealed before a sign-out
    }
    return this.data;
  }

  /** Fetch what changed; say `fresh`, `same`, `gone` (no such class here now), `offline`, or
   * `foreign` (somebody else has signed in, and this page is still the former officer's). */
  async refresh() {
    const headers = { "X-Device": this.device ?? "" };
    if (this.etag) headers["If-None-Match"] = this.etag;
    let response;
    try {
      const signal = AbortSignal.timeout?.(PATIENCE_MS);
      const how = { headers, signal, redirect: "manual", cache: "no-store" };
      response = await fetch(this.address, how);
    } catch {
      return "offline";
    }
    if (response.status === 304) {
      await this._keep(this.data, this.etag);
      return "same";
    }
    // The class left the officer's reach: what was carried of it goes.
    if (response.status === 404) {
      await this.store.change("carried", { remove: [this.id] });
      this.data = null;
      return "gone";
    }
    if (!response.ok) return "offline";
    const data = await response.json();
    if (data.officer && String(data.officer.id) !== this.officer) return "foreign";
    await this._learn(data.server_now);
    await this._keep(data, response.headers.get("ETag") ?? "");
    return "fresh";
  }

  /** Until when these data may be shown. */
  lasts(_data, now) {
    return now + DAYS * DAY_MS;
  }

  // A page that never sent anything learns the clock's fault from here.
  async _learn(serverNow) {
    const server = Date.parse(serverNow);
    if (Number.isFinite(server)) await this.clock.learn((this.clock.now() - server) / 1000);
  }

  async _keep(data, etag) {
    const now = await this.clock.touch();
    const row = { etag, since: now, until: this.lasts(data, now) };
    const sealed = await seal(this.keys.carried, data, this.id);
    await this.store.put("carried", { id: this.id, officer: this.officer, ...row, sealed });
    this._take(data, row);
  }

  _take(data, row) {
    this.data = data;
    this.etag = row.etag;
    this.since = row.since;
  }
}

/** Forget all that this officer's phone was given; the queue stays. */
export async function wipe(store, officer) {
  await forgetCarried(store, officer);
  for (const name of ["carried", "receipts"]) {
    const rows = await store.all(name);
    const remove = rows.filter((row) => row.officer === officer).map((row) => row.id);
    await store.change(name, { remove });
  }
  await globalThis.caches?.delete("jembol-pages");
}

/** Leave the phone to whoever has signed in meanwhile: the page opens anew as theirs. */
export async function giveWay(store, officer) {
  await wipe(store, officer);
  window.location.reload();
}
