// A visit dragged onto an officer, a place or a day opens the page that shows what that costs.
// Every move is also possible there by hand; this only fills the form in.

const lists = "[data-officer][data-on]";
let held = null;

const place = (list, y) => {
  const others = [...list.querySelectorAll("[data-stop]")].filter((one) => one !== held);
  const before = others.findIndex((one) => {
    const box = one.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
  return before < 0 ? others.length + 1 : before + 1;
};

const open = (wanted) => {
  const query = new URLSearchParams(wanted);
  location.assign(`${held.dataset.move}?${query}`);
};

document.addEventListener("dragstart", (event) => {
  held = event.target.closest?.("[data-move]") ?? null;
  if (!held) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", held.dataset.stop);
  held.classList.add("held");
});

document.addEventListener("dragend", () => {
  held?.classList.remove("held");
  for (const one of document.querySelectorAll(".over")) one.classList.remove("over");
  held = null;
});

document.addEventListener("dragover", (event) => {
  const target = held && event.target.closest(`${lists}, [data-day]`);
  for (const one of document.querySelectorAll(".over")) one.classList.toggle("over", one === target);
  if (!target) return;
  event.preventDefault();
  target.classList.add("over");
});

document.addEventListener("drop", (event) => {
  const target = held && event.target.closest(`${lists}, [data-day]`);
  if (!target) return;
  event.preventDefault();
  if (target.dataset.day) {
    const officer = held.closest(lists)?.dataset.officer ?? document.querySelector(lists)?.dataset.officer;
    if (officer) open({ officer, day: target.dataset.day, place: "" });
    return;
  }
  const { officer, on } = target.dataset;
  open({ officer, day: on, place: place(target, event.clientY) });
});
