// What pages of an older version left in the queue in plain words.

import { seal } from "./seal.js";

/** Seal this officer's rows that version 1 wrote. */
export async function sealOldRows({ store, officer, keys, device }) {
  const all = await store.all("queue");
  const plain = all.filter((row) => row.officer === officer && !row.sealed);
  const put = [];
  for (const { plain: body, ...row } of plain) {
    const sealed = await seal(keys.queue, { body, note: null }, row.id);
    put.push({ tries: 0, device, ...row, sealed });
  }
  if (put.length) await store.change("queue", { put });
}
