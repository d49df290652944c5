// Bringing the queue to the server: one tab at a time, in small batches, until each is answered.
//
// Two tabs that both send are harmless, because the server stores an id once; the lock only spares
// the phone. A row leaves the queue when an answer names it, never because a request came through.

import { HERE, SENT } from "./queue.js";
import { asSent, bytesOf, goWith, keyOf } from "./signing.js";

export const BATCH = 100;
const BATCH_BYTES = 200_000;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 300_000;
const EVERY_MS = 15_000;
const PATIENCE_MS = 30_000;
const ASK_EVERY_MS = 600_000;
const TAG = "jembol-sync";

// What the server has stored, in whatever way. The rest stays here and needs a person.
export const FINAL = new Set(["accepted", "known", "held", "quarantined", "parked"]);

/** The token that Django wants beside the session, as it is now: signing in changes it. */
export function csrfToken() {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

export class Sync {
  /** `changed(state)` is told after each step; `after()` goes on when the text is through;
   * `lock` false is for tests. */
  constructor({ queue, clock, address, changed = () => {}, after = null, lock = true }) {
    Object.assign(this, { queue, clock, address, changed, after, lock: lock && navigator.locks });
    this.asked = -Infinity;
    this.state = { busy: false, offline: false, signedOut: false, last: null };
    this.failures = 0;
    this.notBefore = 0;
    this.most = BATCH;
  }

  /** Sync on every sign that it may work now, and every 15 s; nothing needs to be pressed. */
  start() {
    const now = () => this.flush({ now: true, ask: true });
    window.addEventListener("online", now);
    document.addEventListener("visibilitychange", () => document.hidden || now());
    // Woken by the browser we keep the pause after a failure: it may wake us at once, for ever.
    const woken = () => this.flush({ ask: true });
    navigator.serviceWorker?.addEventListener("message", (event) => event.data === TAG && woken());
    this.timer = setInterval(() => this.flush({ ask: true }), EVERY_MS);
    return now();
  }

  /** Ask the browser to wake us when the network is back, where it can. */
  async wakeLater() {
    try {
      const worker = await navigator.serviceWorker?.getRegistration();
      await worker?.sync?.register(TAG);
    } catch {
      // Not every browser has it, and the user may forbid it; the timer remains.
    }
  }

  /** Send what waits; `now` does not wait for the back-off to pass, `ask` says hello when nothing
   * waits and none was said for a while: so a phone hears what it is told. */
  async flush({ now = false, ask = false } = {}) {
    if (!now && performance.now() < this.notBefore) return;
    if (!this.lock) {
      await this._drain(ask);
      return;
    }
    await this.lock.request(`${TAG}:${this.queue.officer}`, { ifAvailable: !now }, async (held) => {
      if (held) await this._drain(ask);
    });
  }

  async _drain(ask) {
    let again = true;
    while (again) {
      const batch = await this._batch();
      if (batch.length === 0 && !(ask && this._isTimeToAsk())) break;
      again = await this._send(batch);
    }
    if (!this.failures) await this.after?.();
  }

  _isTimeToAsk() {
    return performance.now() - this.asked > ASK_EVERY_MS;
  }

  async _batch() {
    const rows = await this.queue.first(this.most, HERE, SENT);
    const batch = [];
    let bytes = 0;
    for (const row of rows) {
      bytes += bytesOf(row);
      // Rows of a backup keep the name of the phone that made them, and its key.
      if (batch.length && (bytes > BATCH_BYTES || !goWith(row, batch))) break;
      batch.push(row);
    }
    return batch;
  }

  async _send(batch) {
    this._tell({ busy: true });
    await this.queue.markSent(batch.map((row) => row.id));
    try {
      return await this._heard(batch, await this._post(batch));
    } catch {
      await this._failed(batch, { offline: true });
      return false;
    } finally {
      this._tell({ busy: false });
    }
  }

  async _post(batch) {
    const { at: sent_at, mono, boot } = this.clock.stamp();
    const device = batch[0]?.device ?? this.queue.device;
    const isOurs = this._isOurs(batch);
    const label = isOurs ? await this.queue.label() : "";
    const wiped = isOurs && Boolean(await this.queue.store.get("meta", `wiped:${this.queue.officer}`));
    const envelopes = batch.map(asSent);
    const head = { device, label, wiped, sent_at, mono, boot, ...keyOf(batch, this.queue) };
    return fetch(this.address, {
      method: "POST",
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout?.(PATIENCE_MS),
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify({ ...head, envelopes }),
    });
  }

  // Rows of a backup are another phone's: what the office orders of that one is not meant for us.
  _isOurs(batch) {
    return (batch[0]?.device ?? this.queue.device) === this.queue.device;
  }

  async _heard(batch, response) {
    const { status } = response;
    if (status === 200) return this._answered(batch, await response.json());
    if (status === 401 || status === 403 || response.type === "opaqueredirect") {
      await this._failed(batch, { signedOut: true, offline: false });
      return false;
    }
    if (status === 400 || status === 413 || status === 422) return this._refused(batch, status);
    await this._failed(batch, { offline: false });
    return false;
  }

  async _answered(batch, answer) {
    await this.clock.learn(answer.skew_s);
    const rows = new Map(batch.map((row) => [row.id, row]));
    const final = [];
    for (const result of answer.results) {
      const row = rows.get(result.id);
      if (!row) continue;
      rows.delete(result.id);
      if (FINAL.has(result.state)) final.push({ row, answer: result });
      else await this.queue.setAside(row.id, result.words, result.code, result.state);
    }
    await this.queue.settle(final, answer.received_at);
    await this.queue.markHere([...rows.keys()]);
    this.failures = 0;
    this.notBefore = 0;
    this.most = BATCH;
    this.asked = performance.now();
    await this.queue.store.put("meta", answer.received_at, `heard:${this.queue.officer}`);
    const { received_at: last, wipe = false, carry = null } = answer;
    const order = this._isOurs(batch) ? { wipe } : {};
    await this._tell({ offline: false, signedOut: false, last, ...order, carry, results: final });
    // An answer that names nobody must not make us ask for ever.
    return batch.length > 0 && rows.size < batch.length;
  }

  // The door took offence at the whole batch: halve it until the one that it cannot read is found.
  async _refused(batch, status) {
    await this.queue.markHere(batch.map((row) => row.id));
    if (batch.length === 0) return false;
    if (batch.length > 1) {
      this.most = Math.max(1, Math.floor(batch.length / 2));
      return true;
    }
    await this.queue.setAside(batch[0].id, "", `http-${status}`);
    return true;
  }

  async _failed(batch, state) {
    await this.queue.markHere(batch.map((row) => row.id));
    this.failures += 1;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (this.failures - 1), LONGEST_WAIT_MS);
    // Phones that lost the network together shall not all come back in one moment.
    this.notBefore = performance.now() + wait * (0.75 + Math.random() / 2);
    this._tell(state);
    await this.wakeLater();
  }

  _tell(change) {
    Object.assign(this.state, change);
    return this.changed(this.state, change);
  }
}
