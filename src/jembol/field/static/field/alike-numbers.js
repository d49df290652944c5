// NIK, date of birth, phone and sex, as `methods/linkage/numbers.py` reads them on the server.
//
// A NIK is a text of digits without zeros in front: sixteen digits do not fit a number here.

import { mapOf, whole } from "./alike-tables.js";

export const WHOLE = 1;
export const ROUNDED = 2;
export const CARD = 3;
export const SHORT = 4;
export const LONG = 5;
/** Kinds whose digits 7 to 12 are a date of birth at their place. */
export const PERSONAL = new Set([WHOLE, ROUNDED]);

const DIGITS = 16;
const WOMAN = 40;
const NONE = { digits: "", kind: 0 };

const isDigits = (text) => /^\d+$/.test(text);
const digitsIn = (text) => text.replace(/\D+/g, "");
const withoutZeros = (digits) => digits.replace(/^0+/, "");
const padded = (nik) => nik.padStart(DIGITS, "0");
const kept = (digits, kind) => ({ digits: withoutZeros(digits), kind });

/** Day, month and two-digit year of birth in a NIK; zeros when they are none. */
export function bornIn(nik) {
  const birth = padded(nik).slice(-10, -4);
  const [day, month, year] = [birth.slice(0, 2), birth.slice(2, 4), birth.slice(4)].map(Number);
  const plain = day > WOMAN ? day - WOMAN : day;
  return plain >= 1 && plain <= 31 && month >= 1 && month <= 12 ? [plain, month, year] : [0, 0, 0];
}

/** 1 for a man, 2 for a woman, 0 when the digits hold no day. */
export function sexIn(nik) {
  const day = Number(padded(nik).slice(-10, -8));
  if (day >= 1 && day <= 31) return 1;
  return day > WOMAN && day <= WOMAN + 31 ? 2 : 0;
}

export class Numbers {
  constructor(tables) {
    this.tables = tables;
    this.months = mapOf(tables.months);
    this.sexes = mapOf(tables.sexes);
    this.filler = whole(tables.filler);
    this.serial = whole(tables.serial);
  }

  /** The number in a NIK column, and of which kind it is. */
  nik(text) {
    const plain = text.trim();
    if (!plain) return NONE;
    if (plain.length === DIGITS && isDigits(plain)) return this._judged(plain);
    return this._fromSpreadsheet(plain) ?? this._digitsOnly(plain);
  }

  _fromSpreadsheet(plain) {
    const power = this.tables.power.exec(plain);
    if (!power) return null;
    const isLong = power[2].length >= DIGITS - 2;
    return isLong ? kept((power[1] + power[2]).padEnd(DIGITS, "0"), ROUNDED) : NONE;
  }

  _digitsOnly(plain) {
    const digits = digitsIn(plain.replace(this.tables.decimal, ""));
    if (digits.length === DIGITS) return this._judged(digits);
    const isNear = Math.abs(digits.length - DIGITS) === 1 && digits[0] !== "0";
    if (!isNear || this.filler.test(digits)) return NONE;
    return kept(digits, digits.length < DIGITS ? SHORT : LONG);
  }

  _judged(digits) {
    if (this.filler.test(digits)) return NONE;
    const [day, month, year] = [6, 8, 10].map((at) => Number(digits.slice(at, at + 2)));
    const isDay = day % WOMAN >= 1 && day % WOMAN <= 31 && day <= WOMAN + 31;
    const isPlausible = isDay && month >= 1 && month <= 12;
    if (isPlausible && day <= 31 && this._isCardYear(year)) return kept(digits, CARD);
    if (digits.endsWith("0") && isPlausible) return kept(digits, ROUNDED);
    return digits.endsWith("0000") ? NONE : kept(digits, WHOLE);
  }

  _isCardYear(year) {
    const [first, last] = this.tables.card_years;
    return year >= first && year <= last && year > this.tables.youngest_born;
  }

  /** The date of birth as YYYYMMDD, 0 for none. */
  birth(text) {
    const plain = text.trim();
    const byYear = this.tables.year_first.exec(plain);
    if (byYear) return dayOf(...byYear.slice(1, 4).map(Number));
    const byDay = this.tables.day_first.exec(plain);
    if (byDay) {
      const [, day, named, year] = byDay;
      const month = isDigits(named) ? Number(named) : this.months.get(named.toLowerCase()) ?? 0;
      return dayOf(this._year(year), month, Number(day));
    }
    if (/^\d{8}$/.test(plain)) return compact(plain);
    return this.serial.test(plain) ? dayOfSerial(Number(plain.slice(0, 5))) : 0;
  }

  _year(text) {
    const year = Number(text);
    if (text.length > 2) return year;
    return (year <= this.tables.century ? 2000 : 1900) + year;
  }

  /** 1 for a man, 2 for a woman, 0 for unknown. */
  sex(text) {
    return this.sexes.get(text.trim().toLowerCase()) ?? 0;
  }

  /** Up to two numbers without zero and country code in front; 0 for none. */
  phones(text) {
    const parts = isDigits(text) ? [text] : text.split(this.tables.apart);
    const numbers = parts.map((part) => this.phone(part)).filter((one) => !this._isFiller(one));
    const found = [...new Set(numbers.map(Number))];
    return [found[0] ?? 0, found[1] ?? 0];
  }

  /** The digits of one number; none when they are too few or too many. */
  phone(part) {
    const { decimal, shortest, longest } = this.tables;
    let digits = withoutZeros(digitsIn(part.replace(decimal, "")));
    if (digits.startsWith("62") && digits.length > shortest + 2) digits = withoutZeros(digits.slice(2));
    return digits.length >= shortest && digits.length <= longest ? digits : "";
  }

  _isFiller(digits) {
    return !digits || this.tables.filled.test(digits);
  }
}

function compact(digits) {
  const isYearFirst = /^(?:19|20)/.test(digits) && Number(digits.slice(4, 6)) <= 12;
  const [year, month, day] = isYearFirst
    ? [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)]
    : [digits.slice(4), digits.slice(2, 4), digits.slice(0, 2)];
  return dayOf(Number(year), Number(month), Number(day));
}

// A spreadsheet counts its days from 30 December 1899.
function dayOfSerial(number) {
  const day = new Date(Date.UTC(1899, 11, 30 + number));
  return day.getUTCFullYear() * 10_000 + (day.getUTCMonth() + 1) * 100 + day.getUTCDate();
}

function dayOf(year, month, day) {
  if (month > 12 && day <= 12) return dayOf(year, day, month);
  const isDay = year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return isDay ? year * 10_000 + month * 100 + day : 0;
}
