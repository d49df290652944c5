// A record as it is compared, as `methods/linkage/traits.py` has it on the server.

import { Homes } from "./alike-where.js";
import { Names } from "./alike-names.js";
import { Numbers, PERSONAL, sexIn } from "./alike-numbers.js";
import { Texts } from "./alike-text.js";

export class Reader {
  /** `tables` is the model file with its patterns compiled. */
  constructor(tables) {
    this.texts = new Texts(tables.text);
    this.names = new Names(tables, this.texts);
    this.numbers = new Numbers(tables.numbers);
    this.homes = new Homes(tables.where, this.names, this.texts);
  }

  /** What is compared of a record whose values are texts; what cannot be read is unknown. */
  traits(written) {
    const said = (field) => written[field] ?? "";
    const name = this.names.read(said("name"));
    const nik = this.numbers.nik(said("nik"));
    return {
      words: name.words,
      nik: nik.digits,
      nikKind: nik.kind,
      born: this.numbers.birth(said("born_on")),
      sex: sexOf(this.numbers.sex(said("sex")), nik, name.sex),
      phones: this.numbers.phones(said("phone")),
      ...this.homes.home(said("address"), said("rt"), said("rw")),
      kelurahan: this.homes.area(said("kelurahan")),
      kecamatan: this.homes.area(said("kecamatan")),
      city: this.homes.area(said("city")),
      business: this.names.business(said("business")),
    };
  }
}

// The sex that is written, else what the NIK says, else the form of address.
function sexOf(said, nik, called) {
  if (said) return said;
  return (PERSONAL.has(nik.kind) ? sexIn(nik.digits) : 0) || called;
}
