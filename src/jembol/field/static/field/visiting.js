// What a visit says: from the form to the body of its record.

import { mendableOf } from "./amend.js";
import { keyOut } from "./area_book.js";
import { dayAfter, ticked } from "./form_state.js";
import { say } from "./words.js";

const MET = "met";

/** What is missing, as the key of a text; empty when it can be written down. */
export function faultOf(form, { who, place }) {
  const promise = form.elements.promise.value.trim();
  const due = dueOf(form, "2000-01-01");
  if (!who && !place) return "who-missing";
  if (ticked(form, "outcome").length === 0) return "outcome-missing";
  return promise && !due ? "promise-day-missing" : "";
}

function dueOf(form, today) {
  const [days] = ticked(form, "due");
  if (days === undefined || days === "0") return form.elements.due_on.value;
  return dayAfter(today, Number(days));
}

function promiseOf(form, today) {
  const due_on = dueOf(form, today);
  const words = form.elements.promise.value.trim();
  return due_on ? { words: words || say("promise-words"), due_on } : null;
}

function needsOf(form) {
  const kinds = ticked(form, "needs");
  const words = form.elements.need_words.value.trim();
  if (words && kinds.length === 0) kinds.push("other");
  return kinds.map((kind) => ({ kind, words }));
}

/** The body of `outreach.visit`; `who` is a person or an enterprise as the phone knows them. */
export function bodyOf(form, { who, place, today, position, photos, forms, stop }) {
  const outcome = ticked(form, "outcome")[0];
  const met = outcome === MET;
  const isEnterprise = who && "owners" in who;
  return {
    area: keyOut(who?.area ?? place.area),
    person: who && !isEnterprise ? who.ref : null,
    enterprise: isEnterprise ? who.ref : null,
    outcome,
    needs: met ? needsOf(form) : [],
    advice: met ? form.elements.advice.value.trim() : "",
    referrals: met ? ticked(form, "referrals").map((kind) => ({ kind, words: "" })) : [],
    promise: promiseOf(form, today),
    kept: ticked(form, "kept").map(Number),
    position,
    forms: met ? forms : [],
    photos,
    stop,
  };
}

/** The form as it was when a body like this was written. */
function stateOfBody(body) {
  const { outcome, needs, advice, referrals, promise, kept } = body;
  return [
    ["outcome", outcome],
    ...needs.map(({ kind }) => ["needs", kind]),
    ["need_words", needs[0]?.words ?? ""],
    ["advice", advice],
    ...referrals.map(({ kind }) => ["referrals", kind]),
    ...(promise ? [["promise", promise.words], ["due", "0"], ["due_on", promise.due_on]] : []),
    ...kept.map((id) => ["kept", String(id)]),
  ].filter(([, value]) => value !== "");
}

/** The page as it was when a visit was written that shall be mended; null when it cannot be. */
export async function mended({ queue, who, amends, area }) {
  const row = await mendableOf(queue, amends);
  if (!row) return null;
  const { body } = row;
  const place = { area: body.area, label: area.named(body.area) };
  return { state: stateOfBody(body), who: await who.of(body), place, position: body.position, body };
}

/** A mended body, with what the page cannot show of the former one: photos, promises gone since. */
export function mendedBody(form, was, body) {
  const offered = [...form.querySelectorAll("[name=kept]")].map((box) => Number(box.value));
  const kept = was.kept.filter((id) => !offered.includes(id));
  return { ...was, ...body, kept: [...kept, ...body.kept], photos: [...was.photos, ...body.photos] };
}
