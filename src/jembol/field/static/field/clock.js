// The phone's clock as it is, how wrong it is, and the time that it should show.
//
// Nothing is refused for its clock. Each fact carries the phone's own time and a reading of a clock
// that nobody can set (`performance.now`, which begins anew with each page: `boot`), so that the
// server can put it right later.

import { ulid } from "./ids.js";

export const FLAGGED_S = 600;
const KEPT = "clock";

const two = (number) => String(Math.abs(number)).padStart(2, "0");

/** Write a moment in the phone's own zone, with its distance from UTC. */
export function withOffset(ms) {
  const at = new Date(ms);
  const minutes = -at.getTimezoneOffset();
  const local = new Date(ms + minutes * 60_000).toISOString().slice(0, 23);
  const hours = Math.trunc(Math.abs(minutes) / 60);
  return `${local}${minutes < 0 ? "-" : "+"}${two(hours)}:${two(minutes % 60)}`;
}

export class Clock {
  /** `store` keeps what the server said about this clock; `now` and `mono` are for tests. */
  constructor(store, { now = () => Date.now(), mono = () => performance.now() } = {}) {
    this.store = store;
    this.now = now;
    this.mono = mono;
    this.boot = ulid(now());
    this.skewSeconds = null;
    this.start = { ms: now(), mono: mono() };
    this.latest = 0;
  }

  async load() {
    const kept = (await this.store.get("meta", KEPT)) ?? {};
    this.skewSeconds = kept.skew_s ?? null;
    this.latest = kept.latest ?? 0;
    await this.touch();
  }

  /** What every fact and every batch says about its time. */
  stamp() {
    return { at: withOffset(this.now()), mono: Math.round(this.mono()), boot: this.boot };
  }

  /** Note what the server found: device minus server, in seconds. */
  async learn(skewSeconds) {
    if (!Number.isFinite(skewSeconds)) return;
    this.skewSeconds = skewSeconds;
    this.start = { ms: this.now(), mono: this.mono() };
    this.latest = this.now() - skewSeconds * 1000;
    await this.store.put("meta", { skew_s: skewSeconds, latest: this.latest }, KEPT);
  }

  /** The moment as the server would say it, as far as is known. */
  right() {
    return this.now() - this.jumpSeconds() * 1000 - (this.skewSeconds ?? 0) * 1000;
  }

  /** The same for a moment that was stamped before; a receipt knows its own (`right`). */
  rightOf({ at, mono, boot, right }) {
    if (right) return right;
    const ms = Date.parse(at);
    const jump = boot === this.boot ? this._leap(ms, mono) : 0;
    return ms - (jump + (this.skewSeconds ?? 0)) * 1000;
  }

  /** How far the clock was set since this page opened or last heard of the server. */
  jumpSeconds() {
    return this._leap(this.now(), this.mono());
  }

  _leap(ms, mono) {
    const ran = mono - this.start.mono;
    const jump = (ms - this.start.ms - ran) / 1000;
    // A phone asleep may stop the other clock for a while: only a leap is one.
    return Math.abs(jump) > FLAGGED_S ? jump : 0;
  }

  isFlagged() {
    return Math.abs((this.skewSeconds ?? 0) + this.jumpSeconds()) > FLAGGED_S;
  }

  wrongByMinutes() {
    return Math.round(((this.skewSeconds ?? 0) + this.jumpSeconds()) / 60);
  }

  /** The latest moment ever seen here, so that setting the clock back makes nothing last longer. */
  async touch() {
    this.latest = Math.max(this.latest, this.right());
    await this.store.put("meta", { skew_s: this.skewSeconds, latest: this.latest }, KEPT);
    return this.latest;
  }
}
