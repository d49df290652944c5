// Sealing on the phone with WebCrypto: AES-GCM, keys whose bytes the browser does not give away.
//
// Each officer has three keys here. `carried` seals what the phone was given (names of a class) and
// what the server said; it is destroyed at sign-out, and what it sealed is noise from then on.
// `queue` seals what the phone has not sent yet, and `sign` signs it (signing.js); both outlive the
// sign-out. None protects from somebody who takes the phone apart while they exist: that is the
// screen lock's work.

import { fromBase64, toBase64 } from "./base64.js";
import { freshPair } from "./signing.js";

const CIPHER = { name: "AES-GCM", length: 256 };
const ROUNDS = 600_000; // OWASP's figure for PBKDF2 with HMAC-SHA-256 (Password Storage, 2023)

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const fresh = () => crypto.subtle.generateKey(CIPHER, false, ["encrypt", "decrypt"]);

/** The officer's keys, made on first use. */
export async function keysOf(store, officer) {
  const known = await store.get("keys", officer);
  if (known?.carried && known?.queue && known?.sign) return known;
  const made = { queue: await fresh(), carried: await fresh(), sign: await freshPair() };
  return store.write(["keys"], async (of, done) => {
    // Another tab may have been quicker; its keys hold.
    const now = (await done(of("keys").get(officer))) ?? {};
    const keys = { ...made, ...now };
    keys.sign ??= made.sign;
    of("keys").put(keys, officer);
    return keys;
  });
}

/** Destroy the key of what was carried; the queue's key and the one that signs stay with it. */
export function forgetCarried(store, officer) {
  return store.write(["keys"], async (of, done) => {
    const keys = await done(of("keys").get(officer));
    if (keys) of("keys").put({ queue: keys.queue, sign: keys.sign ?? null }, officer);
  });
}

/** Seal a value; `about` binds it to its place, so that two sealed values cannot change places. */
export async function seal(key, value, about) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: encoder.encode(about) };
  const data = await crypto.subtle.encrypt(how, key, encoder.encode(JSON.stringify(value)));
  return { iv, data };
}

export async function open(key, sealed, about) {
  const how = { name: "AES-GCM", iv: sealed.iv, additionalData: encoder.encode(about) };
  return JSON.parse(decoder.decode(await crypto.subtle.decrypt(how, key, sealed.data)));
}

/** Seal bytes as they are: pictures are large, and stay beside the database as a file. */
export async function sealBytes(key, bytes, about) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: encoder.encode(about) };
  return { iv, data: new Blob([await crypto.subtle.encrypt(how, key, bytes)]) };
}

export async function openBytes(key, sealed, about) {
  const how = { name: "AES-GCM", iv: sealed.iv, additionalData: encoder.encode(about) };
  return crypto.subtle.decrypt(how, key, await sealed.data.arrayBuffer());
}

async function keyOf(passphrase, salt, iterations) {
  const word = encoder.encode(passphrase.normalize("NFC"));
  const base = await crypto.subtle.importKey("raw", word, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return crypto.subtle.deriveKey(how, base, CIPHER, false, ["encrypt", "decrypt"]);
}

/** Seal a value under a passphrase, as a value that JSON can hold. */
export async function sealByPassphrase(passphrase, value, about) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const { iv, data } = await seal(await keyOf(passphrase, salt, ROUNDS), value, about);
  return { salt: toBase64(salt), rounds: ROUNDS, iv: toBase64(iv), data: toBase64(data) };
}

/** Open such a value; rejects when the passphrase is another or a byte was changed. */
export async function openByPassphrase(passphrase, sealed, about) {
  const rounds = Math.min(Math.max(Number(sealed.rounds) || 0, 100_000), 5_000_000);
  const key = await keyOf(passphrase, fromBase64(sealed.salt), rounds);
  return open(key, { iv: fromBase64(sealed.iv), data: fromBase64(sealed.data) }, about);
}
