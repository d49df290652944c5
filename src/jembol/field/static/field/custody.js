// Looking after what the phone holds: backup as a file, bringing it back, signing out.

import { BackupRefused, exported, imported } from "./backup.js";
import { signOut } from "./phone.js";
import { say } from "./words.js";

function save(text, name) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function backUp(queue, form) {
  const text = await exported(queue, form.elements.passphrase.value);
  save(text, `jembol-antrean-${queue.clock.stamp().at.slice(0, 10)}.json`);
  return say("backed-up", { count: (await queue.rows()).length });
}

async function bringBack(queue, form) {
  const [file] = form.elements.file.files;
  if (!file) throw new BackupRefused("file");
  const count = await imported(queue, await file.text(), form.elements.passphrase.value);
  return say("brought-back", { count });
}

function answering(form, work, changed) {
  const told = form.querySelector("[data-part=told]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      told.textContent = await work(form);
      form.reset();
      await changed();
    } catch (error) {
      if (!(error instanceof BackupRefused)) throw error;
      told.textContent = say(`backup-${error.code}`);
    }
  });
}

/** Sign out only with a word about what stays here; never while there is no network. */
async function leave(phone, form) {
  const { unsent, aside } = await phone.queue.counts();
  const count = unsent + aside;
  if (!navigator.onLine) {
    window.alert(say("sign-out-offline"));
    return;
  }
  if (count && !window.confirm(say("sign-out-queued", { count }))) return;
  await signOut(phone, form);
}

async function rename({ store }, form) {
  const label = form.elements.label.value.trim().slice(0, 60);
  await store.put("meta", label, "label");
  return say("renamed", { label });
}

/** Wire the forms of the part about this phone; `changed` is told when the queue grew. */
export function lookAfter(phone, { backup, restore, naming, leaving }, changed) {
  answering(naming, (form) => rename(phone, form), changed);
  answering(backup, (form) => backUp(phone.queue, form), changed);
  answering(restore, (form) => bringBack(phone.queue, form), changed);
  leaving.addEventListener("submit", (event) => {
    event.preventDefault();
    leave(phone, leaving);
  });
}
