// The service worker of /lapangan/: the page opens without a network.
//
// The server puts `JEMBOL = {version, shell, later}` before this text. The shell (scripts, styles,
// icons) is cached by version; its files carry their hash in their names, so old and new never mix.
// What stands in `later` is large, and comes when a page says that there is time. Pages come from
// the network first. They name the officer and nobody else: names lie sealed in the store.

/* global JEMBOL */

const SHELL = `jembol-shell-${JEMBOL.version}`;
const PAGES = "jembol-pages";
const SCOPE = "/lapangan/";
const PATIENCE_MS = 1_500; // a network that neither answers nor fails is none
const SYNC = "jembol-sync";

self.addEventListener("install", (event) => {
  const filled = caches.open(SHELL).then((cache) => cache.addAll(JEMBOL.shell));
  event.waitUntil(filled.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("jembol-shell-") && name !== SHELL;
  const clean = async () => {
    // Kept pages name files of the former version: those stay until the pages are here anew.
    if (!(await renewPages())) return;
    await Promise.all((await caches.keys()).filter(old).map(forget));
  };
  event.waitUntil(clean().then(() => self.clients.claim()));
});

async function renewPages() {
  const cache = await caches.open(PAGES);
  const renewed = async ({ url }) => {
    const response = await fetch(url, { credentials: "same-origin" });
    const isGood = response.ok && !response.redirected;
    if (isGood) await cache.put(url, response);
    if (response.status === 404) await cache.delete(url);
    return isGood || response.status === 404;
  };
  const all = (await cache.keys()).map((request) => renewed(request).catch(() => false));
  return (await Promise.all(all)).every(Boolean);
}

self.addEventListener("message", (event) => {
  if (event.data !== "later") return;
  event.waitUntil(fetchLater().then(() => event.ports[0]?.postMessage("done")));
});

async function fetchLater() {
  const cache = await caches.open(SHELL);
  for (const address of JEMBOL.later) {
    const kept = await cache.match(address, { ignoreVary: true });
    if (!kept) await cache.add(address).catch(() => {});
  }
}

const forget = (name) => caches.delete(name);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname.startsWith(SCOPE)) {
    event.respondWith(page(request, pathname, search));
  } else if (pathname.startsWith("/static/")) {
    event.respondWith(part(request));
  }
});

async function part(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function page(request, pathname, search) {
  const cache = await caches.open(PAGES);
  const kept = await cache.match(pathname, { ignoreVary: true });
  const asked = fetch(request).then((response) => remember(cache, pathname, search, response));
  if (!kept) return asked.catch(() => instead(cache));
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  // A fault of the server is no reason to close the door.
  const good = asked.then((response) => (response.status >= 500 ? kept : response));
  return Promise.race([good, late]).catch(() => kept);
}

// A page that answers a question (`?q=`) may show names and is never kept.
async function remember(cache, pathname, search, response) {
  if (response.ok && !response.redirected && search === "") {
    await cache.put(pathname, response.clone());
  }
  return response;
}

// A class that this phone has not opened yet: the list of those that it has.
async function instead(cache) {
  return (await cache.match(SCOPE, { ignoreVary: true })) ?? Response.error();
}

// The browser wakes us when the network is back (not on iPhones): the pages send their queue.
self.addEventListener("sync", (event) => {
  if (event.tag === SYNC) event.waitUntil(wakePages());
});

async function wakePages() {
  const pages = await self.clients.matchAll({ type: "window" });
  for (const client of pages) client.postMessage(SYNC);
}
