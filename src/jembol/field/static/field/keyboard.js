// A hardware scanner is a keyboard: very fast strokes that end in Enter, wherever the focus is.

const LONGEST_GAP_MS = 50; // scanners type each sign in 1 to 30 ms; quick people need 80
const SHORTEST = 6;

const editable = (target) => target?.matches?.("input:not([type=checkbox], [type=radio]), textarea");

export class KeyboardScanner {
  /** `isCode(text)` knows codes by their look, for scanners that are slow. */
  constructor(onScan, isCode = () => false) {
    Object.assign(this, { onScan, isCode });
    this.forget();
    this.heard = (event) => this._key(event);
    document.addEventListener("keydown", this.heard, true);
  }

  stop() {
    document.removeEventListener("keydown", this.heard, true);
  }

  forget() {
    this.text = "";
    this.quick = true;
    this.last = 0;
    this.field = null;
    this.before = "";
  }

  _key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") this._enter(event);
    else if (event.key.length === 1) this._sign(event);
    else if (event.key !== "Shift") this.forget();
  }

  _sign(event) {
    const gap = event.timeStamp - this.last;
    const slow = this.text !== "" && gap > LONGEST_GAP_MS;
    // A pause begins anew, unless the signs so far are those of a code that a slow scanner types.
    if (slow && !this.isCode(this.text) && !"JB1.".startsWith(this.text.toUpperCase())) this.forget();
    else if (slow) this.quick = false;
    if (this.text === "") {
      this.field = editable(event.target) ? event.target : null;
      this.before = this.field?.value ?? "";
    }
    this.text += event.key;
    this.last = event.timeStamp;
  }

  _enter(event) {
    const { text, field, before } = this;
    const gap = event.timeStamp - this.last;
    const quick = this.quick && text.length >= SHORTEST && gap <= LONGEST_GAP_MS * 4;
    this.forget();
    if (!quick && !this.isCode(text)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (field) {
      field.value = before;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.onScan(text);
  }
}
