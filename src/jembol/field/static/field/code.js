// Signed codes of tickets and cards (`JB1.`): read, and proved against the carried keys.
//
// The layout is that of `jembol/kit/signed_code.py`:
//   kind 1 | key 4 | serial 5 | subject 5 | holder 8 | from 2 | until 2 | signature 64

import { fromBase64 } from "./base64.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const MISREAD = { O: "0", I: "1", L: "1" };
const PREFIX = "JB1.";
const DOMAIN = new TextEncoder().encode("jembol.code.1:");
const PAYLOAD = 27;
const SIGNATURE = 64;
const SIGNS = Math.ceil(((PAYLOAD + SIGNATURE) * 8) / 5);
const HAS_SUBJECT = 0x80;
const KINDS = { 1: ["ticket", "T"], 2: ["card", "C"], 3: ["certificate", "S"] };
const FIRST_DAY = Date.UTC(2020, 0, 1);
// Letter and content of an id; the check sign behind them is for people who type.
export const SHORT = 9;

/** Take away what a hand or a scanner adds around a code. */
export function tidy(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\s\u0000-\u001f]+/g, "").toUpperCase();
}

export const looksLikeCode = (text) => tidy(text).startsWith(PREFIX);

/** Bring the id of a ticket or card, as somebody types it, into the form that is compared. */
export function shortId(text) {
  const plain = tidy(text).replace(/[-–_.]/g, "");
  return plain.slice(0, 1) + plain.slice(1, SHORT).replace(/[OIL]/g, (sign) => MISREAD[sign]);
}

function bytesOf(signs) {
  const bytes = [];
  let bits = 0;
  let held = 0;
  for (const sign of signs) {
    const value = ALPHABET.indexOf(MISREAD[sign] ?? sign);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  // One text for one code: the bits that are left over are zero.
  return held === 0 ? Uint8Array.from(bytes) : null;
}

function idOf(letter, bytes) {
  let number = 0n;
  for (const byte of bytes) number = (number << 8n) | BigInt(byte);
  let text = "";
  for (let place = 35n; place >= 0n; place -= 5n) text += ALPHABET[Number((number >> place) & 31n)];
  return letter + text;
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const dayOf = (high, low) =>
  new Date(FIRST_DAY + (high * 256 + low) * 86_400_000).toISOString().slice(0, 10);

/** Return what a code says, true or not, or `{fault}`. */
export function read(text) {
  const plain = tidy(text);
  const signs = plain.slice(PREFIX.length);
  if (!plain.startsWith(PREFIX) || signs.length > SIGNS) return { fault: "malformed" };
  if (signs.length < SIGNS) return { fault: "truncated" };
  const whole = bytesOf(signs);
  const kind = whole && KINDS[whole[0] & ~HAS_SUBJECT];
  if (!kind) return { fault: "malformed" };
  return {
    kind: kind[0],
    key: hex(whole.subarray(1, 5)),
    serial: idOf(kind[1], whole.subarray(5, 10)),
    subject: whole[0] & HAS_SUBJECT ? idOf("A", whole.subarray(10, 15)) : "",
    holder: hex(whole.subarray(15, 23)),
    from: dayOf(whole[23], whole[24]),
    until: dayOf(whole[25], whole[26]),
    payload: whole.slice(0, PAYLOAD),
    signature: whole.slice(PAYLOAD),
  };
}

/** Say whether a code is `genuine`, `forged`, of an `unknown-key`, of a key that is not trusted on
 * this day (`key-expired`), or `unchecked`, because this browser cannot. */
export async function proved(code, keys, day) {
  const carried = keys.find((key) => key.id === code.key);
  if (!carried) return "unknown-key";
  const signed = new Uint8Array([...DOMAIN, ...code.payload]);
  try {
    const bytes = fromBase64(carried.public);
    const key = await crypto.subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]);
    const holds = await crypto.subtle.verify("Ed25519", key, code.signature, signed);
    if (!holds) return "forged";
    return carried.from <= day && day <= carried.until ? "genuine" : "key-expired";
  } catch {
    return "unchecked"; // Browsers before 2025 know no Ed25519; the server looks at it later.
  }
}
