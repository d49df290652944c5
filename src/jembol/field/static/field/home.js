// The list of the officer's classes: carry what each of them needs, so that any door works offline.

import { Carried, giveWay } from "./carried.js";
import { openPhone, syncOf, workOffline } from "./phone.js";
import { drawStatus } from "./status.js";
import { say } from "./words.js";

const MOST = 8; // classes carried by themselves; the others when they are opened

const page = document.getElementById("field-home");
const $ = (id) => document.getElementById(id);

async function begin() {
  const { officer, syncAt, zone } = page.dataset;
  const phone = await openPhone(officer);
  const { store, clock, queue } = phone;
  const draw = () => drawStatus($("status"), $("warnings"), { phone, sync, zone });
  const sync = syncOf(phone, syncAt, draw);
  $("send").addEventListener("click", () => sync.flush({ now: true }));
  await draw();
  const links = [...page.querySelectorAll("a[data-carried]")].slice(0, MOST);
  for (const link of links) {
    const { subject, carried: address } = link.dataset;
    const one = new Carried({ store, keys: queue.keys, clock, officer, subject, address });
    await one.load();
    if ((await one.refresh()) === "foreign") {
      await giveWay(store, officer);
      return;
    }
    const told = link.parentElement.querySelector("[data-part=carried]");
    told.textContent = one.data ? say("carried", { count: one.data.people.length }) : "";
  }
  await sync.start();
  const paths = links.map((link) => link.pathname);
  const offline = await workOffline("/lapangan/", "/lapangan/panduan/", ...paths);
  page.dataset.offline = offline ? "yes" : "no";
}

begin();
