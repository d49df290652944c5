// The start of the day: the queue's weather, today's route, and carrying what each door needs.

import { Carried, giveWay } from "./carried.js";
import { dayIn } from "./judge.js";
import { openField, start } from "./page.js";
import { fetchWhenIdle, openPhone, syncOf, workOffline } from "./phone.js";
import { drawRoute } from "./route.js";
import { drawStatus } from "./status.js";
import { say } from "./words.js";

const MOST = 8; // classes carried by themselves; the others when they are opened

const page = document.getElementById("field-home");
const $ = (id) => document.getElementById(id);

// Officers who only stand at doors carry no area.
async function openDoorway() {
  const { officer, syncAt, zone } = page.dataset;
  const phone = await openPhone(officer);
  const desk = { phone, queue: phone.queue, officer, zone };
  const draw = () => drawStatus($("status"), $("warnings"), { phone, sync: desk.sync, zone });
  desk.sync = syncOf(phone, syncAt, draw);
  $("send").addEventListener("click", () => desk.sync.flush({ now: true, ask: true }));
  await draw();
  return desk;
}

/** Carry the classes around today; say whether the page is still this officer's. */
async function carryClasses({ phone, queue, officer }, links) {
  const { store, clock } = phone;
  for (const link of links) {
    const { subject, carried: address } = link.dataset;
    const { keys, device } = queue;
    const one = new Carried({ store, keys, clock, officer, subject, address, device });
    await one.load();
    if ((await one.refresh()) === "foreign") {
      await giveWay(store, officer);
      return false;
    }
    const told = link.parentElement.querySelector("[data-part=carried]");
    told.textContent = one.data ? say("carried", { count: one.data.people.length }) : "";
  }
  return true;
}

async function begin() {
  const goesOut = "goesOut" in page.dataset;
  const desk = goesOut ? await openField(page) : await openDoorway();
  const links = [...page.querySelectorAll("a[data-carried]")].slice(0, MOST);
  const paths = links.map((link) => link.pathname);
  if (goesOut) await startDay(desk, links, paths);
  else if (await carryClasses(desk, links)) await startDoorway(desk, paths);
  if (links.length) fetchWhenIdle();
}

async function startDay(desk, links, paths) {
  const today = () => dayIn(desk.zone, desk.phone.clock.right());
  desk.redraw = async () => drawRoute($("route"), $("no-route"), desk.area, today());
  await start(desk, { more: () => carryClasses(desk, links), paths });
}

async function startDoorway(desk, paths) {
  await desk.sync.start();
  const offline = await workOffline("/lapangan/", "/lapangan/panduan/", "/lapangan/antrean/", ...paths);
  page.dataset.offline = offline ? "yes" : "no";
}

begin();
