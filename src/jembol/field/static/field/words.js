// The texts of the page, in the language in which the server wrote it.

const element = document.getElementById("words");
const words = element ? JSON.parse(element.textContent) : {};

/** Return a text with its gaps (`{name}`) filled. */
export function say(key, values = {}) {
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const has = (key) => key in words;
