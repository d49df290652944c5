// Sealing on the phone with WebCrypto: AES-GCM, keys whose bytes the browser does not give away.
//
// Each officer has two keys here. `carried` seals what the phone was given (names of a class) and
// what the server said; it is destroyed at sign-out, and what it sealed is noise from then on.
// `queue` seals what the phone has not sent yet, and outlives the sign-out. Neither protects from
// somebody who takes the phone apart while they exist: that is the screen lock's work.

const CIPHER = { name: "AES-GCM", length: 256 };
const ROUNDS = 600_000; // OWASP's figure for PBKDF2 with HMAC-SHA-256 (Password Storage, 2023)

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const fresh = () => crypto.subtle.generateKey(CIPHER, false, ["encrypt", "decrypt"]);

/** The officer's two keys, made on first use. */
export async function keysOf(store, officer) {
  const known = await store.get("keys", officer);
  if (known?.carried && known?.queue) return known;
  const made = { queue: await fresh(), carried: await fresh() };
  return store.write(["keys"], async (of, done) => {
    // Another tab may have been quicker; its keys hold.
    const now = (await done(of("keys").get(officer))) ?? {};
    const keys = { queue: now.queue ?? made.queue, carried: now.carried ?? made.carried };
    of("keys").put(keys, officer);
    return keys;
  });
}

/** Destroy the key of what was carried; the queue's key stays with the queue. */
export function forgetCarried(store, officer) {
  return store.write(["keys"], async (of, done) => {
    const keys = await done(of("keys").get(officer));
    if (keys) of("keys").put({ queue: keys.queue }, officer);
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

export function toBase64(bytes) {
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}

export function fromBase64(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
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
