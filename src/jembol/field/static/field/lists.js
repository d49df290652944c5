// Drawing the lists of the page: people found, the last scans with their state, receipts.

import { hourIn } from "./judge.js";
import { has, say } from "./words.js";

const SHOWN = 30;
const MANY_TRIES = 3;
const TONES = { here: "warn", sent: "info", aside: "bad", accepted: "good", known: "good" };

const part = (item, name) => item.querySelector(`[data-part=${name}]`);

function filled(list, template, rows, fill) {
  list.replaceChildren(
    ...rows.map((row) => {
      const item = template.content.firstElementChild.cloneNode(true);
      fill(item, row);
      return item;
    }),
  );
}

/** Write a day as people do. */
export function dayOf(on) {
  const how = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Date(`${on}T00:00Z`).toLocaleDateString(document.documentElement.lang, how);
}

/** What the phone or the server says to a scan, in one line. */
export function whyOf({ note, result, words }) {
  if (words) return words;
  const phones = (result?.also_on ?? []).join(", ");
  if (phones) return say("also-on", { phones });
  const verdict = result?.verdict ?? note?.verdict;
  if (verdict === "again" && note?.since) return say("again-since", { since: note.since });
  const why = `why-${result?.why || note?.why || ""}`;
  return has(why) ? say(why) : "";
}

export function nameOf(row, door) {
  const person = door.personOf(row.note?.registration ?? row.body.registration);
  return person?.name || row.result?.name || row.note?.name || row.note?.serial || say("nameless");
}

export function drawFound(list, template, people, door) {
  filled(list, template, people, (item, person) => {
    part(item, "name").textContent = person.name;
    part(item, "lives").textContent = person.lives ?? "";
    const who = { person, code: { kind: "name" } };
    const since = door.entered(who);
    const state = person.withdrawn ? say("why-withdrawn") : since === null ? "" : say("is-in");
    part(item, "state").textContent = state;
    item.querySelector("button").person = person;
  });
}

function verdictOf(row) {
  return say(`verdict-${row.result?.verdict ?? row.note?.verdict ?? "unchecked"}`);
}

export function drawScans(list, template, door) {
  filled(list, template, door.scans.slice(0, SHOWN), (item, row) => {
    const undone = door.undone.has(row.id);
    part(item, "hour").textContent = hourIn(door.zone, Date.parse(row.at));
    part(item, "name").textContent = nameOf(row, door);
    part(item, "verdict").textContent = undone ? say("undone") : verdictOf(row);
    part(item, "why").textContent = undone ? "" : whyOf(row);
    const state = part(item, "state");
    state.textContent = say(`state-${row.state}`);
    state.dataset.tone = TONES[row.state] ?? "info";
    const acts = {
      undo: !undone && row.state !== "aside",
      again: row.state === "aside",
      aside: row.state === "here" && row.tries >= MANY_TRIES,
    };
    for (const button of item.querySelectorAll("button")) {
      button.hidden = !acts[button.dataset.act];
      button.row = row;
    }
  });
}

/** What the server has written down, one line each, as a receipt for those who ask. */
export function drawReceipts(list, receipts, zone) {
  const lines = receipts.slice(0, 100).map((row) => {
    const line = document.createElement("li");
    const { name = "" } = row.result ?? {};
    const told = { id: row.id, hour: hourIn(zone, Date.parse(row.when)), name };
    line.textContent = `${say("receipt", told)} ${say(`state-${row.state}`)}`;
    return line;
  });
  list.replaceChildren(...lines);
}
