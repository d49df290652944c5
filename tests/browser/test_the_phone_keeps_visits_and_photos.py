"""Visits, photos and carried areas on the phone: the modules against a small door."""

import pytest
from fake_door import FakeDoor
from phone_tabs import phones_at, tab_of

OPEN = """async ({ officer = "1" } = {}) => {
  const [{ openStore }, { Clock }, { Queue }, { syncOf }] = await Promise.all(
    ["store", "clock", "queue", "phone"].map((name) => import(`/m/${name}.js`)));
  const store = await openStore();
  const clock = new Clock(store);
  await clock.load();
  const queue = await Queue.open(store, clock, officer);
  const phone = { store, clock, queue };
  const told = [];
  const sync = syncOf(phone, "/lapangan/sinkron/", (state, change) => told.push(change));
  Object.assign(window, { store, clock, queue, phone, sync, told });
}"""
TAKE = """async ({ width = 2400, height = 1800, count = 1 }) => {
  const { redrawn, announced } = await import("/m/photos.js");
  const { ulid } = await import("/m/ids.js");
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  const pixels = context.createImageData(width, height);
  // Noise does not shrink, so that the picture has several pieces.
  let seed = 7;
  for (let n = 0; n < pixels.data.length; n += 1) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    pixels.data[n] = n % 4 === 3 ? 255 : seed >>> 24;
  }
  context.putImageData(pixels, 0, 0);
  const file = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  const blobs = [];
  for (let n = 0; n < count; n += 1) blobs.push(await redrawn(file));
  const about = ulid();
  const made = await announced(queue, blobs, { about, consent: true, place: false });
  const visit = { id: about, kind: "outreach.visit", body: { outcome: "met", area: 1 } };
  await queue.appendAll([visit, ...made.facts], { photos: made.photos });
  const { width: wide, height: high } = await createImageBitmap(blobs[0]);
  return { about, bytes: blobs[0].size, ids: made.facts.map((one) => one.id), wide, high };
}"""
FLUSH = "sync.flush({ now: true, ask: true })"


@pytest.fixture
def door():
    door = FakeDoor()
    yield door
    door.close()


@pytest.fixture
def open_phone(chromium, door):
    """A browser of its own with the modules open in a tab."""
    with phones_at(chromium, door, OPEN) as opened:
        yield opened


def open_tab(context, **given):
    return tab_of(context, OPEN, **given)


def counts(page):
    return page.evaluate("queue.counts().then(({ unsent, aside }) => [unsent, aside])")


def photos_here(page):
    return page.evaluate("store.all('photos').then((rows) => rows.length)")


def test_a_photo_is_redrawn_small_and_lies_sealed(open_phone):
    page = open_phone()

    taken = page.evaluate(TAKE, {})

    lying = page.evaluate(
        """store.all("photos").then(([row]) => row.sealed.data.slice(0, 3).arrayBuffer())
          .then((bytes) => [...new Uint8Array(bytes)])"""
    )
    assert (taken["wide"], taken["high"]) == (1280, 960)
    assert lying != [0xFF, 0xD8, 0xFF]


def test_a_redrawn_photo_tells_no_place(open_phone):
    page = open_phone()

    told = page.evaluate(
        """async () => {
          const { redrawn } = await import("/m/photos.js");
          const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 48 });
          canvas.getContext("2d").fillRect(0, 0, 9, 9);
          const plain = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
          const bytes = new Uint8Array(await plain.arrayBuffer());
          // An APP1 part with "Exif" and a mark that stands for the place, behind the first sign.
          const mark = new TextEncoder().encode("Exif\\0\\0MM\\0*\\0\\0\\0\\b\\0\\0GPS-7.94");
          const head = [0xff, 0xe1, 0, mark.length + 2];
          const file = new Blob([bytes.slice(0, 2), new Uint8Array(head), mark, bytes.slice(2)]);
          const holds = async (blob) => (await blob.text()).includes("GPS-7.94");
          return [await holds(file), await holds(await redrawn(file))];
        }"""
    )

    assert told == [True, False]


def test_photos_follow_the_text_piece_by_piece(open_phone, door):
    page = open_phone()
    taken = page.evaluate(TAKE, {})

    page.evaluate(FLUSH)

    assert [one["kind"] for one in door.stored.values()] == ["outreach.visit", "outreach.photo"]
    assert sum(size for _start, size in door.pieces) == taken["bytes"]
    assert all(size <= 65536 for _start, size in door.pieces)
    assert len(door.pieces) > 2
    assert bytes(door.photos[taken["ids"][0]][:3]) == b"\xff\xd8\xff"
    assert (counts(page), photos_here(page)) == ([0, 0], 0)


