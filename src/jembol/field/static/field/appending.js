// Numbering, signing, sealing and adding facts to a queue; what is signed holds its number.

import { ulid } from "./ids.js";
import { seal } from "./seal.js";
import { signed } from "./signing.js";

/** A fact with its id and its time. `note` is what the phone itself thought of it; not sent. */
export function dated({ officer, device, clock }, { id = ulid(clock.now()), ...fact }) {
  const { kind, body, note = null } = fact;
  return { id, officer, device, kind, ...clock.stamp(), body, note };
}

/** Add dated facts and what belongs to them, all or none, numbered after the last one. */
export async function appended(queue, facts, more) {
  for (;;) {
    const last = (await queue.store.get("meta", "seq")) ?? 0;
    const numbered = facts.map((fact, place) => ({ ...fact, seq: last + 1 + place }));
    const rows = await Promise.all(numbered.map((fact) => made(queue, fact)));
    if (await added(queue.store, rows, last, more)) {
      return rows.map((row, place) => ({ ...row, ...numbered[place] }));
    }
  }
}

async function made({ keys }, { body, note, ...envelope }) {
  const proof = await signed(keys.sign, { ...envelope, body });
  const sealed = await seal(keys.queue, { body, note, ...proof }, envelope.id);
  return { ...envelope, sealed, state: "here", tries: 0 };
}

// Say whether they were added: another tab may have taken the numbers meanwhile.
function added(store, rows, last, { photos = [], remove = [] }) {
  return store.write(["meta", "queue", "photos"], async (of, done) => {
    if (((await done(of("meta").get("seq"))) ?? 0) !== last) return false;
    for (const row of rows) of("queue").add(row);
    of("meta").put(last + rows.length, "seq");
    for (const photo of photos) of("photos").add(photo);
    for (const id of remove) {
      of("queue").delete(id);
      of("photos").delete(id);
    }
    return true;
  });
}
