"""What a phone writes stays until the server has named it: the modules against a small door."""

import pytest
from fake_door import FakeDoor
from phone_tabs import phones_at, tab_of

OPEN = """async ({ officer = "1", lock = true, name } = {}) => {
  const { openStore } = await import("/m/store.js");
  const { Clock } = await import("/m/clock.js");
  const { Queue } = await import("/m/queue.js");
  const { Sync } = await import("/m/sync.js");
  const store = await openStore(name);
  const clock = new Clock(store);
  await clock.load();
  const queue = await Queue.open(store, clock, officer);
  const sync = new Sync({ queue, clock, address: "/lapangan/sinkron/", lock });
  Object.assign(window, { store, clock, queue, sync });
}"""
APPEND = """async (count) => {
  for (let n = 0; n < count; n += 1) await queue.append("training.scan", { n });
}"""


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


def flush(page):
    page.evaluate("sync.flush({ now: true })")


def counts(page):
    return page.evaluate("queue.counts()")


def test_ids_made_in_one_millisecond_are_different_and_grow(open_phone):
    made = open_phone().evaluate(
        """async () => {
          const { ulid } = await import("/m/ids.js");
          const one = [...Array(2000)].map(() => ulid(1_700_000_000_000));
          return [...one, ulid(1_600_000_000_000), ulid()];
        }"""
    )

    assert len(set(made)) == 2002
    assert made == sorted(made)
    assert {len(text) for text in made} == {26}


def test_an_answer_takes_them_off_the_phone_and_leaves_receipts(open_phone, door):
    page = open_phone()
    page.evaluate(APPEND, 3)

    flush(page)

    receipts = page.evaluate("queue.receipts()")
    assert counts(page) == {"unsent": 0, "aside": 0, "oldest": None}
    assert [row["body"]["n"] for row in receipts] == [2, 1, 0]
    assert [one["seq"] for one in door.stored.values()] == [1, 2, 3]
    assert {len(post["device"]) for post in door.posts} == {26}


def test_an_answer_that_is_lost_twice_stores_nothing_twice(open_phone, door):
    page = open_phone()
    page.evaluate(APPEND, 5)
    door.statuses = [503, 503]

    for _try in range(3):
        flush(page)

    assert len(door.posts) == 3
    assert len(door.stored) == 5
    assert counts(page)["unsent"] == 0


def test_a_door_that_fails_is_left_alone_for_a_while(open_phone, door):
    page = open_phone()
    page.evaluate(APPEND, 1)
    door.statuses = [500]
    flush(page)

    page.evaluate("sync.flush()")

    assert len(door.posts) == 1
    assert counts(page)["unsent"] == 1


@pytest.mark.parametrize("status", [401, 403])
def test_without_a_sign_in_the_queue_stays(open_phone, door, status):
    page = open_phone()
    page.evaluate(APPEND, 2)
    door.statuses, door.commits = [status], False

    flush(page)

    assert page.evaluate("sync.state.signedOut")
    assert counts(page)["unsent"] == 2
    flush(page)
    assert counts(page)["unsent"] == 0
    assert not page.evaluate("sync.state.signedOut")


@pytest.mark.parametrize("state", ["refused", "conflict"])
def test_what_needs_a_person_is_set_aside_and_kept(open_phone, door, state):
    page = open_phone()
    page.evaluate(APPEND, 3)
    middle = page.evaluate("queue.rows().then((rows) => rows[1].id)")
    door.states[middle] = state

    flush(page)
    flush(page)

    assert len(door.posts) == 1
    assert counts(page) == {"unsent": 0, "aside": 1, "oldest": None}
    del door.states[middle]
    page.evaluate("(id) => queue.takeUp(id)", middle)
    flush(page)
    assert counts(page)["aside"] == 0


def test_one_that_the_door_cannot_read_does_not_stop_the_others(open_phone, door):
    page = open_phone()
    page.evaluate(APPEND, 20)
    door.unreadable = {page.evaluate("queue.rows().then((rows) => rows[13].id)")}

    flush(page)

    assert len(door.stored) == 19
    assert counts(page) == {"unsent": 0, "aside": 1, "oldest": None}