def test_a_photo_that_was_cut_off_goes_on_where_it_stopped(open_phone, door):
    page = open_phone()
    taken = page.evaluate(TAKE, {})
    door.cut_after = 2
    page.evaluate(FLUSH)
    assert (counts(page), photos_here(page), len(door.pieces)) == ([0, 0], 1, 2)

    door.cut_after = None
    again = open_tab(page.context)
    page.close()
    again.evaluate(FLUSH)

    starts = [start for start, _size in door.pieces]
    assert starts == sorted(set(starts))
    assert len(door.photos[taken["ids"][0]]) == taken["bytes"]
    assert photos_here(again) == 0


def test_a_photo_that_came_damaged_is_sent_anew(open_phone, door):
    page = open_phone()
    taken = page.evaluate(TAKE, {})
    door.cut_after = 1
    page.evaluate(FLUSH)
    photo = taken["ids"][0]
    door.photos[photo][:4] = b"junk"

    door.cut_after = None
    page.evaluate(FLUSH)

    assert bytes(door.photos[photo][:3]) == b"\xff\xd8\xff"
    assert photos_here(page) == 0


def test_a_photo_whose_announcement_was_refused_stays_with_it(open_phone, door):
    page = open_phone()
    taken = page.evaluate(TAKE, {})
    door.states[taken["ids"][0]] = "refused"

    page.evaluate(FLUSH)

    assert (counts(page), photos_here(page), door.pieces) == ([0, 1], 1, [])


def test_a_visit_and_its_photos_are_appended_together_or_not_at_all(open_phone):
    page = open_phone()

    said = page.evaluate(
        """async () => {
          const facts = ["outreach.visit", "outreach.photo"].map((kind) => ({ kind, body: {} }));
          // A photo without a number cannot be stored.
          const photos = [{ officer: "1" }];
          return queue.appendAll(facts, { photos }).then(() => "", (error) => error.name);
        }"""
    )

    assert said == "DataError"
    assert (counts(page), photos_here(page)) == ([0, 0], 0)


def test_a_mended_record_takes_those_about_it_along_under_new_numbers(open_phone, door):
    page = open_phone()
    ids = page.evaluate(
        """async () => {
          const { ulid } = await import("/m/ids.js");
          const [person, visit] = [ulid(), ulid()];
          const { announced } = await import("/m/photos.js");
          const blob = new Blob(["\\xff\\xd8 picture"]);
          const about = { about: visit, consent: true, place: false };
          const made = await announced(queue, [blob], about);
          await queue.appendAll([
            { id: person, kind: "registry.enrol", body: { person: { name: "Sti" } } },
            { id: visit, kind: "outreach.visit",
              body: { person: { made_by: person }, photos: [made.facts[0].id] } },
            ...made.facts,
            { kind: "outreach.visit", body: { person: null } },
          ], { photos: made.photos });
          return { person, visit, photo: made.facts[0].id };
        }"""
    )
    door.states = {ids["person"]: "refused", ids["visit"]: "refused", ids["photo"]: "refused"}
    page.evaluate(FLUSH)
    assert counts(page) == [0, 3]

    page.evaluate(
        """async (id) => {
          const { amended } = await import("/m/amend.js");
          const field = { phone, queue, sync: { flush: () => {} }, strip: async () => {} };
          await amended(field, id, { person: { name: "Siti" } });
        }""",
        ids["person"],
    )
    page.evaluate(FLUSH)

    sent = {one["kind"]: one for one in list(door.stored.values())[-3:]}
    person, visit, photo = (
        sent[kind] for kind in ("registry.enrol", "outreach.visit", "outreach.photo")
    )
    assert person["body"]["person"]["name"] == "Siti"
    assert visit["body"] == {"person": {"made_by": person["id"]}, "photos": [photo["id"]]}
    assert photo["body"]["about"] == visit["id"]
    assert not {person["id"], visit["id"], photo["id"]} & set(ids.values())
    assert (counts(page), photos_here(page)) == ([0, 0], 0)
    assert bytes(door.photos[photo["id"]]).endswith(b"picture")


