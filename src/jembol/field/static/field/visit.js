// Noting a visit. It is written on the phone first, always; the network is a bonus.

import { amended } from "./amend.js";
import { CityForms } from "./city_forms.js";
import { consentsAnew } from "./consents.js";
import { fill, stateOf, ticked } from "./form_state.js";
import { ulid } from "./ids.js";
import { dayIn } from "./judge.js";
import { dayOf } from "./lists.js";
import { noted, onceAtATime, openField, start, whenNew } from "./page.js";
import { announced } from "./photos.js";
import { PlacePicker } from "./place.js";
import { whereNow } from "./position.js";
import { Thumbs } from "./thumbs.js";
import { bodyOf, faultOf, mended, mendedBody } from "./visiting.js";
import { Who } from "./who.js";
import { say } from "./words.js";

const KEEP_MS = 400;
const DRAFT = "visit";
const $ = (id) => document.getElementById(id);
const form = $("form");

function tell(word, tone = "bad") {
  $("told").textContent = word;
  $("told").dataset.tone = tone;
  $("told").hidden = word === "";
  if (word) $("told").scrollIntoView({ block: "center" });
}

async function open() {
  const desk = await openField($("visit"));
  const recent = (await desk.drafts.habits()).places ?? [];
  const said = new URLSearchParams(window.location.hash.slice(1));
  Object.assign(desk, { position: null, amends: said.get("ubah") ?? "", was: null });
  desk.stop = Number(said.get("singgah")) || null;
  const where = { element: $("place"), plain: $("place-plain"), book: desk.area };
  const changed = () => keepLater(desk);
  desk.place = new PlacePicker({ ...where, recent, withRt: false, changed });
  const parts = { chosen: $("chosen"), choosing: $("choosing"), field: desk };
  desk.who = new Who({ ...parts, changed: (one) => whoChanged(desk, one) });
  const photos = { list: $("thumbs"), input: $("photo"), asks: $("photo-asks") };
  desk.thumbs = new Thumbs({ ...photos, changed: (word) => tell(word && say(word)) });
  consentsAnew(form, desk.area.data?.consent_texts);
  drawForms(desk);
  return desk;
}

const todayOf = ({ phone, zone }) => dayIn(zone, phone.clock.right());

function drawForms(desk) {
  const { forms: answers, position } = desk.was ?? {};
  const around = { today: todayOf(desk), answers, position };
  desk.questions = new CityForms($("questions"), desk.area.data?.forms, around);
}

// Mending begins with all that was written, also with what no field shows.
function takeUp(desk, draft) {
  if (!draft) return Object.assign(desk, { amends: "" });
  Object.assign(desk, { was: draft.body, stop: draft.body.stop ?? null });
  return drawForms(desk);
}

function whoChanged(desk, one) {
  $("where").hidden = Boolean(one);
  const of = one && "owners" in one ? { enterprise: one.pk } : { person: one?.pk ?? 0 };
  const promises = one ? desk.area.promisesTo(of) : [];
  $("kept").hidden = promises.length === 0;
  $("promises").replaceChildren(...promises.map(promiseLine));
  keepLater(desk);
}

function promiseLine({ id, words, dueOn, officer }) {
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "kept", value: id });
  label.append(box, ` ${say("promised", { words, on: dayOf(dueOn), officer })}`);
  return label;
}

// Who was not met has said nothing; whatever was ticked stays until it is saved.
function drawOutcome() {
  const [outcome] = ticked(form, "outcome");
  $("met").hidden = outcome !== undefined && outcome !== "met";
  $("due-plain").hidden = ticked(form, "due")[0] !== "0";
}

function keepLater(desk) {
  clearTimeout(desk.timer);
  desk.timer = setTimeout(async () => {
    const { who, place, position } = desk;
    const value = { state: stateOf(form), who: who.value, place: place.value, position };
    await desk.drafts.keep(DRAFT, value);
  }, KEEP_MS);
}

async function bringBack(desk) {
  const named = await desk.who.named(window.location.hash);
  const draft = desk.amends ? await mended(desk) : await desk.drafts.read(DRAFT);
  const isOther = named && draft?.who && draft.who.name !== named.name;
  if (draft && !isOther) {
    desk.who.set(named ?? draft.who);
    desk.position = draft.position;
    if (draft.place) desk.place.set(draft.place);
    fill(form, draft.state);
    if (draft.state.length) tell(say("draft-back"), "info");
  } else {
    desk.who.set(named);
  }
  if (desk.amends) takeUp(desk, draft);
  drawOutcome();
}

const save = onceAtATime(async (desk) => {
  const { who, place, phone, position, amends, stop, was } = desk;
  const about = { who: who.value, place: place.value };
  const fault = faultOf(form, about);
  if (fault) return tell(say(fault));
  const { answers: forms, ask } = desk.questions.read();
  if (ask && ticked(form, "outcome")[0] === "met") return tell(say("answers-wrong"));
  const id = amends || ulid(phone.clock.now());
  const today = todayOf(desk);
  try {
    const photos = await announced(desk.queue, desk.thumbs.blobs, { about: id, ...consent() });
    const names = photos.facts.map((fact) => fact.id);
    const body = bodyOf(form, { ...about, today, position, photos: names, forms, stop });
    const note = { name: who.value?.name ?? place.value.label };
    const facts = [{ id, kind: "outreach.visit", body, note }, ...photos.facts];
    if (amends) await amended(desk, amends, mendedBody(form, was, body), photos);
    else await noted(desk, facts, { photos: photos.photos });
  } catch {
    return tell(say("not-kept-here"));
  }
  clearTimeout(desk.timer);
  await desk.drafts.drop(DRAFT);
  return done();
});

function consent() {
  const [yes] = [...ticked(form, "consent-photo"), ...ticked(form, "photo_consent")];
  return { consent: yes === "yes" || yes === "on", place: ticked(form, "photo_place").length > 0 };
}

function done() {
  tell("");
  form.hidden = true;
  $("done").hidden = false;
  $("done").querySelector("[data-part=word]").textContent = say("visited");
  $("done").querySelector("[data-part=why]").textContent = say("kept-here");
  $("done").querySelector("[data-part=next]").focus();
}

function next(desk) {
  window.history.replaceState(null, "", window.location.pathname);
  Object.assign(desk, { position: null, amends: "", stop: null, was: null });
  fill(form, []);
  desk.thumbs.clear();
  drawForms(desk);
  desk.place.set(null);
  desk.who.set(null);
  clearTimeout(desk.timer);
  $("place-told").textContent = "";
  form.hidden = false;
  $("done").hidden = true;
  drawOutcome();
}

async function fix(desk) {
  $("place-told").textContent = say("position-asked");
  try {
    desk.position = await whereNow();
    desk.questions.tell({ position: desk.position });
    $("place-told").textContent = say("position-found", { metres: desk.position.accuracy_m });
  } catch (error) {
    $("place-told").textContent = say(error.code === 1 ? "position-denied" : "position-none");
  }
  keepLater(desk);
}

async function begin() {
  const desk = await open();
  await bringBack(desk);
  form.addEventListener("input", () => {
    drawOutcome();
    keepLater(desk);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(desk);
  });
  $("place-fix").addEventListener("click", () => fix(desk));
  $("done").querySelector("[data-part=next]").addEventListener("click", () => next(desk));
  desk.redraw = whenNew(desk.area, async () => {
    consentsAnew(form, desk.area.data?.consent_texts);
    if (!desk.who.value) desk.who.set(await desk.who.named(window.location.hash));
  });
  await start(desk);
}

begin();