def test_more_than_a_batch_goes_in_batches(open_phone, door):
    page = open_phone()
    page.evaluate(APPEND, 230)

    flush(page)

    assert [len(post["envelopes"]) for post in door.posts] == [100, 100, 30]
    assert len(door.stored) == 230


def sent_by_two_tabs(open_phone, door, *, lock):
    # The answers take their time, so that both tabs are at it together.
    door.pause_s = 0.7
    first = open_phone(lock=lock)
    second = open_tab(first.context, lock=lock)
    for page in (first, second):
        page.evaluate(APPEND, 10)
    for page in (first, second):
        page.evaluate("void (window.done = sync.flush({ now: true }))")
    for page in (first, second):
        page.evaluate("window.done")
    assert counts(first)["unsent"] == 0
    return sum(len(post["envelopes"]) for post in door.posts)


def test_two_tabs_send_twenty_once(open_phone, door):
    sent = sent_by_two_tabs(open_phone, door, lock=True)

    assert (sent, len(door.stored)) == (20, 20)
    assert sorted(one["seq"] for one in door.stored.values()) == list(range(1, 21))


def test_without_the_lock_tabs_send_twice_and_the_ids_still_decide(open_phone, door):
    sent = sent_by_two_tabs(open_phone, door, lock=False)

    assert sent > 20
    assert len(door.stored) == 20


def test_officers_on_one_phone_keep_queues_of_their_own(open_phone, door):
    one = open_phone(officer="1")
    one.evaluate(APPEND, 2)
    other = open_tab(one.context, officer="2")
    other.evaluate(APPEND, 3)

    flush(other)

    assert {one["officer"] for one in door.stored.values()} == {2}
    assert (counts(one)["unsent"], counts(other)["unsent"]) == (2, 0)


def test_bodies_lie_sealed_and_carried_data_is_noise_after_the_sign_out(open_phone):
    page = open_phone()
    page.evaluate(APPEND, 1)
    page.evaluate(
        """async () => {
          const { Carried } = await import("/m/carried.js");
          const given = { store, keys: queue.keys, clock, officer: "1", subject: "A1" };
          window.make = () => new Carried({ ...given, address: "/none" });
          window.carried = make();
          await carried._keep({ people: [{ name: "Ibu Rahasia" }] }, "e");
        }"""
    )
    raw = "store.all('queue').then((rows) => rows[0])"
    assert "body" not in page.evaluate(raw)
    assert page.evaluate("make().load()")["people"][0]["name"] == "Ibu Rahasia"

    page.evaluate("import('/m/carried.js').then((m) => m.wipe(store, '1'))")
    page.reload()
    page.evaluate(OPEN, {})

    assert page.evaluate("store.all('carried')") == []
    assert page.evaluate("queue.rows().then((rows) => rows[0].body)") == {"n": 0}


def test_carried_names_go_after_their_days_however_the_clock_is_set(open_phone):
    page = open_phone()
    page.evaluate(
        """async () => {
          const { Carried } = await import("/m/carried.js");
          const given = { store, keys: queue.keys, clock, officer: "1", subject: "A1" };
          window.make = () => new Carried({ ...given, address: "/none" });
          await make()._keep({ people: [] }, "e");
        }"""
    )
    passed = """async (days) => {
      const { Clock } = await import("/m/clock.js");
      const ms = days * 86_400_000;
      const later = new Clock(store, {
        now: () => Date.now() + ms, mono: () => performance.now() + ms,
      });
      await later.load();
      const one = make();
      one.clock = later;
      return one.load();
    }"""

    assert page.evaluate(passed, 2) is not None
    assert page.evaluate(passed, 4) is None
    # Four days have been seen: a clock that is set back does not bring the names back.
    assert page.evaluate(passed, 0) is None


