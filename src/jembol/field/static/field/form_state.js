// What stands in a form, as a value that can be kept, and back again.

const fields = (form) => [...form.elements].filter((one) => {
  return one.name && !["hidden", "file", "submit", "button"].includes(one.type) && one.tagName !== "FIELDSET";
});

/** Return `[name, value]` of all that is filled or ticked. */
export function stateOf(form) {
  const ticks = (one) => ["checkbox", "radio"].includes(one.type);
  const filled = fields(form).filter((one) => (ticks(one) ? one.checked : one.value !== ""));
  return filled.map((one) => [one.name, one.value]);
}

/** Put such a state back; what is not in it becomes empty. */
export function fill(form, state) {
  const said = new Map();
  for (const [name, value] of state) said.set(name, [...(said.get(name) ?? []), value]);
  for (const one of fields(form)) {
    const values = said.get(one.name) ?? [];
    if (["checkbox", "radio"].includes(one.type)) one.checked = values.includes(one.value);
    else one.value = values[0] ?? "";
  }
}

export const isBlank = (form) => stateOf(form).every(([, value]) => value === "");

/** The values of the boxes of one name that are ticked. */
export function ticked(form, name) {
  return stateOf(form).filter(([one]) => one === name).map(([, value]) => value);
}

/** The day in some days from the city's day. */
export function dayAfter(day, days) {
  return new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
