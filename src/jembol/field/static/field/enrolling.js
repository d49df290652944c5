// What an enrolment says: from the form to the facts that are appended together.

import { keyOut } from "./area_book.js";
import { ulid } from "./ids.js";
import { ticked } from "./form_state.js";

const DIGITS = /\D/g;

/** What is missing, as the key of a text; empty when it can be written down. */
export function faultOf(form, place) {
  const first = form.querySelector("[data-purpose=programme]");
  const said = first ? answerOf(first) : "yes";
  const nik = form.elements.nik.value.replace(DIGITS, "");
  if (!form.elements.name.value.trim()) return "name-missing";
  if (!place) return "place-missing";
  if (nik && nik.length !== 16) return "nik-short";
  if (said === "no") return "consent-no";
  return said ? "" : "consent-missing";
}

const answerOf = (consent) => consent.querySelector("input:checked")?.value ?? "";

/** The answers to the texts that were read aloud. */
export function consentsOf(form, witness) {
  const asked = [...form.querySelectorAll("[data-purpose]")].filter(answerOf);
  return asked.map((one) => ({
    purpose: one.dataset.purpose,
    text: Number(one.dataset.text),
    given: answerOf(one) === "yes",
    witness,
    read_aloud: true,
  }));
}

/** The person of the form, as the door takes it and as the search for doubles does. */
export function personOf(form, place) {
  const text = (name) => form.elements[name].value.trim();
  return {
    name: text("name"),
    area: place ? keyOut(place.area) : 0,
    rt: place?.rt ?? "",
    rw: place?.rw ?? "",
    phone: text("phone"),
    sex: ticked(form, "sex")[0] ?? "",
    born_on: text("born_on") || null,
    nik: text("nik").replace(DIGITS, ""),
    address: text("address"),
  };
}

function enterpriseOf(form) {
  const name = form.elements.enterprise.value.trim();
  const product = form.elements.product.value.trim();
  if (!name && !product) return null;
  return { name: name || product, activity: "", product, phone: "" };
}

/** The facts of one enrolment: the person, and the needs as a visit right behind. */
export function factsOf(form, { place, alike, household, now }) {
  const id = ulid(now);
  const person = personOf(form, place);
  const consents = consentsOf(form, form.elements.witness.value.trim());
  const body = { person, enterprise: enterpriseOf(form), household, consents, alike };
  const facts = [{ id, kind: "registry.enrol", body, note: { name: person.name } }];
  const words = form.elements.need_words.value.trim();
  const kinds = ticked(form, "needs");
  if (words && kinds.length === 0) kinds.push("other");
  if (kinds.length) facts.push(needsOf({ id, person, place, kinds, words }));
  return facts;
}

function needsOf({ id, person, place, kinds, words }) {
  const needs = kinds.map((kind) => ({ kind, words }));
  const none = { enterprise: null, advice: "", referrals: [], promise: null, kept: [] };
  const rest = { position: null, forms: [], photos: [], stop: null };
  const body = { area: keyOut(place.area), person: { made_by: id }, outcome: "met", needs, ...none, ...rest };
  return { kind: "outreach.visit", body, note: { name: person.name } };
}
