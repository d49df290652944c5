// A record that was refused is mended under a new number: the server keeps what came under the old.
//
// What was written about the old one (a visit, a photo) is on this phone too, and goes with it.

import { ulid } from "./ids.js";
import { openBytes, sealBytes } from "./seal.js";
import { noted } from "./page.js";

/** Whether the server has surely not acted upon a record: it refused it, or never got it. An answer
 * may have been lost, so that one which was sent and then set aside by hand could count twice. */
export function isMendable({ state, verdict, tries }) {
  return state === "aside" && (verdict === "refused" || tries === 0);
}

/** The record that shall be mended; null when it cannot be (any more). */
export async function mendableOf(queue, id) {
  const row = (await queue.rows()).find((one) => one.id === id);
  return row && isMendable(row) ? row : null;
}

/** Exchange a record for its mended body; those about it are exchanged too. `more` are facts and
 * photos that were added to it, under its present number. */
export async function amended(field, id, body, more = { facts: [], photos: [] }) {
  const { queue } = field;
  if (!(await mendableOf(queue, id))) throw new DOMException("not to be mended");
  const rows = await queue.rows();
  const fresh = new Map([[id, ulid(queue.clock.now())]]);
  const named = (row) => [...fresh.keys()].some((old) => JSON.stringify(row.body).includes(old));
  for (let more = true; more; ) {
    const about = rows.filter((row) => !fresh.has(row.id) && named(row));
    for (const row of about) fresh.set(row.id, ulid(queue.clock.now()));
    more = about.length > 0;
  }
  const facts = rows.filter((row) => fresh.has(row.id)).map((row) => {
    const said = row.id === id ? body : row.body;
    const note = { ...row.note, stands_for: row.id, was: row.id === id ? row.body : undefined };
    return { id: fresh.get(row.id), kind: row.kind, body: renamed(said, fresh), note };
  });
  const added = more.facts.map((fact) => ({ ...fact, body: renamed(fact.body, fresh) }));
  const shown = more.photos.map((photo) => ({ ...photo, about: fresh.get(photo.about) }));
  const photos = [...(await rekeyed(queue, fresh)), ...shown];
  return noted(field, [...facts, ...added], { photos, remove: [...fresh.keys()] });
}

function renamed(body, fresh) {
  let text = JSON.stringify(body);
  for (const [old, id] of fresh) text = text.replaceAll(old, id);
  return JSON.parse(text);
}

// A picture is sealed to its number, so it is opened and sealed anew.
async function rekeyed({ store, keys }, fresh) {
  const rows = (await store.all("photos")).filter((row) => fresh.has(row.id));
  return Promise.all(
    rows.map(async (row) => {
      const id = fresh.get(row.id);
      const about = fresh.get(row.about) ?? row.about;
      const content = await openBytes(keys.queue, row.sealed, row.id);
      return { ...row, id, about, sealed: await sealBytes(keys.queue, content, id) };
    }),
  );
}
