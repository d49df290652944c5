// Drawing the queue record by record: what it is, about whom, where it stands, and why.

import { isMendable } from "./amend.js";
import { hourIn } from "./judge.js";
import { part } from "./card.js";
import { has, say } from "./words.js";

const TONES = { here: "warn", sent: "info", aside: "bad", accepted: "good", known: "good" };
const EDITED_AT = { "registry.enrol": "/lapangan/warga/baru/", "outreach.visit": "/lapangan/kunjungan/" };

/** What a record is about, in a few words. */
export function aboutOf({ kind, note, body, result }) {
  const name = result?.name || note?.name || note?.serial || "";
  if (kind === "outreach.visit") return [name, say(`outcome-${body.outcome}`)].filter(Boolean).join(" · ");
  if (kind === "outreach.photo") return `${Math.ceil(body.bytes / 1000)} kB`;
  if (kind === "training.scan") return [name, verdictOf(result, note)].filter(Boolean).join(" · ");
  return name;
}

function verdictOf(result, note) {
  const verdict = result?.verdict ?? note?.verdict;
  return verdict ? say(`verdict-${verdict}`) : "";
}

/** Why a record needs somebody, or what the office found, in plain words. */
export function whyOf(row) {
  const { words, code = "", result, kind } = row;
  if (kind === "registry.enrol" && result?.verdict === "doubt") return say("doubt-told", result);
  if (kind === "registry.change" && result?.kept_apart?.length) {
    return say("kept-apart", { fields: result.kept_apart.join(", ") });
  }
  if (words) return words;
  if (code.startsWith("http-")) return say("code-http");
  return row.state === "aside" && has(`code-${code}`) ? say(`code-${code}`) : "";
}

/** One record as a line of a list. */
export function recordLine(template, row, zone) {
  const line = template.content.firstElementChild.cloneNode(true);
  part(line, "hour").textContent = hourIn(zone, Date.parse(row.at));
  part(line, "kind").textContent = has(`kind-${row.kind}`) ? say(`kind-${row.kind}`) : row.kind;
  part(line, "about").textContent = aboutOf(row);
  part(line, "id").textContent = row.id;
  const state = part(line, "state");
  state.textContent = say(`state-${row.state}`);
  state.dataset.tone = TONES[row.state] ?? "info";
  const isTried = row.state === "here" && row.tries > 1;
  part(line, "tried").textContent = isTried ? say("tried", { count: row.tries }) : "";
  const why = whyOf(row);
  part(line, "why").textContent = why;
  part(line, "why").hidden = !why;
  drawActs(line, row);
  return line;
}

function drawActs(line, row) {
  const acts = {
    edit: isMendable(row) && row.kind in EDITED_AT,
    again: row.state === "aside",
    aside: row.state === "here",
  };
  for (const act of line.querySelectorAll("[data-act]")) {
    act.hidden = !acts[act.dataset.act];
    act.row = row;
  }
  if (acts.edit) line.querySelector("[data-act=edit]").href = `${EDITED_AT[row.kind]}#ubah=${row.id}`;
}
