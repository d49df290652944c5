// Small comforts; every page works without them.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

// "/" goes to the search field, as in the tools people know.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || typing(event.target)) return;
  const field = document.querySelector(".filters input[type=search], #search");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// "g" then a letter follows the menu: each entry answers to its first free letter.
let waiting = 0;
document.addEventListener("keydown", (event) => {
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const now = Date.now();
  if (event.key === "g") {
    waiting = now;
    return;
  }
  if (now - waiting > 1200) return;
  waiting = 0;
  const taken = new Set();
  for (const link of document.querySelectorAll(".side .entries a")) {
    const letter = [...link.textContent.trim().toLowerCase()].find((sign) => !taken.has(sign));
    taken.add(letter);
    if (letter === event.key.toLowerCase()) {
      link.click();
      return;
    }
  }
});

// A button that names its key answers to it.
document.addEventListener("keydown", (event) => {
  if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const button = document.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
  if (button) button.click();
});

// A phone starts with the menu folded, a desk with it open.
const menu = document.querySelector(".menu");
if (menu && window.matchMedia("(max-width: 56rem)").matches) menu.open = false;

// A group of the menu that somebody unfolded stays so until they fold it or close the window.
for (const group of document.querySelectorAll(".side .group")) {
  const word = `menu-${group.dataset.group}`;
  try {
    if (sessionStorage.getItem(word)) group.open = true;
    group.querySelector("summary").addEventListener("click", () => {
      if (group.open) sessionStorage.removeItem(word);
      else sessionStorage.setItem(word, "open");
    });
  } catch {
    break; // No memory is allowed here: the group of the page is open, and that will do.
  }
}

// Two taps must not send a form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-again")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});

// "Everyone was here" ticks the column; the boxes remain boxes.
document.addEventListener("click", (event) => {
  const all = event.target.closest("[data-tick-all]");
  if (!all) return;
  for (const box of document.querySelectorAll(`input[type=checkbox][data-day="${all.dataset.tickAll}"]`)) {
    box.checked = all.checked;
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What was opened in another window is marked here at once; the next load tells it for good.
document.addEventListener("submit", (event) => {
  const button = event.target.querySelector("button[data-done]");
  if (!button) return;
  button.textContent = button.dataset.done;
  button.classList.add("secondary");
});

// An address to take along is chosen whole at the first touch, and copied where that is allowed.
document.addEventListener("click", (event) => {
  const field = event.target.closest("input[data-copy]");
  if (!field) return;
  field.select();
  navigator.clipboard?.writeText(field.value).catch(() => {});
});
