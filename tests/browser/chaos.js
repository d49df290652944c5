// One phone of a test: what an officer would do, through the app's own modules.
//
// Each operation answers with what it was told to keep, for the log against which the server is
// held; one that the phone could not keep answers with the fault that its page would show.
async ([officer, addresses]) => {
  const from = (name) => import(addresses[name]);
  const [phones, photos, book, ids, backups] = await Promise.all(
    ["phone", "photos", "area_book", "ids", "backup"].map(from),
  );
  const phone = await phones.openPhone(officer);
  const { store, clock, queue } = phone;
  const sync = phones.syncOf(phone, "/lapangan/sinkron/", () => {});
  const area = new book.AreaBook({ store, keys: queue.keys, clock, officer, device: queue.device });
  await area.load();

  const rest = { enterprise: null, position: null, forms: [], stop: null };
  const nothing = { needs: [], advice: "", referrals: [], promise: null, kept: [], photos: [] };

  async function kept(facts, more) {
    const rows = await queue.appendAll(facts, more);
    return rows.map(({ id, kind, body, seq }) => ({ id, kind, body, seq, device: queue.device }));
  }

  const acts = {
    enrol: ({ name, place }) => {
      const about = { phone: "", sex: "", born_on: null, nik: "", address: "", rt: "", rw: "" };
      const person = { name, area: place, ...about };
      const body = { person, enterprise: null, household: null, consents: [], alike: [] };
      return kept([{ id: ids.ulid(clock.now()), kind: "registry.enrol", body }]);
    },
    visit: ({ ref, place, advice }) => {
      const body = { ...nothing, ...rest, area: place, person: ref, outcome: "met", advice };
      return kept([{ id: ids.ulid(clock.now()), kind: "outreach.visit", body }]);
    },
    change: ({ ref, was, changes, seen }) => {
      const body = { of: "person", ref, seen, was, changes };
      return kept([{ id: ids.ulid(clock.now()), kind: "registry.change", body }]);
    },
    mend: ({ visit, was, changes }) => {
      const body = { visit, seen: 1, was, changes };
      return kept([{ id: ids.ulid(clock.now()), kind: "outreach.visit_change", body }]);
    },
    photo: async ({ visit, seed }) => {
      const blob = await picture(seed);
      const made = await photos.announced(queue, [blob], { about: visit, consent: true, place: false });
      return kept(made.facts, { photos: made.photos });
    },
  };

  // Noise does not shrink, so that a picture has more than one piece.
  async function picture(seed) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 420, height: 320 });
    const context = canvas.getContext("2d");
    const pixels = context.createImageData(canvas.width, canvas.height);
    let drawn = seed;
    for (let n = 0; n < pixels.data.length; n += 1) {
      drawn = (Math.imul(drawn, 1664525) + 1013904223) >>> 0;
      pixels.data[n] = n % 4 === 3 ? 255 : drawn >>> 24;
    }
    context.putImageData(pixels, 0, 0);
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  }

  async function act({ what, ...given }) {
    try {
      return { kept: await acts[what](given) };
    } catch (fault) {
      return { fault: fault.name };
    }
  }

  async function digest() {
    const rows = [...area.data.people].sort((one, other) => one[0] - other[0]);
    const text = JSON.stringify(rows.map((row) => [row[0], row[2], row[3], row[4], row[7]]));
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  window.chaos = {
    act,
    flush: () => sync.flush({ now: true, ask: true }),
    carry: () => area.refresh(),
    people: () => (area.data?.people ?? []).map((row) => [row[0], row[4], row[7], row[8]]),
    digest,
    counts: async () => ({ ...(await queue.counts()), photos: (await store.all("photos")).length }),
    aside: async () => (await queue.rows("aside")).map(({ kind, code, words }) => ({ kind, code, words })),
    receipts: async () => (await queue.receipts()).map(({ id, result }) => ({ id, result })),
    backup: (words) => backups.exported(queue, words),
    restore: (text, words) => backups.imported(queue, text, words),
    drop: async (id) => store.change("queue", { remove: [id] }),
  };
}
