// One person of the area on a card: who, where, when visited last, what was promised.

import { dayOf } from "./lists.js";
import { say } from "./words.js";
import { lastVisitOf } from "./who.js";

export const part = (element, name) => element.querySelector(`[data-part=${name}]`);
const VISIT = "/lapangan/kunjungan/";

/** The address of a visit to somebody; the name stays on the phone. */
export function visitOf(one) {
  if (one.madeBy && !one.pk) return `${VISIT}#baru=${one.madeBy}`;
  return `${VISIT}#${"owners" in one ? "usaha" : "orang"}=${one.pk}`;
}

/** A promise in words, and whether its day has passed. */
export function promiseTold({ words, dueOn }, today) {
  const when = say(dueOn < today ? "promise-late" : "promise-due", { on: dayOf(dueOn) });
  return `${words} · ${when}`;
}

/** Fill a card; `area` names places, `today` is the city's day. */
export function personCard(template, one, { area, today }) {
  const card = template.content.firstElementChild.cloneNode(true);
  const isEnterprise = "owners" in one;
  part(card, "name").textContent = one.name;
  part(card, "id").textContent = one.madeBy && !one.pk ? say("made-here") : (one.id ?? "");
  part(card, "lives").textContent = area.named(one.area);
  part(card, "last").textContent = isEnterprise ? one.product : lastVisitOf(one);
  const open = area.promisesTo(isEnterprise ? { enterprise: one.pk } : { person: one.pk });
  part(card, "promise").hidden = open.length === 0;
  if (open.length) part(card, "promise").textContent = promiseTold(open[0], today);
  part(card, "visit").href = visitOf(one);
  const call = part(card, "call");
  call.hidden = !one.phone;
  if (one.phone) call.href = `tel:${one.phone.replace(/[^\d+]/g, "")}`;
  part(card, "fix").hidden = isEnterprise || !one.pk;
  return card;
}

/** A line of a list that leads somewhere. */
export function linkLine(href, title, ...more) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.href = href;
  const name = document.createElement("strong");
  const isolated = document.createElement("bdi");
  isolated.textContent = title;
  name.append(isolated);
  link.append(name);
  row.append(link, ...more.filter(Boolean).map((text) => {
    const line = document.createElement("p");
    line.textContent = text;
    return line;
  }));
  return row;
}
