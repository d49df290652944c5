// Who was enrolled on this phone: known at once, before the server has heard of them.

/** People of this phone's queue and receipts, as the carried ones look, newest first. */
export async function peopleMadeHere(queue) {
  const rows = [...(await queue.rows()).reverse(), ...(await queue.receipts())];
  return rows.filter((row) => row.kind === "registry.enrol").map(personOf);
}

function personOf({ id, body, result, state }) {
  const { name, area, phone, sex, born_on: bornOn, address, rt, rw } = body.person;
  const ref = result?.person ? { key: result.person } : { made_by: id };
  const known = { name, area: String(area), phone, sex, bornOn: bornOn ?? "", address, rt, rw };
  return { ...known, pk: result?.person ?? 0, id: result?.public_id ?? "", ref, state, madeBy: id };
}
