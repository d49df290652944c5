// Each officer signs on a phone with a key of their own, whose private half the browser keeps to
// itself. What is signed is the very text that is sent, so no two languages must agree on a form.
//
// ECDSA on P-256, because every WebCrypto has it; Ed25519 is missing on cheap phones.

import { toBase64 } from "./base64.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const HOW = { name: "ECDSA", hash: "SHA-256" };

const encoder = new TextEncoder();
const toText = (bytes) =>
  toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** A new pair: the private key, and the public one as a text. Null where the browser cannot. */
export async function freshPair() {
  try {
    const pair = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
    const key = toText(await crypto.subtle.exportKey("raw", pair.publicKey));
    return { private: pair.privateKey, public: key };
  } catch {
    return null;
  }
}

/** What goes with a row: the exact text, its signature and the key that proves it. */
export async function signed(pair, { id, kind, seq, at, mono, boot, officer, body }) {
  const text = JSON.stringify({ id, kind, seq, at, mono, boot, officer: Number(officer), body });
  try {
    const signature = await crypto.subtle.sign(HOW, pair.private, encoder.encode(text));
    return { signed: text, signature: toText(signature), key: pair.public };
  } catch {
    return {}; // a record is worth more than its signature
  }
}

/** A row as it is sent; those of an older app have no signature. */
export function asSent({ id, kind, at, mono, boot, seq, body, officer, signed: text, signature }) {
  if (text) return { id, signed: text, signature };
  // Somebody else may have signed in beside this page: the writer stays the writer.
  return { id, kind, at, mono, boot, seq, body, officer: Number(officer) };
}

/** How many bytes a row takes on its way. */
export const bytesOf = ({ signed: text, body }) => JSON.stringify(text ?? body).length + 300;

/** Whether one row may go with others: one phone, and at most one key in a parcel. */
export function goWith(row, batch) {
  const keys = new Set([...batch, row].map(({ key }) => key).filter(Boolean));
  return batch.every(({ device }) => device === row.device) && keys.size < 2;
}

/** The key that a parcel tells, and whose it is. */
export function keyOf(batch, { device, keys, officer }) {
  const isOurs = !batch.length || batch[0].device === device;
  const told = batch.find(({ key }) => key)?.key ?? (isOurs ? keys.sign?.public : "");
  return told ? { key: told, key_of: Number(officer) } : {};
}