def test_a_queue_of_the_first_version_is_carried_over(chromium, door):
    context = chromium.new_context(base_url=door.address)
    page = context.new_page()
    page.goto("/")
    page.evaluate(
        """async () => {
          const request = indexedDB.open("jembol-lapangan", 1);
          request.onupgradeneeded = () => {
            request.result.createObjectStore("meta");
            request.result.createObjectStore("outbox", { keyPath: "id" });
          };
          const db = await new Promise((done) => {
            request.onsuccess = () => done(request.result);
          });
          const write = db.transaction(["meta", "outbox"], "readwrite");
          write.objectStore("meta").put("01HZZZZZZZZZZZZZZZZZZZZZZZ", "device");
          write.objectStore("meta").put(7, "seq");
          for (let n = 1; n <= 7; n += 1) write.objectStore("outbox").put({
            id: `01HZZZZZZZZZZZZZZZZZZZZZZ${n}`, officer: "1", kind: "training.scan",
            at: "2026-11-01T08:00:00+07:00", mono: n, boot: "b", seq: n, body: { n },
          });
          await new Promise((done) => { write.oncomplete = done; });
          db.close();
        }"""
    )

    page.evaluate(OPEN, {})
    rows = page.evaluate("queue.rows()")
    page.evaluate(APPEND, 1)
    flush(page)

    assert [row["body"]["n"] for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert "plain" not in str(page.evaluate("store.all('queue')"))
    assert [one["seq"] for one in door.stored.values()] == list(range(1, 9))
    assert {post["device"] for post in door.posts} == {"01HZZZZZZZZZZZZZZZZZZZZZZZ"}
    context.close()


BACK_UP = "(word) => import('/m/backup.js').then((m) => m.exported(queue, word))"
BRING_BACK = """([text, word]) => import('/m/backup.js').then((m) =>
  m.imported(queue, text, word).catch((error) => error.code))"""


def test_a_backup_comes_back_on_another_phone_and_is_sent_as_the_first_ones(open_phone, door):
    lost, found = open_phone(), open_phone()
    lost.evaluate(APPEND, 4)
    file = lost.evaluate(BACK_UP, "tikar pandan")
    first = lost.evaluate("queue.device")

    assert found.evaluate(BRING_BACK, [file, "tikar-pandan"]) == "passphrase"
    assert found.evaluate(BRING_BACK, [file[:-9] + 'AAAAAA"}', "tikar pandan"]) == "passphrase"
    assert found.evaluate(BRING_BACK, ["{}", "tikar pandan"]) == "file"
    assert found.evaluate(BRING_BACK, [file, "tikar pandan"]) == 4
    assert found.evaluate(BRING_BACK, [file, "tikar pandan"]) == 0
    found.evaluate(APPEND, 1)
    flush(found)
    flush(lost)

    assert "training" not in file
    assert len(door.stored) == 5
    assert [len(post["envelopes"]) for post in door.posts if post["device"] == first] == [4, 4]


def test_a_backup_of_another_officer_is_not_taken(open_phone):
    lost, other = open_phone(officer="1"), open_phone(officer="2")
    lost.evaluate(APPEND, 1)
    file = lost.evaluate(BACK_UP, "tikar pandan")

    assert other.evaluate(BRING_BACK, [file, "tikar pandan"]) == "officer"


def test_a_wrong_clock_is_known_and_the_right_time_with_it(open_phone):
    page = open_phone()
    told = page.evaluate(
        """async () => {
          const { Clock } = await import("/m/clock.js");
          let lead = 0;
          const fake = new Clock(store, { now: () => Date.now() + lead });
          const at = [];
          const look = () => at.push([Math.round((fake.right() - Date.now()) / 1000),
                                      fake.isFlagged(), fake.wrongByMinutes()]);
          look();
          lead = 7 * 3_600_000;
          look();
          await fake.learn(lead / 1000);
          look();
          lead = -3 * 3_600_000;
          look();
          return at;
        }"""
    )

    assert told == [[0, False, 0], [0, True, 420], [0, True, 420], [0, True, -180]]


SET_CLOCK = """async (seconds) => {
  clock.now = () => Date.now() + seconds * 1000;
  await clock.load();
}"""


def test_receipts_of_a_phone_that_is_days_ahead_are_kept_for_their_days(open_phone, door):
    page = open_phone()
    page.evaluate(SET_CLOCK, 40 * 86_400)
    page.evaluate(APPEND, 1)
    flush(page)

    page.evaluate("queue.prune()")
    kept = page.evaluate("queue.receipts().then((rows) => rows.length)")
    page.evaluate("queue.prune(clock.right() + 8 * 86_400_000)")

    assert (kept, page.evaluate("queue.receipts()")) == (1, [])


def test_what_was_written_under_a_wrong_clock_belongs_to_the_right_day(open_phone, door):
    page = open_phone()
    ahead = 2 * 86_400
    page.evaluate(APPEND, 1)
    page.evaluate("clock.now = () => Date.now() + 2 * 86_400_000")
    page.evaluate(APPEND, 1)
    waiting = page.evaluate(OFF)
    flush(page)
    page.evaluate(SET_CLOCK, ahead)
    page.evaluate(APPEND, 1)
    known = page.evaluate(OFF)
    flush(page)

    page.evaluate("clock.now = () => Date.now()")
    page.evaluate("clock.learn(0)")
    answered = page.evaluate(OFF)

    assert [len(waiting), len(known), len(answered)] == [2, 3, 3]
    assert max(waiting + known + answered) < 60


OFF = """async () => {
  const rows = [...(await queue.rows()), ...(await queue.receipts())];
  return rows.map((row) => Math.abs(clock.rightOf(row) - Date.now()) / 1000);
}"""


def test_moments_are_written_with_the_phones_own_zone(chromium, door):
    for zone, ending in (("Asia/Jayapura", "+09:00"), ("UTC", "+00:00"), ("America/St_Johns", "0")):
        context = chromium.new_context(base_url=door.address, timezone_id=zone)
        page = open_tab(context)
        at = page.evaluate("clock.stamp().at")
        same = page.evaluate("(at) => Math.abs(Date.parse(at) - Date.now()) < 60000", at)

        assert at.endswith(ending)
        assert same
        context.close()


def test_what_is_wrong_stands_above_the_door(open_phone):
    told = open_phone().evaluate(
        """async () => {
          const { drawStatus } = await import("/m/status.js");
          document.body.innerHTML = `<p id="s"><b data-part="unsent"></b><b data-part="net"></b>
            <b data-part="last"></b></p><div id="w"></div>`;
          const [strip, warnings] = [document.querySelector("#s"), document.querySelector("#w")];
          const seen = [];
          const draw = async (hours, skew, state) => {
            const now = () => Date.now() + hours * 3_600_000;
            const phone = { queue, clock: Object.assign(Object.create(clock), {
              now, isFlagged: () => skew > 600, wrongByMinutes: () => skew / 60 }) };
            await drawStatus(strip, warnings, { phone, sync: { state }, zone: "UTC" });
            seen.push([...warnings.children].map((one) => one.dataset.warning).join(" "));
          };
          await draw(25, 0, {});
          await queue.append("training.scan", {});
          await draw(0, 0, {});
          await draw(25, 0, {});
          await draw(0, 660, { signedOut: true });
          return seen;
        }"""
    )

    assert told == ["", "", "old-unsent", "signed-out skew"]


WOKEN = """() => navigator.serviceWorker.dispatchEvent(
  new MessageEvent("message", { data: "jembol-sync" }))"""


def test_a_browser_that_wakes_the_page_at_once_does_not_make_it_hammer_the_door(open_phone, door):
    page = open_phone()
    page.evaluate(APPEND, 1)
    door.statuses = [503]
    page.evaluate("sync.start()")
    sent = len(door.posts)

    for _time in range(5):
        page.evaluate(WOKEN)
        page.wait_for_timeout(50)

    assert len(door.posts) == sent
    assert counts(page)["unsent"] == 1
