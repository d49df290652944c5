// What the pages of outreach share: the phone, the area it carries, the strip, and sending.

import { AreaBook } from "./area_book.js";
import { giveWay } from "./carried.js";
import { Drafts } from "./drafts.js";
import { isWiped, openPhone, syncOf, workOffline } from "./phone.js";
import { drawStatus } from "./status.js";

const CARRY_EVERY_MS = 600_000;
const PAGES = ["", "warga/baru/", "kunjungan/", "wilayah/", "antrean/", "selesai/", "panduan/"];
const $ = (id) => document.getElementById(id);

/** The other tabs of this phone, to tell them that the queue changed. */
export const others = "BroadcastChannel" in window ? new BroadcastChannel("jembol-lapangan") : null;

/** Open the phone and what it carries; `page` is the element that names the officer. */
export async function openField(page) {
  const { officer, syncAt, zone } = page.dataset;
  const phone = await openPhone(officer);
  const { store, clock, queue } = phone;
  const area = new AreaBook({ store, keys: queue.keys, clock, officer, device: queue.device });
  await area.load();
  const field = { page, phone, queue, area, zone, officer, drafts: new Drafts(phone) };
  field.redraw = async () => {};
  field.wiped = await isWiped(phone);
  field.strip = () => drawStatus($("status"), $("warnings"), { ...field, carried: area });
  field.sync = syncOf(phone, syncAt, (_state, change) => heard(field, change));
  field.sync.state.last = (await store.get("meta", `heard:${officer}`)) ?? null;
  $("send").addEventListener("click", () => field.sync.flush({ now: true, ask: true }));
  others?.addEventListener("message", () => field.redraw());
  for (const part of document.querySelectorAll("[data-js]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-plain]")) part.hidden = true;
  return field;
}

async function heard(field, change) {
  await field.strip();
  if (change.photos) field.heardPhotos?.(change.photos);
  if (change.results?.length || change.photos) others?.postMessage("sent");
  // A batch has come back, or has not: whatever was on its way stands elsewhere now.
  if (!("busy" in change)) await field.redraw();
  const { carry } = change;
  if (carry && carry !== field.area.data?.version) await carryAnew(field);
}

/** Fetch the area, unless the office took it back; say what became of it. */
export async function carryAnew(field) {
  if (document.hidden || (await isWiped(field.phone))) return "";
  const became = await field.area.refresh();
  if (became === "foreign") await giveWay(field.phone.store, field.officer);
  else if (became === "fresh" || became === "gone") await field.redraw();
  await field.strip();
  return became;
}

/** Two taps are one record: while `work` goes on, another call does nothing. */
export function onceAtATime(work) {
  let isBusy = false;
  return async (...given) => {
    if (isBusy) return;
    isBusy = true;
    await work(...given).finally(() => (isBusy = false));
  };
}

/** What is done again when another version of the area was fetched, and only then. */
export function whenNew(area, work) {
  let seen = area.data?.version;
  return async () => {
    const version = area.data?.version;
    if (version === seen) return;
    seen = version;
    await work();
  };
}

/** Show the page, then fetch and send: in this order, because the network is a bonus. `more` is
 * done besides (false ends it), and `paths` are pages that shall open offline too. */
export async function start(field, { more = async () => true, paths = [] } = {}) {
  await field.redraw();
  await field.strip();
  field.page.dataset.ready = "yes";
  if ((await carryAnew(field)) === "foreign") return;
  setInterval(() => carryAnew(field), CARRY_EVERY_MS);
  window.addEventListener("online", () => carryAnew(field));
  await field.sync.start();
  if (!(await more())) return;
  const offline = await workOffline(...PAGES.map((name) => `/lapangan/${name}`), ...paths);
  field.page.dataset.offline = offline ? "yes" : "no";
}

/** Append to the queue, tell the other tabs, and send if there is a network. */
export async function noted(field, facts, more = {}) {
  const rows = await field.queue.appendAll(facts, more);
  others?.postMessage("noted");
  await field.strip();
  field.sync.flush({ now: true });
  return rows;
}
