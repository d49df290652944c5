// The tables of `linkage-model.json`, ready for use. They are written once, in Python, and told by
// `methods/linkage/portable.py`; no word, pattern, bound or weight stands in these scripts.

/** Compile the patterns of a table, however deep they stand. */
export function compiled(value) {
  if (Array.isArray(value)) return value.map(compiled);
  if (value === null || typeof value !== "object") return value;
  if (typeof value.pattern === "string") return new RegExp(value.pattern, value.flags);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, compiled(one)]));
}

/** The same pattern for a whole text, and for every place of a text. */
export const whole = (pattern) => new RegExp(`^(?:${pattern.source})$`, pattern.flags);
export const every = (pattern) => new RegExp(pattern.source, `${pattern.flags}g`);

// A map and no object: a name may well be "constructor".
export const mapOf = (table) => new Map(Object.entries(table));

/** Remember what was read, because words and streets come again and again. */
export function remembered(read, most = 20_000) {
  const known = new Map();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      if (known.size >= most) known.clear();
      found = read(text);
      known.set(text, found);
    }
    return found;
  };
}
