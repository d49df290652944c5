// The queue as a file under a passphrase: storage of a browser is not a vault.

import { isUlid } from "./ids.js";
import { HERE } from "./queue.js";
import { photosOf } from "./photos.js";
import { fromBase64, toBase64 } from "./base64.js";
import { openByPassphrase, openBytes, seal, sealByPassphrase, sealBytes } from "./seal.js";

const FORMAT = "jembol-queue-1";
export const SHORTEST = 8;

export class BackupRefused extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** Return the text of a file with all that this officer's queue holds. */
export async function exported(queue, passphrase) {
  if (passphrase.length < SHORTEST) throw new BackupRefused("short");
  const rows = await queue.rows();
  const photos = await photosOf({ store: queue.store, queue });
  const value = { officer: queue.officer, device: queue.device, rows };
  value.photos = await Promise.all(photos.map((photo) => plain(queue, photo)));
  const sealed = await sealByPassphrase(passphrase, value, FORMAT);
  return JSON.stringify({ format: FORMAT, made: queue.clock.stamp().at, ...sealed });
}

async function plain({ keys }, { sealed, ...photo }) {
  return { ...photo, content: toBase64(await openBytes(keys.queue, sealed, photo.id)) };
}

async function resealed({ keys, officer }, { content, ...photo }) {
  const sealed = await sealBytes(keys.queue, fromBase64(content), photo.id);
  return { ...photo, officer, sealed };
}

async function read(text, passphrase) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw new BackupRefused("file");
  }
  if (file?.format !== FORMAT) throw new BackupRefused("file");
  try {
    return await openByPassphrase(passphrase, file, FORMAT);
  } catch {
    throw new BackupRefused("passphrase");
  }
}

/** Bring the rows of a file back that are neither queued nor answered here; return how many. */
export async function imported(queue, text, passphrase) {
  const { officer, rows, photos = [] } = await read(text, passphrase);
  if (officer !== queue.officer) throw new BackupRefused("officer");
  const known = new Set((await queue.rows()).map((row) => row.id));
  const fresh = [];
  for (const { body, note, signed, signature, key, ...row } of rows) {
    // One that was answered here is sent again: the server answers as it did before.
    if (!isUlid(row.id) || known.has(row.id)) continue;
    const state = row.state === "sent" ? HERE : row.state;
    // It is sent as the first phone's, which signed it.
    const proof = signed ? { signed, signature, key } : {};
    const sealed = await seal(queue.keys.queue, { body, note, ...proof }, row.id);
    fresh.push({ ...row, officer, state, sealed });
  }
  const wanted = photos.filter((photo) => isUlid(photo.id));
  // Pictures first: a row that announces one must never be without it.
  const put = await Promise.all(wanted.map((photo) => resealed(queue, photo)));
  await queue.store.change("photos", { put });
  await queue.store.change("queue", { put: fresh });
  return fresh.length;
}