APPEND = "queue.append('outreach.visit', { n: 1 }).then((row) => row.id)"
MENDS = """async (id) => {
  const { amended, isMendable } = await import("/m/amend.js");
  const { recordLine } = await import("/m/records.js");
  const field = { phone, queue, sync: { flush: () => {} }, strip: async () => {} };
  const row = (await queue.rows()).find((one) => one.id === id);
  const parts = ["hour", "kind", "about", "id", "state", "tried", "why"];
  const template = document.createElement("template");
  const spans = parts.map((name) => `<b data-part="${name}"></b>`).join("");
  template.innerHTML = `<li>${spans}<a data-act="edit"></a><a data-act="again"></a></li>`;
  const line = recordLine(template, row, "Asia/Jakarta");
  const offered = !line.querySelector("[data-act=edit]").hidden;
  const done = await amended(field, id, { n: 2 }).then(() => true, () => false);
  return [offered, done];
}"""


def test_only_what_was_refused_or_never_sent_is_mended(open_phone, door):
    page = open_phone()
    lost, conflict, refused = (page.evaluate(APPEND) for _time in range(3))
    door.states = {conflict: "conflict", refused: "refused"}
    door.statuses = [503]
    page.evaluate(FLUSH)
    page.evaluate("(id) => queue.setAside(id)", lost)
    page.evaluate(FLUSH)
    never = page.evaluate(APPEND)
    page.evaluate("(id) => queue.setAside(id)", never)

    mended = [page.evaluate(MENDS, one) for one in (lost, conflict, refused, never)]

    assert mended == [[False, False], [False, False], [True, True], [True, True]]
    assert len(door.stored) == 3


CARRY = """async () => {
  const { AreaBook } = await import("/m/area_book.js");
  window.book = () => new AreaBook({ store, keys: queue.keys, clock, officer: queue.officer });
  await book()._keep({ version: "v1", people: [[7, "P-7", "Ibu Rahasia", 1]], areas: [],
    expires_at: new Date(Date.now() + 3 * 86400000).toISOString() }, "e");
}"""


def test_an_order_to_wipe_destroys_what_is_carried_and_never_the_queue(open_phone, door):
    page = open_phone()
    page.evaluate(CARRY)
    page.evaluate(TAKE, {})
    door.more = {"wipe": True}
    door.statuses, door.commits = [503], False
    page.evaluate(FLUSH)
    door.cut_after = 0

    with page.expect_navigation():
        page.evaluate(f"void {FLUSH}")
    page.evaluate(OPEN, {})

    assert page.evaluate("store.all('carried')") == []
    assert photos_here(page) == 1
    page.evaluate("queue.append('outreach.visit', { n: 1 })")
    page.evaluate(FLUSH)
    assert counts(page) == [0, 0]
    assert [post["wiped"] for post in door.posts][-1] is True
    door.more = {"wipe": False}
    page.evaluate("sync.asked = -Infinity")
    page.evaluate(FLUSH)
    assert page.evaluate("import('/m/phone.js').then((m) => m.isWiped(phone))") is False


def test_a_phone_with_nothing_to_send_asks_now_and_then(open_phone, door):
    page = open_phone()

    for _time in range(3):
        page.evaluate(FLUSH)
    page.evaluate("sync.flush({ now: true })")

    assert [post["envelopes"] for post in door.posts] == [[]]


def test_a_carried_area_is_gone_after_its_days_and_the_queue_is_not(open_phone):
    page = open_phone()
    page.evaluate(CARRY)
    page.evaluate("queue.append('outreach.visit', { n: 1 })")
    passed = """async (days) => {
      const { Clock } = await import("/m/clock.js");
      const ms = days * 86_400_000;
      const later = new Clock(store, {
        now: () => Date.now() + ms, mono: () => performance.now() + ms,
      });
      await later.load();
      const one = book();
      one.clock = later;
      return (await one.load()) !== null;
    }"""

    assert [page.evaluate(passed, days) for days in (2, 4, 0)] == [True, False, False]
    assert counts(page) == [1, 0]


