// Areas of the carried file as a list would tell them, as `place_told` of `registry/link_keys.py`.
//
// A key has sixteen digits, PP KK CC DDDD WWW TTT: those of Papua do not fit a number, so that keys
// may come as texts.

const codeOf = (key) => (key ? String(key).padStart(16, "0") : "");

const CITY = 4;
const KECAMATAN = 6;
const KELURAHAN = 10;
const RW = 13;

export class Places {
  /** `areas` are the rows of the carried file: key, name, and more. */
  constructor(areas) {
    this.names = new Map(areas.map(([key, name]) => [codeOf(key), name]));
  }

  /** RT, RW and the names above; RT and RW that were typed stand where the area has none. */
  told({ area, rt = "", rw = "" }) {
    const code = codeOf(area);
    const local = (from, to) => String(Number(code.slice(from, to)) || "");
    return {
      rt: local(RW) || rt,
      rw: local(KELURAHAN, RW) || rw,
      kelurahan: this._name(code, KECAMATAN, KELURAHAN),
      kecamatan: this._name(code, CITY, KECAMATAN),
      city: this._name(code, CITY - 2, CITY),
    };
  }

  /** The key of the kelurahan; empty when only the city is known. */
  kelurahan(area) {
    const code = codeOf(area);
    return Number(code.slice(KECAMATAN, KELURAHAN)) ? code.slice(0, KELURAHAN) : "";
  }

  // The name of the area that ends at a digit; empty when the code does not reach down to it.
  _name(code, from, to) {
    const key = code.slice(0, to);
    return Number(key.slice(from)) ? (this.names.get(key.padEnd(16, "0")) ?? "") : "";
  }
}
