// The queue, record by record: only here, on its way, accepted, or in need of a person.

import { lookAfter } from "./custody.js";
import { openField, others, start } from "./page.js";
import { photosOf } from "./photos.js";
import { recordLine } from "./records.js";
import { say } from "./words.js";

const ANSWERED_SHOWN = 200;
const $ = (id) => document.getElementById(id);

async function draw(desk) {
  const rows = await desk.queue.rows();
  const [aside, waiting] = [true, false].map((is) => rows.filter((row) => (row.state === "aside") === is));
  const line = (row) => recordLine($("record-row"), row, desk.zone);
  $("needs-you").hidden = aside.length === 0;
  $("aside").replaceChildren(...aside.map(line));
  $("waiting").replaceChildren(...waiting.map(line));
  $("nothing").hidden = waiting.length > 0;
  $("nothing").textContent = say("queue-empty");
  const answered = (await desk.queue.receipts()).slice(0, ANSWERED_SHOWN);
  $("answered").replaceChildren(...answered.map(line));
  await drawPhotos(desk);
}

async function drawPhotos(desk) {
  const photos = await photosOf(desk.phone);
  const total = photos.reduce((sum, photo) => sum + photo.bytes, 0);
  const done = photos.reduce((sum, { id }) => sum + (desk.pieces.get(id) ?? 0), 0);
  const kb = (bytes) => Math.ceil(bytes / 1000);
  const told = { count: photos.length, done: kb(done), total: kb(total) };
  const bad = photos.filter(({ fault }) => fault).length;
  const lines = [photos.length ? say("photos-waiting", told) : "", bad ? say("photos-bad", { count: bad }) : ""];
  $("photos-told").textContent = lines.filter(Boolean).join(" ");
}

async function begin() {
  const desk = await openField($("queue"));
  desk.pieces = new Map();
  desk.redraw = async () => draw(desk);
  desk.heardPhotos = ({ id, have }) => desk.pieces.set(id, have ?? 0);
  const acts = {
    again: (row) => desk.queue.takeUp(row.id),
    aside: (row) => desk.queue.setAside(row.id, say("why-by-hand")),
  };
  $("queue").addEventListener("click", async ({ target }) => {
    const button = target.closest("button[data-act]");
    if (!button) return;
    await acts[button.dataset.act](button.row);
    others?.postMessage("noted");
    await desk.redraw();
    await desk.strip();
    await desk.sync.flush({ now: true });
  });
  const [backup, restore, naming] = ["backup", "restore", "naming"].map($);
  lookAfter(desk.phone, { backup, restore, naming, leaving: $("sign-out") }, desk.redraw);
  await start(desk);
}

begin();
