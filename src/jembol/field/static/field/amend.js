// A record that was refused is mended under a new number: the server keeps what came under the old.
//
// What was written about the old one (a visit, a photo) is on this phone too, and goes with it.

import { ulid } from "./ids.js";
import { openBytes, sealBytes } from "./seal.js";
import { noted } from "./page.js";

/** Exchange a record for its mended body; those about it are exchanged too. */
export async function amended(field, id, body) {
  const { queue } = field;
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
  const photos = await rekeyed(queue, fresh);
  return noted(field, facts, { photos, remove: [...fresh.keys()] });
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
