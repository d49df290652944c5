// Draws the questions that a city added to a visit, and reads what was answered. No question is
// code: the form is data that the server has read, and only what stands here is drawn.

import { Answers } from "./answers.js";
import { text } from "./expressions.js";
import { say } from "./words.js";

const TYPES = { integer: "text", decimal: "text", date: "date", time: "time", text: "text" };
const KEYBOARDS = { integer: "numeric", decimal: "decimal" };
const drawn = new WeakMap();

function make(tag, properties = {}, ...inner) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inner);
  return element;
}

/**
 * Build the fields of a form.
 *
 * `values` are answers given before. `around` is `{today, position, photos}`: what the visit itself
 * answers; `tellVisit` changes it later.
 */
export function drawQuestions(element, form, values = {}, around = {}) {
  const sheet = { form, answers: new Answers(form, values, around), rows: new Map(), told: false };
  drawn.set(element, sheet);
  element.replaceChildren(...form.items.map((item) => row(sheet, item)).filter(Boolean));
  element.oninput = element.onchange = () => changed(sheet);
  refresh(sheet);
}

/** Read what was answered: `values` to send, and in `errors` the words for each broken rule. */
export function readQuestions(element, form) {
  const sheet = drawn.get(element);
  if (!sheet) return new Answers(form).read();
  listen(sheet);
  sheet.told = true;
  refresh(sheet);
  const { values, errors } = sheet.answers.read();
  const inWords = Object.entries(errors).map(([name, code]) => [name, wordsOf(sheet, name, code)]);
  return { values, errors: Object.fromEntries(inWords) };
}

/** Tell the form what the visit has learned: `{position, photos}`. */
export function tellVisit(element, around) {
  const sheet = drawn.get(element);
  Object.assign(sheet.answers, around);
  changed(sheet);
}

function changed(sheet) {
  listen(sheet);
  refresh(sheet);
}

function listen(sheet) {
  for (const [name, { item, field }] of sheet.rows) {
    if (field) sheet.answers.answer(name, said(item, field));
  }
}

function said(item, field) {
  if (item.type === "select_multiple") {
    return [...field.querySelectorAll("input:checked")].map((box) => box.value);
  }
  return item.type === "select_one" && !field.options
    ? (field.querySelector("input:checked")?.value ?? "")
    : field.value;
}

// --- drawing

function row(sheet, item) {
  if (item.type === "calculate") return null;
  const parts = DRAW[item.type](sheet, item);
  const label = make(parts.legend ? "legend" : "label");
  const hint = make("small", { className: "help", hidden: !item.hint });
  const error = make("p", { className: "errorlist", hidden: true });
  error.setAttribute("role", "alert");
  const inside = [label, hint, ...parts.inside];
  const whole = parts.legend ? [make("fieldset", {}, ...inside)] : inside;
  const element = make("div", { className: "field" }, ...whole, error);
  element.dataset.name = item.name;
  if (parts.field?.id) label.htmlFor = parts.field.id;
  sheet.rows.set(item.name, { item, element, label, hint, error, field: parts.field });
  return element;
}

const idOf = (sheet, item) => `q-${sheet.form.form}-${item.name}`;

function line(sheet, item) {
  const tag = item.look === "multiline" ? "textarea" : "input";
  const field = make(tag, { id: idOf(sheet, item), name: item.name, autocomplete: "off" });
  if (tag === "input") field.type = TYPES[item.type];
  if (KEYBOARDS[item.type]) field.inputMode = KEYBOARDS[item.type];
  field.value = text(sheet.answers.said[item.name] ?? "");
  field.readOnly = Boolean(item.readonly);
  return { field, inside: [field] };
}

function boxes(sheet, item) {
  const type = item.type === "select_one" ? "radio" : "checkbox";
  const chosen = [sheet.answers.said[item.name] ?? []].flat();
  const field = make("div", { className: "choices" });
  for (const choice of item.choices) {
    const box = make("input", { type, name: idOf(sheet, item), value: choice.name });
    box.checked = chosen.includes(choice.name);
    field.append(make("label", {}, box, ` ${worded(sheet, choice.label)}`));
  }
  return { legend: true, field, inside: [field] };
}

function menu(sheet, item) {
  const field = make("select", { id: idOf(sheet, item), name: item.name });
  field.append(make("option", { value: "", textContent: "—" }));
  for (const choice of item.choices) {
    field.append(make("option", { value: choice.name, textContent: worded(sheet, choice.label) }));
  }
  field.value = sheet.answers.said[item.name] ?? "";
  return { field, inside: [field] };
}

function group(sheet, item) {
  return { legend: true, inside: item.items.map((each) => row(sheet, each)).filter(Boolean) };
}

const told = (key) => () => ({ inside: [make("small", { textContent: say(key) })] });

const DRAW = {
  text: line, integer: line, decimal: line, date: line, time: line,
  select_one: (sheet, item) => (item.look === "minimal" ? menu : boxes)(sheet, item),
  select_multiple: boxes,
  group,
  note: () => ({ inside: [] }),
  geopoint: told("question-place"),
  image: told("question-photo"),
};

// --- what changes while it is filled in

/** Return a text in the reader's language, its gaps (`${name}`) filled with answers. */
function worded(sheet, words = {}) {
  const mine = document.documentElement.lang.split("-")[0];
  const language = [mine, ...sheet.form.languages].find((each) => each in words);
  const plain = words[language] ?? Object.values(words)[0] ?? "";
  return plain.replace(/\$\{\s*([^}\s]*)\s*\}/g, (_whole, name) => text(sheet.answers.value(name)));
}

function wordsOf(sheet, name, code) {
  const { item } = sheet.rows.get(name);
  const own = { constraint: item.constraint_words, required: item.required_words }[code];
  return own ? worded(sheet, own) : say(`question-${code}`);
}

function refresh(sheet) {
  for (const [name, { item, element, label, hint, error, field }] of sheet.rows) {
    element.hidden = !sheet.answers.isShown(name);
    label.textContent = worded(sheet, item.label);
    if (field && !sheet.answers.holds(item.required, false)) {
      label.append(" ", make("span", { className: "optional", textContent: say("question-optional") }));
    }
    if (item.hint) hint.textContent = worded(sheet, item.hint);
    if (item.choice_filter) offer(sheet, item, field);
    // A rule is told when the field was filled in, or when all of it was to be sent.
    const code = sheet.told || field?.value ? sheet.answers.fault(name) : "";
    error.hidden = !code;
    error.textContent = code && wordsOf(sheet, name, code);
    element.classList.toggle("wrong", Boolean(code));
    if (code) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }
}

function offer(sheet, item, field) {
  const offered = new Set(sheet.answers.offered(item).map((choice) => choice.name));
  for (const one of field.querySelectorAll("option[value]:not([value='']), input")) {
    const isOffered = offered.has(one.value);
    (one.closest("label") ?? one).hidden = !isOffered;
    one.disabled = !isOffered;
    if (!isOffered) one.checked = one.selected = false;
  }
}
