// The questions that a city added to a visit, each form under its title.

import { drawQuestions, readQuestions, tellVisit } from "./questions.js";

export class CityForms {
  /** `answers` are those given before, as they were sent. */
  constructor(element, forms = [], { today = "", answers = [], position = null } = {}) {
    // Of forms that this phone carries no longer.
    this.others = answers.filter(({ form }) => forms.every(({ key }) => key !== form));
    this.sheets = forms.map((form) => {
      const sheet = document.createElement("div");
      sheet.className = "questions";
      const values = answers.find((one) => one.form === form.key)?.values;
      drawQuestions(sheet, form, values, { today, position, photos: [] });
      return { form, sheet };
    });
    const parts = this.sheets.map(({ form, sheet }) => {
      const part = document.createElement("section");
      const title = Object.assign(document.createElement("h2"), { textContent: form.title });
      part.className = "part";
      part.append(title, sheet);
      return part;
    });
    element.hidden = parts.length === 0;
    element.replaceChildren(...parts);
    this.asked = false;
  }

  /** What the visit learned meanwhile: `{position, photos}`. */
  tell(around) {
    for (const { sheet } of this.sheets) tellVisit(sheet, around);
  }

  /** The answers, and whether something in them is to be looked at; that is asked once only. */
  read() {
    let isWrong = false;
    const answers = this.sheets.map(({ form, sheet }) => {
      const { values, errors } = readQuestions(sheet, form);
      isWrong ||= Object.keys(errors).length > 0;
      return { form: form.key, version: form.version, values };
    });
    const ask = isWrong && !this.asked;
    this.asked ||= isWrong;
    const given = answers.filter(({ values }) => Object.keys(values).length > 0);
    return { answers: [...this.others, ...given], ask };
  }
}
