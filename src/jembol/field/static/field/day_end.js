// The end of the day: what is still only on this phone, what was done, what comes tomorrow.

import { linkLine, promiseTold, visitOf } from "./card.js";
import { dayAfter } from "./form_state.js";
import { dayIn } from "./judge.js";
import { openField, start } from "./page.js";
import { photosOf } from "./photos.js";
import { aboutOf } from "./records.js";
import { say } from "./words.js";

const $ = (id) => document.getElementById(id);
const todayOf = ({ phone, zone }) => dayIn(zone, phone.clock.right());

/** What was done on a day: from what waits and from what was answered. */
async function doneOn(desk, today) {
  const all = [...(await desk.queue.rows()), ...(await desk.queue.receipts())];
  return all.filter((row) => dayIn(desk.zone, desk.phone.clock.rightOf(row)) === today);
}

function drawTallies(rows) {
  const visits = rows.filter((row) => row.kind === "outreach.visit");
  const met = visits.map((row) => row.body);
  const counts = {
    "done-visits": visits.length,
    "done-people": rows.filter((row) => row.kind === "registry.enrol").length,
    "done-needs": met.reduce((sum, body) => sum + body.needs.length, 0),
    "done-promises": met.filter((body) => body.promise).length,
  };
  const lines = Object.entries(counts).map(([key, count]) => {
    return Object.assign(document.createElement("li"), { textContent: say(key, { count }) });
  });
  $("tallies").replaceChildren(...lines);
  const told = visits.map((row) => {
    const text = `${aboutOf(row)} · ${say(`state-${row.state}`)}`;
    return Object.assign(document.createElement("li"), { textContent: text });
  });
  $("done-list").replaceChildren(...told);
}

async function drawVerdict(desk) {
  const { unsent, aside } = await desk.queue.counts();
  const photos = await photosOf(desk.phone);
  const count = unsent + aside;
  const isDone = count === 0 && photos.length === 0;
  $("verdict").dataset.tone = isDone ? "good" : "warn";
  const [word, why] = ["word", "why"].map((name) => $("verdict").querySelector(`[data-part=${name}]`));
  word.textContent = isDone ? say("all-sent") : say("still-here", { count: count + photos.length });
  const told = [];
  if (aside) told.push(say("warn-aside", { count: aside }));
  if (!isDone) told.push(say("warn-old-unsent-evening"));
  why.textContent = told.join(" ");
}

function drawTomorrow(desk, today, rows) {
  const { area } = desk;
  const until = dayAfter(today, 1);
  const carried = (area.promises ?? []).filter((one) => one.dueOn <= until);
  const kept = new Set(rows.flatMap((row) => row.body.kept ?? []));
  const own = rows.filter((row) => row.body.promise?.due_on <= until).map(promiseOf);
  const all = [...carried.filter((one) => !kept.has(one.id)), ...own];
  all.sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
  const lines = all.map((one) => {
    const who = area.person(one.person) ?? area.enterprise(one.enterprise);
    const name = who?.name ?? one.name ?? "";
    return linkLine(who ? visitOf(who) : "/lapangan/wilayah/", name, promiseTold(one, today));
  });
  $("tomorrow").replaceChildren(...lines);
  $("none").hidden = lines.length > 0;
  $("none").textContent = say("nothing-due");
}

function promiseOf({ body, note }) {
  const { words, due_on: dueOn } = body.promise;
  return { words, dueOn, person: body.person?.key ?? 0, enterprise: 0, name: note?.name };
}

async function begin() {
  const desk = await openField($("day-end"));
  desk.redraw = async () => {
    const today = todayOf(desk);
    const rows = await doneOn(desk, today);
    await drawVerdict(desk);
    drawTallies(rows);
    drawTomorrow(desk, today, rows);
  };
  await start(desk);
}

begin();
