// Today's route as it was fetched: where, about when, whom, and the way there.

import { visitOf } from "./card.js";
import { say } from "./words.js";

const VISIT = "/lapangan/kunjungan/";

function link(href, text) {
  return Object.assign(document.createElement("a"), { href, textContent: text });
}

function paragraph(text, className = "") {
  return Object.assign(document.createElement("p"), { textContent: text, className });
}

function stopLine(stop, book) {
  const row = document.createElement("li");
  const hour = Object.assign(document.createElement("time"), { textContent: (stop.arrive ?? "").slice(0, 5) });
  const name = Object.assign(document.createElement("strong"), { textContent: stop.name });
  const head = document.createElement("p");
  head.append(hour, " ", name);
  row.append(head);
  if (stop.words) row.append(paragraph(stop.words, "note"));
  const people = (stop.people ?? []).map((pk) => book.person(pk)).filter(Boolean);
  const doors = people.map((one) => link(`${visitOf(one)}&singgah=${stop.id}`, one.name));
  if (doors.length === 0) doors.push(link(`${VISIT}#singgah=${stop.id}`, say("stop-here")));
  // A link that maps of any kind on the phone understand, also without a network.
  if (stop.lat !== null) doors.push(link(`geo:${stop.lat},${stop.lon}?q=${stop.lat},${stop.lon}`, say("way")));
  const buttons = Object.assign(document.createElement("div"), { className: "buttons" });
  for (const door of doors) door.setAttribute("role", "button");
  for (const door of doors) door.className = "secondary";
  buttons.append(...doors);
  row.append(buttons);
  return row;
}

/** Draw the stops of the route, or say that none is carried for today. */
export function drawRoute(list, none, book, today) {
  const route = book.data?.route?.date === today ? book.data.route : null;
  const stops = route?.stops ?? [];
  list.replaceChildren(...stops.map((stop) => stopLine(stop, book)));
  none.hidden = stops.length > 0;
  none.textContent = say("no-route");
}
