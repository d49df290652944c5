// The strip that is always in sight: what is only here, when it was last sent, what is wrong.

import { hourIn } from "./judge.js";
import { say } from "./words.js";

const DAY_MS = 86_400_000;
const MILD = new Set(["skew", "not-carried", "no-area"]);

function warningsOf({ clock, sync, counts, carried, wiped }) {
  const found = [];
  if (sync.state.signedOut) found.push(["signed-out", {}]);
  if (clock.isFlagged()) found.push(["skew", { minutes: Math.abs(clock.wrongByMinutes()) }]);
  if (counts.oldest && clock.now() - counts.oldest > DAY_MS) found.push(["old-unsent", {}]);
  if (counts.aside) found.push(["aside", { count: counts.aside }]);
  if (wiped) found.push(["wiped", {}]);
  else if (carried && !carried.data) found.push([carried.missing, {}]);
  return found;
}

function lastOf(sync, zone) {
  if (!sync.state.last) return say("never-sent");
  return say("last-sent", { hour: hourIn(zone, Date.parse(sync.state.last)) });
}

/** Draw the strip and the warnings below it. */
export async function drawStatus(strip, warnings, { phone, sync, zone, carried, wiped }) {
  const counts = await phone.queue.counts();
  const offline = sync.state.offline || !navigator.onLine;
  strip.hidden = false;
  strip.dataset.tone = counts.unsent ? "warn" : "good";
  strip.querySelector("[data-part=unsent]").textContent = say("only-here", { count: counts.unsent });
  strip.querySelector("[data-part=net]").textContent = say(offline ? "offline" : "online");
  strip.querySelector("[data-part=last]").textContent = lastOf(sync, zone);
  const wrong = warningsOf({ clock: phone.clock, sync, counts, carried, wiped });
  // Drawn only when it changes, so that a screen reader says it once.
  const told = JSON.stringify(wrong);
  if (warnings.dataset.told === told) return counts;
  warnings.dataset.told = told;
  warnings.replaceChildren(...wrong.map(line));
  warnings.querySelector("[data-warning=signed-out]")?.append(" ", signIn(warnings.dataset.signIn));
  return counts;
}

function signIn(address) {
  const link = document.createElement("a");
  link.href = `${address}?next=${encodeURIComponent(window.location.pathname)}`;
  link.textContent = say("sign-in");
  return link;
}

function line([key, values]) {
  const element = document.createElement("p");
  element.className = "alert";
  element.dataset.tone = MILD.has(key) ? "warn" : "bad";
  element.dataset.warning = key;
  element.textContent = say(`warn-${key}`, values);
  return element;
}
