// What the phone itself says to a scan, from what it carries; the server decides afterwards.

import { SHORT, looksLikeCode, proved, read, shortId, tidy } from "./code.js";

const short = (id) => (id ?? "").slice(0, SHORT);

/** The session of a class at a moment: that day's, else the next one, else the last. */
export function sessionAt(sessions, day) {
  const held = sessions.filter((session) => !session.cancelled);
  return (
    held.find((session) => session.on === day) ??
    held.find((session) => session.on > day) ??
    held.at(-1) ??
    null
  );
}

/** The day of a moment in the city's own zone, whatever the phone's zone is. */
export function dayIn(zone, ms) {
  const how = { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" };
  return new Intl.DateTimeFormat("en-CA", how).format(new Date(ms));
}

export function hourIn(zone, ms) {
  const how = { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat("en-GB", how).format(new Date(ms)).replace(":", ".");
}

/** Whom a text means on a day: `{person, code, fault, proof}`. */
export async function identified(text, carried, day) {
  const code = looksLikeCode(text) ? read(text) : null;
  if (code?.fault) return { person: null, code: null, fault: code.fault };
  const serial = code ? code.serial : shortId(text);
  const people = carried?.people ?? [];
  const person = people.find((one) => [short(one.serial), short(one.card)].includes(serial)) ?? null;
  const proof = code ? await proved(code, carried?.keys ?? [], day) : "unchecked";
  return { person, code: code ?? { kind: "typed", serial, text: tidy(text).slice(0, 20) }, fault: null, proof };
}

function faultOf({ person, code, fault, proof }, { carried, subject, day, fit }) {
  if (fault) return "unreadable";
  if (!person && code.kind === "typed" && !OURS.test(code.serial)) return "not-ours";
  if (proof === "forged" || proof === "key-expired") return proof;
  if (person?.withdrawn) return "withdrawn";
  if ((carried?.revoked ?? []).some((serial) => short(serial) === code.serial)) return "revoked";
  if (code.subject && code.subject !== short(subject)) return "other-class";
  if (code.until && day > code.until) return "expired";
  if (code.from && day < code.from) return "not-yet-valid";
  if (!person && code.kind === "card" && carried) return "not-registered";
  return fit || null;
}

const OURS = /^[TC][0-9A-HJKMNP-TV-Z]{8}$/;
const UNKNOWN = new Set(["unreadable", "not-ours", "forged"]);

/** Judge a scan: verdict, and why. `fit` is why the moment does not fit the session, or empty;
 * `entered` tells since when somebody is in, if they are. */
export function judged(who, { carried, subject, day, way, fit, entered }) {
  const fault = faultOf(who, { carried, subject, day, fit });
  if (UNKNOWN.has(fault)) return { verdict: "unknown_code", why: fault };
  if (fault) return { verdict: "not_allowed", why: fault };
  const since = entered(who);
  if (way === "in" && since !== null) {
    return { verdict: "again", why: since ? "" : "came-before", since };
  }
  if (!who.person && who.proof !== "genuine") return { verdict: "unchecked", why: "unchecked" };
  return { verdict: way === "out" ? "out" : "welcome", why: doubtOf(who) };
}

// Somebody who is on the list comes in also when this browser cannot prove the code; it is said.
function doubtOf({ person, code, proof }) {
  if (!person) return "not-listed";
  return ["ticket", "card"].includes(code.kind) && proof !== "genuine" ? "unchecked" : "";
}

export const TONES = {
  welcome: "good",
  out: "good",
  again: "warn",
  unchecked: "warn",
  not_allowed: "bad",
  unknown_code: "bad",
};
