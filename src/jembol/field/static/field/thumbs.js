// The photos of a visit while it is written: taken, redrawn, shown small, left out again.

import { redrawn } from "./photos.js";
import { say } from "./words.js";

const MOST = 6;

export class Thumbs {
  constructor({ list, input, asks, changed = () => {} }) {
    Object.assign(this, { list, input, asks, changed });
    this.blobs = [];
    input.addEventListener("change", () => this.take());
  }

  async take() {
    const files = [...this.input.files];
    this.input.value = "";
    for (const file of files.slice(0, MOST - this.blobs.length)) {
      try {
        this.blobs.push(await redrawn(file));
        this.changed("");
      } catch {
        this.changed("photo-bad");
      }
    }
    this.draw();
  }

  clear() {
    this.blobs = [];
    this.draw();
  }

  draw() {
    for (const picture of this.list.querySelectorAll("img")) URL.revokeObjectURL(picture.src);
    this.asks.hidden = this.blobs.length === 0;
    this.input.disabled = this.blobs.length >= MOST;
    this.list.replaceChildren(...this.blobs.map((blob, place) => this._row(blob, place)));
  }

  _row(blob, place) {
    const picture = document.createElement("img");
    picture.src = URL.createObjectURL(blob);
    picture.alt = say("photo-number", { number: place + 1 });
    const size = document.createElement("small");
    size.textContent = `${Math.ceil(blob.size / 1000)} kB`;
    const drop = Object.assign(document.createElement("button"), { type: "button", className: "quiet" });
    drop.textContent = say("photo-drop");
    drop.addEventListener("click", () => {
      this.blobs.splice(place, 1);
      this.draw();
    });
    const row = document.createElement("li");
    row.append(picture, size, drop);
    return row;
  }
}
