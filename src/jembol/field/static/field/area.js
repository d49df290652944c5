// My area: finding somebody whom the phone carries, and what was promised to them.

import { BUDGET_BYTES } from "./area_book.js";
import { linkLine, part, personCard, promiseTold, visitOf } from "./card.js";
import { dayIn } from "./judge.js";
import { dayOf } from "./lists.js";
import { peopleMadeHere } from "./made_here.js";
import { carryAnew, noted, openField, start } from "./page.js";
import { say } from "./words.js";

const PROMISES_SHOWN = 30;
const $ = (id) => document.getElementById(id);

const todayOf = ({ phone, zone }) => dayIn(zone, phone.clock.right());
const day = ({ zone }, ms) => dayOf(dayIn(zone, ms));
const megabytes = (bytes) => (Math.ceil(bytes / 1e5) / 10).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

async function search(desk, { isAsked = true } = {}) {
  const { area, queue } = desk;
  const made = await peopleMadeHere(queue);
  // What comes meanwhile takes no half-written correction away, unless the area itself is gone.
  if (!isAsked && area.data && $("people").querySelector("form:not([hidden])")) return;
  const text = $("what").value.trim();
  const people = text ? area.find(text, made) : made.filter((one) => !one.pk).slice(0, 5);
  const all = text ? [...people, ...area.findEnterprises(text)] : people;
  const today = todayOf(desk);
  $("people").replaceChildren(...all.map((one) => card(desk, one, today)));
  $("none").hidden = !text || all.length > 0;
  $("none").textContent = say("nobody-found");
  $("due-panel").hidden = Boolean(text);
}

function card(desk, one, today) {
  const made = personCard($("person-row"), one, { area: desk.area, today });
  const form = made.querySelector("form");
  part(made, "fix").addEventListener("click", () => {
    form.elements.phone.value = one.phone ?? "";
    form.elements.address.value = one.address ?? "";
    form.hidden = !form.hidden;
    if (!form.hidden) form.elements.phone.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    fix(desk, one, form);
  });
  return made;
}

/** Append a correction that tells what the phone saw, so that nobody's change is overwritten. */
async function fix(desk, one, form) {
  const saw = { phone: one.phone ?? "", address: one.address ?? "" };
  const now = { phone: form.elements.phone.value.trim(), address: form.elements.address.value.trim() };
  const fields = Object.keys(saw).filter((name) => saw[name] !== now[name]);
  form.hidden = true;
  if (fields.length === 0) return;
  const of = (values) => Object.fromEntries(fields.map((name) => [name, values[name]]));
  const body = { of: "person", ref: one.ref, seen: one.version, was: of(saw), changes: of(now) };
  let word = "fixed";
  try {
    await noted(desk, [{ kind: "registry.change", body, note: { name: one.name } }]);
    Object.assign(one, now);
    await search(desk);
  } catch {
    word = "not-kept-here";
  }
  $("told").textContent = say(word);
  $("told").dataset.tone = word === "fixed" ? "good" : "bad";
  $("told").hidden = false;
}

function drawPromises(desk) {
  const { area } = desk;
  const today = todayOf(desk);
  const all = [...(area.promises ?? [])].sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
  const rows = all.slice(0, PROMISES_SHOWN).map((promise) => {
    const who = area.person(promise.person) ?? area.enterprise(promise.enterprise);
    const line = promiseTold(promise, today);
    return linkLine(who ? visitOf(who) : "#", who?.name ?? "", line, who ? area.named(who.area) : "");
  });
  $("promises").replaceChildren(...rows);
  $("no-promise").hidden = rows.length > 0;
}

function drawCarried(desk) {
  const { area } = desk;
  const counts = { people: area.people?.length ?? 0, enterprises: area.enterprises?.length ?? 0 };
  const size = { size: megabytes(area.bytes), most: megabytes(BUDGET_BYTES) };
  $("carries").textContent = say("carries", { ...counts, ...size });
  const times = area.data ? { on: day(desk, area.since), until: day(desk, area.until) } : null;
  $("until").textContent = times ? say("carried-since", times) : say("warn-no-area");
  const count = area.data?.left_out ?? 0;
  $("left-out").hidden = count === 0;
  $("left-out").textContent = say("left-out", { count });
}

async function begin() {
  const desk = await openField($("my-area"));
  desk.redraw = async () => {
    await search(desk, { isAsked: false });
    drawPromises(desk);
    drawCarried(desk);
  };
  $("what").addEventListener("input", () => search(desk));
  $("finding").addEventListener("submit", (event) => event.preventDefault());
  $("fetch").addEventListener("click", () => carryAnew(desk));
  await start(desk);
}

begin();
