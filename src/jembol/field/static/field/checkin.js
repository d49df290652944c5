// The check-in page of one class. It writes to the phone first, always; the network is a bonus.

import { wireCamera } from "./camera.js";
import { Carried, giveWay } from "./carried.js";
import { looksLikeCode } from "./code.js";
import { lookAfter } from "./custody.js";
import { Door } from "./door.js";
import { clear, tell } from "./feedback.js";
import { TONES } from "./judge.js";
import { KeyboardScanner } from "./keyboard.js";
import { dayOf, drawFound, drawReceipts, drawScans, nameOf, whyOf } from "./lists.js";
import { found } from "./people.js";
import { fetchLater, isWiped, openPhone, syncOf, workOffline } from "./phone.js";
import { drawStatus } from "./status.js";
import { say } from "./words.js";

const CARRY_EVERY_MS = 60_000;
const $ = (id) => document.getElementById(id);
const page = $("checkin");
const { officer, subject, carriedAt, syncAt, zone, jsqr } = page.dataset;
const other = "BroadcastChannel" in window ? new BroadcastChannel("jembol-lapangan") : null;

async function open() {
  const phone = await openPhone(officer);
  const { store, clock, queue } = phone;
  const { keys, device } = queue;
  const carried = new Carried({ store, keys, clock, officer, subject, address: carriedAt, device });
  await carried.load();
  const door = new Door({ queue, carried, clock, subject, zone });
  const desk = { phone, carried, door, shown: null };
  desk.strip = async () => {
    const wiped = await isWiped(phone);
    await drawStatus($("status"), $("warnings"), { ...desk, zone, wiped });
  };
  desk.sync = syncOf(phone, syncAt, (_state, change) => heard(desk, change));
  return desk;
}

async function draw(desk) {
  const { door, phone } = desk;
  await door.load();
  drawScans($("scans"), $("scan-row"), door);
  drawReceipts($("receipts"), await phone.queue.receipts(), zone);
  drawSession(door);
  await desk.strip();
}

function drawSession(door) {
  const { session } = door;
  const fit = door.fit();
  $("now").textContent = session ? say("session-now", { number: session.number, on: dayOf(session.on) }) : "";
  $("timely").textContent = fit ? say(`why-${fit}`) : "";
}

async function heard(desk, change) {
  if (change.results) {
    const again = change.results.find(({ answer }) => answer.result?.also_on?.length);
    if (again) $("news").textContent = `${nameOf(again.row, desk.door)}: ${whyOf({ ...again.answer })}`;
    other?.postMessage("sent");
    await draw(desk);
  } else {
    await desk.strip();
  }
}

/** Note something; a phone that has no room left must say so, and not look as if all were well. */
async function note(desk, work) {
  clear($("result"));
  let row;
  try {
    row = await work();
  } catch {
    tell($("result"), { tone: "bad", word: say("not-kept"), why: say("why-not-kept") });
    return;
  }
  await noted(desk, row);
}

/** Show what was just noted, and send it if there is a network. */
async function noted(desk, row) {
  const { verdict } = row.note;
  desk.shown = row;
  const tone = TONES[verdict];
  const name = row.note.name || row.note.serial || "";
  tell($("result"), { tone, word: say(`verdict-${verdict}`), name, why: whyOf(row) });
  $("choice").hidden = verdict !== "not_allowed";
  other?.postMessage("noted");
  await draw(desk);
  await desk.sync.flush();
}

async function undo(desk, row, word) {
  clear($("result"));
  await desk.door.undo(row);
  tell($("result"), { tone: "warn", word: say(word), name: nameOf(row, desk.door) });
  await draw(desk);
  await desk.sync.flush();
}

function search(desk) {
  const text = $("what").value;
  const people = looksLikeCode(text) ? [] : found(desk.carried.data?.people ?? [], text);
  drawFound($("found"), $("found-row"), people, desk.door);
}

function wireWhat(desk) {
  const field = $("what");
  const emptied = () => {
    field.value = "";
    search(desk);
  };
  field.addEventListener("input", () => search(desk));
  field.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    // A word that names people waits for a tap; only a code or a number is noted at once.
    if (!text || $("found").children.length) return;
    emptied();
    await note(desk, () => desk.door.scan(text, "typed"));
  });
  $("found").addEventListener("click", async ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const { person } = button;
    emptied();
    await note(desk, () => desk.door.pick(person));
  });
  const scan = (text) => note(desk, () => desk.door.scan(text, "keyboard"));
  desk.keyboard = new KeyboardScanner(scan, looksLikeCode);
}

function wireScans(desk) {
  const acts = {
    undo: (row) => undo(desk, row, "undone"),
    again: (row) => desk.phone.queue.takeUp(row.id),
    aside: (row) => desk.phone.queue.setAside(row.id, say("why-by-hand")),
  };
  $("scans").addEventListener("click", async ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    await acts[button.dataset.act](button.row);
    await draw(desk);
  });
  $("let-in").addEventListener("click", () => {
    $("choice").hidden = true;
    $("result").querySelector("[data-part=word]").textContent = say("let-in");
  });
  $("turn-away").addEventListener("click", () => undo(desk, desk.shown, "turned-away"));
}

function wireSession(desk) {
  const { door } = desk;
  const take = () => {
    door.chosen = Number($("session").value) || null;
    door.way = document.querySelector("[name=way]:checked").value;
    drawSession(door);
    search(desk);
  };
  for (const field of [$("session"), ...document.querySelectorAll("[name=way]")]) {
    field.addEventListener("change", take);
  }
  take();
}

async function begin() {
  const desk = await open();
  wireWhat(desk);
  wireScans(desk);
  wireSession(desk);
  wireCamera((text) => note(desk, () => desk.door.scan(text, "camera")), jsqr);
  const redraw = () => draw(desk);
  const [backup, restore, naming] = ["backup", "restore", "naming"].map($);
  lookAfter(desk.phone, { backup, restore, naming, leaving: $("sign-out") }, redraw);
  other?.addEventListener("message", redraw);
  $("send").addEventListener("click", () => desk.sync.flush({ now: true }));
  await draw(desk);
  for (const part of page.querySelectorAll("[data-js]")) part.hidden = false;
  page.dataset.ready = "yes";
  const carry = async () => {
    if (document.hidden || (await isWiped(desk.phone))) return "";
    const became = await desk.carried.refresh();
    if (became === "foreign") await giveWay(desk.phone.store, officer);
    else if (became !== "offline") await draw(desk);
    return became;
  };
  // First of all, whether this page is still of whoever has signed in.
  if ((await carry()) === "foreign") return;
  setInterval(carry, CARRY_EVERY_MS);
  window.addEventListener("online", carry);
  setInterval(() => desk.phone.clock.touch().then(redraw), CARRY_EVERY_MS);
  await desk.sync.start();
  const offline = await workOffline("/lapangan/", window.location.pathname);
  if (offline) await fetchLater();
  page.dataset.offline = offline ? "yes" : "no";
}

begin();
