// Enrolling a person. It is written on the phone first, always; the network is a bonus.

import { amended, mendableOf } from "./amend.js";
import { consentsAnew } from "./consents.js";
import { factsOf, faultOf, personOf } from "./enrolling.js";
import { fill, isBlank, stateOf } from "./form_state.js";
import { peopleMadeHere } from "./made_here.js";
import { openMatcher } from "./matcher.js";
import { noted, onceAtATime, openField, start, whenNew } from "./page.js";
import { PlacePicker } from "./place.js";
import { NOBODY, Suspects } from "./suspects.js";
import { say } from "./words.js";

const RECENT_KEPT = 6;
const KEEP_MS = 400;
const DRAFT = "enrol";
const $ = (id) => document.getElementById(id);
const form = $("form");

function tell(word, tone = "bad") {
  $("told").textContent = word;
  $("told").dataset.tone = tone;
  $("told").hidden = word === "";
  if (word) $("told").scrollIntoView({ block: "center" });
}

async function open() {
  const desk = await openField($("enrol"));
  const { area, drafts } = desk;
  desk.habits = await drafts.habits();
  desk.household = null;
  desk.amends = /^#ubah=(\w{26})$/.exec(window.location.hash)?.[1] ?? "";
  const common = { element: $("place"), plain: $("place-plain"), book: area };
  const recent = desk.habits.places ?? [];
  desk.place = new PlacePicker({ ...common, recent, changed: () => changed(desk) });
  desk.suspects = new Suspects({
    element: $("alike"),
    matcher: NOBODY,
    typed: () => personOf(form, desk.place.value),
    describe: (one) => area.named(area.person(one.pk)?.area ?? one.area) ?? "",
    answered: () => keepLater(desk),
  });
  consentsAnew(form, area.data?.consent_texts);
  form.elements.witness.value = desk.habits.witness ?? "";
  return desk;
}

function changed(desk) {
  desk.suspects?.later();
  keepLater(desk);
}

function keepLater(desk) {
  clearTimeout(desk.timer);
  desk.timer = setTimeout(() => keep(desk), KEEP_MS);
}

async function keep(desk) {
  const answers = [...desk.suspects.answers];
  const value = { state: stateOf(form), place: desk.place.value, answers, household: desk.household };
  await desk.drafts.keep(DRAFT, value);
}

// What was half written when the page was closed, or a record that is mended.
async function bringBack(desk) {
  const draft = desk.amends ? await mended(desk) : await desk.drafts.read(DRAFT);
  if (!draft) {
    desk.amends = "";
    return;
  }
  fill(form, draft.state);
  desk.suspects.answers = new Map(draft.answers ?? []);
  desk.household = draft.household ?? null;
  if (draft.place) desk.place.set(draft.place);
  desk.suspects.now();
  if (form.elements.name.value) tell(say("draft-back"), "info");
}

async function mended({ queue, amends, area }) {
  const row = await mendableOf(queue, amends);
  if (!row) return null;
  const { person, enterprise, household, consents } = row.body;
  const state = Object.entries({ ...person, enterprise: enterprise?.name, product: enterprise?.product });
  const said = consents.map(({ purpose, given }) => [`consent-${purpose}`, given ? "yes" : "no"]);
  const texts = state.filter(([, value]) => typeof value === "string");
  const { rw, rt } = person;
  const key = String(person.area);
  const label = [area.named(key), rw && `RW ${rw}`, rt && `RT ${rt}`].filter(Boolean).join(" ");
  const witness = [["witness", consents[0]?.witness ?? ""]];
  return { state: [...texts, ...said, ...witness], place: { area: key, rw, rt, label }, household };
}

const save = onceAtATime(async (desk) => {
  const place = desk.place.value;
  const fault = faultOf(form, place);
  if (fault) return tell(say(fault));
  desk.suspects.now();
  const { household, suspects, phone, amends } = desk;
  const how = { place, alike: suspects.told(), household, now: phone.clock.now() };
  const facts = factsOf(form, how);
  const { name } = facts[0].body.person;
  const same = suspects.same();
  try {
    if (amends) await amended(desk, amends, facts[0].body);
    else await noted(desk, facts);
  } catch {
    return tell(say("not-kept-here"));
  }
  suspects.matcher.add({ ...facts[0].body.person, ref: { made_by: facts[0].id } });
  await learn(desk, place);
  await desk.drafts.drop(DRAFT);
  const word = same ? say("enrolled-known", { name: same.name }) : say("enrolled", { name });
  return done(desk, word, same ? `#orang=${same.pk}` : `#baru=${facts[0].id}`);
});

async function learn(desk, place) {
  const others = (desk.habits.places ?? []).filter((one) => one.label !== place.label);
  const places = [place, ...others].slice(0, RECENT_KEPT);
  desk.habits = { places, witness: form.elements.witness.value.trim() };
  await desk.drafts.learn(desk.habits);
  desk.place.recent = places;
}

function done(desk, word, fragment) {
  clearTimeout(desk.timer);
  tell("");
  $("done").hidden = false;
  form.hidden = true;
  $("done").querySelector("[data-part=word]").textContent = word;
  $("done").querySelector("[data-part=why]").textContent = say("kept-here");
  const visit = $("done").querySelector("[data-part=visit]");
  visit.href = visit.pathname + fragment;
  $("done").querySelector("[data-part=next]").focus();
}

async function next(desk) {
  fill(form, [["witness", desk.habits.witness ?? ""]]);
  desk.amends = "";
  desk.household = null;
  desk.place.set(null);
  desk.suspects.clear();
  clearTimeout(desk.timer);
  $("done").hidden = true;
  form.hidden = false;
  form.elements.name.focus();
}

function wireHousehold(desk) {
  const field = $("household");
  const list = $("household-found");
  const choose = (person) => {
    desk.household = person?.ref ?? null;
    field.value = person?.name ?? field.value;
    list.replaceChildren();
    keepLater(desk);
  };
  field.addEventListener("input", async () => {
    desk.household = null;
    const made = await peopleMadeHere(desk.queue);
    const rows = desk.area.find(field.value, made, 5).map((person) => {
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.textContent = `${person.name} · ${desk.area.named(person.area)}`;
      button.addEventListener("click", () => choose(person));
      const row = document.createElement("li");
      row.append(button);
      return row;
    });
    list.replaceChildren(...rows);
  });
}

async function begin() {
  const desk = await open();
  await bringBack(desk);
  form.addEventListener("input", () => changed(desk));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(desk);
  });
  $("done").querySelector("[data-part=next]").addEventListener("click", () => next(desk));
  wireHousehold(desk);
  if (isBlank(form)) form.elements.name.focus();
  // Reading five thousand people takes a while on a small phone; nobody waits for it.
  const match = () => openMatcher(desk).then((matcher) => desk.suspects.use(matcher));
  (window.requestIdleCallback ?? setTimeout)(match);
  desk.redraw = whenNew(desk.area, () => {
    desk.place.draw();
    consentsAnew(form, desk.area.data?.consent_texts);
    match();
  });
  await start(desk);
}

begin();
