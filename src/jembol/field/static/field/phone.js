// What every page of /lapangan/ does first: whose phone it is now, and being there offline.

import { Clock } from "./clock.js";
import { Queue } from "./queue.js";
import { openStore, keepForGood } from "./store.js";
import { Sync, csrfToken } from "./sync.js";
import { wipe } from "./carried.js";
import { sendPhotos } from "./photos.js";
import { keysOf } from "./seal.js";

const PAGES = "jembol-pages";
const LATER_PATIENCE_MS = 20_000;

/** Open this officer's part of the phone; what another one carried is wiped, queues stay. */
export async function openPhone(officer) {
  const store = await openStore();
  const before = await store.get("meta", "officer");
  if (before && before !== officer) await wipe(store, before);
  await store.put("meta", officer, "officer");
  const clock = new Clock(store);
  await clock.load();
  const queue = await Queue.open(store, clock, officer);
  await queue.prune();
  return { store, clock, queue };
}

/** Make the page open without a network from now on. */
export async function workOffline(...paths) {
  if (!("serviceWorker" in navigator)) return false;
  try {
    await navigator.serviceWorker.register("/lapangan/sw.js", { scope: "/lapangan/" });
    await navigator.serviceWorker.ready;
    await keepForGood();
    await keepPages(paths);
    return true;
  } catch {
    return false;
  }
}

// The first visit came before the worker, so the page is fetched once more for the cache.
async function keepPages(paths) {
  const cache = await caches.open(PAGES);
  for (const path of paths) {
    const kept = await cache.match(path, { ignoreVary: true });
    if (kept || !navigator.onLine) continue;
    const response = await fetch(path, { credentials: "same-origin" });
    if (response.ok && !response.redirected) await cache.put(path, response);
  }
}

/** Let the worker fetch what only some pages need (the reader of codes); ends when it has it. */
export async function fetchLater() {
  const worker = (await navigator.serviceWorker?.ready)?.active;
  if (!worker) return;
  const { port1, port2 } = new MessageChannel();
  const done = new Promise((resolve) => {
    port1.onmessage = resolve;
    setTimeout(resolve, LATER_PATIENCE_MS);
  });
  worker.postMessage("later", [port2]);
  await done;
}

/** The same when the page is at rest, and not for those who save data. */
export function fetchWhenIdle() {
  const { saveData = false } = navigator.connection ?? {};
  if (!saveData) (window.requestIdleCallback ?? setTimeout)(fetchLater);
}

/** Sync the queue of this phone, text before pictures; `tell` hears of each step. */
export function syncOf(phone, address, tell) {
  const { queue, clock } = phone;
  const changed = async (state, change) => {
    if ("wipe" in change && (await obey(phone, change.wipe))) window.location.reload();
    else await tell(state, change);
  };
  const after = () => sendPhotos(phone, (photos) => tell(null, { photos }));
  return new Sync({ queue, clock, address, changed, after });
}

/** Whether the office has taken back what this phone carried. */
export async function isWiped({ store, queue }) {
  return Boolean(await store.get("meta", `wiped:${queue.officer}`));
}

/** Do as the server orders; say whether something went. What waits to be sent always stays. */
export async function obey({ store, queue }, ordered) {
  const place = `wiped:${queue.officer}`;
  const was = await isWiped({ store, queue });
  if (ordered === was) return false;
  if (ordered) {
    await wipe(store, queue.officer);
    queue.keys = await keysOf(store, queue.officer);
  }
  await store.put("meta", ordered ? queue.clock.stamp().at : "", place);
  return ordered;
}

/** Sign out: what was carried is wiped, the queue is kept for the next sign-in. */
export async function signOut({ store, queue }, form) {
  await wipe(store, queue.officer);
  await store.put("meta", "", "officer");
  form.elements.csrfmiddlewaretoken.value = csrfToken();
  form.submit();
}
