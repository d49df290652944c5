// Evaluates the expressions of a form. The server has read them into trees (outreach/rules/
// expressions.py) and evaluates them itself (evaluation.py): shared vectors hold both to one result.
// A value is a text, a number or true/false; what is no number is NaN, and NaN is written as nothing.

const NUMBER = /^[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*$/;
const DAY = /^([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})$/;
const HOUR = /^([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?$/;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(1000, 0, 1) / DAY_MS;
const LAST_DAY = Date.UTC(9999, 11, 31) / DAY_MS;
const LONGEST_SUBJECT = 200;
const LONGEST_RESULT = 2000;

export function truth(value) {
  if (typeof value === "string") return value !== "";
  return value !== 0 && value !== false && value === value;
}

export function number(value) {
  if (typeof value !== "string") return Number(value);
  let found = NUMBER.exec(value);
  if (found) return parseFloat(found[1]);
  found = DAY.exec(value);
  if (found) return daysOf(found.slice(1).map(Number));
  found = HOUR.exec(value);
  if (!found) return NaN;
  const [hours, minutes, seconds] = found.slice(1).map((part) => Number(part ?? 0));
  return (hours * 3600 + minutes * 60 + seconds) / 86400;
}

export function text(value) {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (!Number.isFinite(value)) return "";
  return Number.isInteger(value) ? BigInt(value).toString() : withoutPower(String(value));
}

/** Return the day that these days since 1970 are, as ISO text. */
export function isoDay(days) {
  return new Date(Math.floor(days) * DAY_MS).toISOString().slice(0, 10);
}

function daysOf([year, month, day]) {
  const days = Date.UTC(year, month - 1, day) / DAY_MS;
  const is = new Date(days * DAY_MS);
  return is.getUTCMonth() === month - 1 && is.getUTCDate() === day ? days : NaN;
}

// Browsers write small numbers as 1e-7.
function withoutPower(plain) {
  const found = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(plain);
  if (!found) return plain;
  const [, sign, first, rest = "", zeros] = found;
  return `${sign}0.${"0".repeat(Number(zeros) - 1)}${first}${rest}`;
}

const words = (value) => text(value).match(/[^ \t\r\n]+/g) ?? [];
const signs = (value) => [...text(value)];

function equal(left, right) {
  if (typeof left === "boolean" || typeof right === "boolean") return truth(left) === truth(right);
  if (typeof left === "number" || typeof right === "number") return number(left) === number(right);
  return left === right;
}

const SIGNS = {
  "=": equal,
  "!=": (left, right) => !equal(left, right),
  "<": (left, right) => number(left) < number(right),
  "<=": (left, right) => number(left) <= number(right),
  ">": (left, right) => number(left) > number(right),
  ">=": (left, right) => number(left) >= number(right),
  "+": (left, right) => number(left) + number(right),
  "-": (left, right) => number(left) - number(right),
  "*": (left, right) => number(left) * number(right),
  div: (left, right) => (number(right) === 0 ? NaN : number(left) / number(right)),
  mod: (left, right) => number(left) % number(right),
  neg: (value) => -number(value),
};

function rounded(value, digits = 0) {
  const [amount, places] = [number(value), number(digits)];
  if (!Number.isFinite(amount) || !(Math.abs(places) <= 9)) return NaN;
  const scale = 10 ** Math.abs(Math.trunc(places));
  if (places < 0) return Math.floor(amount / scale + 0.5) * scale;
  return finite(Math.floor(amount * scale + 0.5) / scale);
}

function finite(value) {
  return Number.isFinite(value) ? value : NaN;
}

function selectedAt(value, place) {
  return words(value)[number(place)] ?? "";
}

function part(value, start, end = Infinity) {
  const [first, last] = [number(start), number(end)];
  return Number.isNaN(first) || Number.isNaN(last) ? "" : signs(value).slice(first, last).join("");
}

function day(value) {
  const days = number(value);
  return days >= FIRST_DAY && days < LAST_DAY + 1 ? isoDay(days) : "";
}

function fits(value, pattern) {
  if (signs(value).length > LONGEST_SUBJECT) return false;
  return new RegExp(`^(?:${text(pattern)})$`, "u").test(text(value));
}

const FUNCTIONS = {
  abs: (value) => Math.abs(number(value)),
  boolean: truth,
  ceiling: (value) => finite(Math.ceil(number(value))),
  coalesce: (first, second) => (text(first) ? first : second),
  concat: (...values) => values.map(text).join(""),
  contains: (value, piece) => text(value).includes(text(piece)),
  "count-selected": (value) => words(value).length,
  date: day,
  "ends-with": (value, piece) => text(value).endsWith(text(piece)),
  false: () => false,
  floor: (value) => finite(Math.floor(number(value))),
  if: (asked, yes, no) => (truth(asked) ? yes : no),
  int: (value) => finite(Math.trunc(number(value))),
  max: (...values) => Math.max(...values.map(number)),
  min: (...values) => Math.min(...values.map(number)),
  "normalize-space": (value) => words(value).join(" "),
  not: (value) => !truth(value),
  number,
  pow: (base, exponent) => finite(number(base) ** number(exponent)),
  regex: fits,
  round: rounded,
  selected: (value, name) => words(value).includes(text(name)),
  "selected-at": selectedAt,
  "starts-with": (value, piece) => text(value).startsWith(text(piece)),
  string: text,
  "string-length": (value) => signs(value).length,
  substr: part,
  true: () => true,
};

/**
 * Return what a tree is worth. The scope is `{answer(name), today, own, choice}`, as
 * `evaluation.Scope` on the server.
 */
export function evaluate(tree, scope) {
  const [word, ...parts] = tree;
  switch (word) {
    case "n":
    case "s":
      return parts[0];
    case "ref":
      return scope.answer(parts[0]);
    case "self":
      return scope.own ?? "";
    case "attr":
      return scope.choice?.[parts[0]] ?? "";
    case "and":
      return parts.every((one) => truth(evaluate(one, scope)));
    case "or":
      return parts.some((one) => truth(evaluate(one, scope)));
    case "call":
      return called(parts, scope);
    default:
      return SIGNS[word](...parts.map((one) => evaluate(one, scope)));
  }
}

function called([name, ...parts], scope) {
  if (name === "today") return scope.today;
  const found = FUNCTIONS[name](...parts.map((one) => evaluate(one, scope)));
  const isLong = typeof found === "string" && found.length > LONGEST_RESULT;
  return isLong ? signs(found).slice(0, LONGEST_RESULT).join("") : found;
}
