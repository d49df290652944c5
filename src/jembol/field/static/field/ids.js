// Ids made on the phone: ULIDs (26 signs of Crockford's base 32), growing within one page.

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RANDOM_SIGNS = 16;

let lastTime = -1;
let lastRandom = [];

const draw = () => [...crypto.getRandomValues(new Uint8Array(RANDOM_SIGNS))].map((byte) => byte & 31);

// The next of the same millisecond is one more than the last, so that ids sort as they were made.
function oneMore(signs) {
  const next = [...signs];
  for (let place = next.length - 1; place >= 0; place -= 1) {
    next[place] = (next[place] + 1) & 31;
    if (next[place] !== 0) return next;
  }
  return draw();
}

/** Return a new ULID; a clock that goes back does not make it smaller than the last one. */
export function ulid(now = Date.now()) {
  const time = Math.max(Math.floor(now), lastTime);
  lastRandom = time === lastTime ? oneMore(lastRandom) : draw();
  lastTime = time;
  let text = "";
  for (let left = time, place = 0; place < 10; place += 1) {
    text = ALPHABET[left % 32] + text;
    left = Math.floor(left / 32);
  }
  return text + lastRandom.map((sign) => ALPHABET[sign]).join("");
}

export const isUlid = (text) => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text);