def test_officers_on_one_phone_have_photos_drafts_and_areas_of_their_own(open_phone, door):
    one = open_phone(officer="1")
    one.evaluate(TAKE, {})
    one.evaluate(CARRY)
    draft = """import("/m/drafts.js").then(({ Drafts }) => {
      window.drafts = new Drafts(phone);
      return drafts.keep("enrol", { state: [["name", "Ibu Rahasia"]] });
    })"""
    one.evaluate(draft)
    other = open_tab(one.context, officer="2")
    seen = """import("/m/drafts.js").then(({ Drafts }) => new Drafts(phone).read("enrol"))"""

    other.evaluate(FLUSH)

    assert other.evaluate(seen) is None
    assert door.stored == {}
    assert other.evaluate("import('/m/photos.js').then((m) => m.photosOf(phone))") == []
    assert one.evaluate("drafts.read('enrol')") == {"state": [["name", "Ibu Rahasia"]]}
    assert "Rahasia" not in str(one.evaluate("store.all('drafts')"))


def test_a_queue_of_the_second_version_is_carried_over(chromium, door):
    context = chromium.new_context(base_url=door.address)
    page = context.new_page()
    page.goto("/")
    page.evaluate(
        """async () => {
          const { seal, keysOf } = await import("/m/seal.js");
          const request = indexedDB.open("jembol-lapangan", 2);
          request.onupgradeneeded = () => {
            for (const name of ["meta", "keys"]) request.result.createObjectStore(name);
            for (const name of ["queue", "receipts", "carried"]) {
              request.result.createObjectStore(name, { keyPath: "id" });
            }
          };
          const db = await new Promise((done) => {
            request.onsuccess = () => done(request.result);
          });
          const cipher = { name: "AES-GCM", length: 256 };
          const make = () => crypto.subtle.generateKey(cipher, false, ["encrypt", "decrypt"]);
          const keys = { queue: await make(), carried: await make() };
          const rows = await Promise.all([1, 2, 3].map(async (n) => {
            const id = `01HZZZZZZZZZZZZZZZZZZZZZZ${n}`;
            const sealed = await seal(keys.queue, { body: { n }, note: null }, id);
            return { id, officer: "1", device: "01HZZZZZZZZZZZZZZZZZZZZZZZ", kind: "training.scan",
              at: "2026-11-01T08:00:00+07:00", mono: n, boot: "b", seq: n, sealed,
              state: n === 2 ? "aside" : "here", tries: n };
          }));
          const write = db.transaction(["meta", "keys", "queue"], "readwrite");
          write.objectStore("meta").put("01HZZZZZZZZZZZZZZZZZZZZZZZ", "device");
          write.objectStore("meta").put(3, "seq");
          write.objectStore("keys").put(keys, "1");
          for (const row of rows) write.objectStore("queue").put(row);
          await new Promise((done) => { write.oncomplete = done; });
          db.close();
        }"""
    )

    page.evaluate(OPEN, {})
    before = page.evaluate(
        "queue.rows().then((rows) => rows.map((row) => [row.body.n, row.state]))"
    )
    page.evaluate(TAKE, {})
    page.evaluate(FLUSH)

    assert before == [[1, "here"], [2, "aside"], [3, "here"]]
    assert [one["seq"] for one in door.stored.values()] == [1, 3, 4, 5]
    assert counts(page) == [0, 1]
    assert photos_here(page) == 0
    context.close()


def test_a_backup_brings_the_photos_back_too(open_phone, door):
    lost, found = open_phone(), open_phone()
    taken = lost.evaluate(TAKE, {})
    back_up = "(word) => import('/m/backup.js').then((m) => m.exported(queue, word))"
    file = lost.evaluate(back_up, "tikar pandan")
    bring = (
        """([text, word]) => import('/m/backup.js').then((m) => m.imported(queue, text, word))"""
    )

    assert found.evaluate(bring, [file, "tikar pandan"]) == 2
    found.evaluate(FLUSH)

    assert len(door.photos[taken["ids"][0]]) == taken["bytes"]
    assert (counts(found), photos_here(found)) == ([0, 0], 0)


def test_an_order_for_the_lost_phone_does_not_empty_the_one_that_brings_its_backup(
    open_phone, door
):
    lost, found = open_phone(), open_phone()
    lost.evaluate("queue.append('outreach.visit', { outcome: 'met' })")
    file = lost.evaluate("import('/m/backup.js').then((m) => m.exported(queue, 'tikar pandan'))")
    found.evaluate(
        "(text) => import('/m/backup.js').then((m) => m.imported(queue, text, 'tikar pandan'))",
        file,
    )
    door.more = {"wipe": True}

    found.evaluate("sync.flush({ now: true })")

    assert door.posts[-1]["device"] == lost.evaluate("queue.device")
    assert not door.posts[-1]["wiped"]
    assert found.evaluate("store.get('meta', 'wiped:1')") in {None, ""}
