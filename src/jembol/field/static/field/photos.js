// Pictures: redrawn small, sealed on the phone, and sent piece by piece behind the text.
//
// A canvas knows no place, so that a redrawn picture tells none. Where it was taken stands with the
// visit, and only after a yes. What the server has got is asked of the server each time, so a piece
// that was cut off is sent again and nothing else is.

import { ulid } from "./ids.js";
import { openBytes, sealBytes } from "./seal.js";
import { csrfToken } from "./sync.js";

export const LONGEST_SIDE = 1280;
export const PIECE = 64 * 1024;
const QUALITY = 0.72;
const PLACE = "/lapangan/foto/";
const PATIENCE_MS = 60_000;
const MOST_ANEW = 3;
const FOR_EVER = new Set(["picture-unreadable", "too-large"]);

/** Draw a picture anew, as a JPEG that is not larger than it must be. */
export async function redrawn(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((resolve, reject) => {
    const done = (blob) => (blob ? resolve(blob) : reject(new DOMException("no picture")));
    canvas.toBlob(done, "image/jpeg", QUALITY);
  });
}

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0"));

/** What is appended for pictures of a visit: facts that announce them, and rows that hold them. */
export async function announced(queue, blobs, { about, consent, place }) {
  const facts = [];
  const photos = [];
  for (const blob of blobs) {
    const id = ulid(queue.clock.now());
    const content = await blob.arrayBuffer();
    const sha256 = hex(await crypto.subtle.digest("SHA-256", content)).join("");
    const bytes = content.byteLength;
    const sealed = await sealBytes(queue.keys.queue, content, id);
    const body = { about, bytes, sha256, type: "image/jpeg", consent, place };
    facts.push({ id, kind: "outreach.photo", body });
    photos.push({ id, officer: queue.officer, about, bytes, sealed });
  }
  return { facts, photos };
}

/** The pictures of this officer that the server has not got whole. */
export async function photosOf({ store, queue }) {
  return (await store.all("photos")).filter((row) => row.officer === queue.officer);
}

/** Send what the server does not have; `tell` hears `{id, have, bytes}` after each piece. */
export async function sendPhotos(phone, tell = () => {}) {
  const rows = await photosOf(phone);
  if (rows.length === 0) return;
  const waiting = new Set((await phone.store.all("queue")).map((row) => row.id));
  // A picture comes behind its announcement.
  for (const row of rows.filter(({ id, fault }) => !waiting.has(id) && !fault)) {
    try {
      const { whole, fault } = await sentWhole(phone, row, tell);
      // One that the office cannot take is kept and not sent for ever.
      if (fault) await phone.store.put("photos", { ...row, fault });
      if (whole) {
        await phone.store.change("photos", { remove: [row.id] });
        tell({ id: row.id, have: row.bytes, bytes: row.bytes });
      }
    } catch {
      return; // no network, or no answer: the next sync goes on where this one stopped
    }
  }
}

async function sentWhole({ queue }, row, tell) {
  let told = await asked(row.id, { method: "GET" });
  const content = told.whole ? null : await openBytes(queue.keys.queue, row.sealed, row.id);
  for (let anew = 0; told.have !== null && !told.whole && !told.fault && anew < MOST_ANEW; ) {
    const from = told.have;
    const body = content.slice(from, from + PIECE);
    const headers = { "X-From": String(from), "X-CSRFToken": csrfToken() };
    told = await asked(row.id, { method: "PUT", headers, body });
    if (!told.whole && told.have <= from) anew += 1; // another offset, or begun anew
    tell({ id: row.id, have: told.have, bytes: row.bytes });
  }
  return told;
}

// What the server has of a picture: `have` is null when it does not know it (yet).
async function asked(id, how) {
  const signal = AbortSignal.timeout?.(PATIENCE_MS);
  const common = { credentials: "same-origin", redirect: "manual", cache: "no-store", signal };
  const response = await fetch(`${PLACE}${id}/`, { ...common, ...how });
  if (response.status === 404) return { have: null, whole: false };
  if (![200, 409, 413, 422].includes(response.status)) throw new DOMException("no answer");
  const { have = 0, whole = false, code = "" } = await response.json();
  return { have, whole, fault: FOR_EVER.has(code) ? code : "" };
}
