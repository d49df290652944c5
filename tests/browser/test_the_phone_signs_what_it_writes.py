"""Each fact is signed when it is appended, by a key that the browser gives to nobody."""

import json

from test_the_phone_keeps_everything import APPEND, door, flush, open_phone, open_tab

__all__ = ["door", "open_phone"]


def test_every_record_is_signed_by_the_officers_key_on_this_phone(open_phone, door):
    page = open_phone()
    page.evaluate(APPEND, 5)

    flush(page)

    assert len(door.stored) == 5
    assert list(door.proofs.values()) == [True] * 5
    assert len({post["key"] for post in door.posts}) == 1


def test_the_private_key_leaves_the_browser_by_no_way(open_phone):
    told = open_phone().evaluate(
        """async () => {
          const { sign } = await store.get("keys", "1");
          const tried = await Promise.allSettled(
            ["pkcs8", "jwk"].map((way) => crypto.subtle.exportKey(way, sign.private)));
          return [sign.private.extractable, ...tried.map((one) => one.status)];
        }"""
    )

    assert told == [False, "rejected", "rejected"]


def test_two_tabs_that_write_at_once_leave_no_number_out_and_sign_the_right_one(open_phone, door):
    page = open_phone()
    other = open_tab(page.context)
    for tab in (page, other):
        tab.evaluate(
            """() => { window.all = Promise.all([...Array(20).keys()].map(
                 (n) => queue.append("training.scan", { n }))); }"""
        )
    for tab in (page, other):
        tab.evaluate("window.all.then(() => null)")

    flush(page)

    assert sorted(one["seq"] for one in door.stored.values()) == list(range(1, 41))
    assert list(door.proofs.values()) == [True] * 40


def test_a_key_outlives_the_sign_out_and_a_page_that_opens_again(open_phone, door):
    page = open_phone()
    page.evaluate(APPEND, 1)
    page.evaluate("import('/m/seal.js').then((m) => m.forgetCarried(store, '1'))")
    again = open_tab(page.context)
    again.evaluate(APPEND, 1)

    flush(again)

    assert list(door.proofs.values()) == [True, True]
    assert len({post["key"] for post in door.posts}) == 1


def test_a_restored_phone_sends_what_the_first_one_signed(open_phone, door):
    first = open_phone()
    first.evaluate(APPEND, 3)
    text = first.evaluate(
        "import('/m/backup.js').then((m) => m.exported(queue, 'kata sandi cadangan'))"
    )
    second = open_phone()
    second.evaluate(APPEND, 1)
    args = [json.loads(json.dumps(text))]
    second.evaluate(
        "([text]) => import('/m/backup.js').then("
        "(m) => m.imported(queue, text, 'kata sandi cadangan'))",
        args,
    )

    flush(second)

    keys = {post["device"]: post["key"] for post in door.posts}
    assert len(door.stored) == 4
    assert list(door.proofs.values()) == [True] * 4
    assert len(set(keys.values())) == len(keys) == 2


def test_a_phone_that_has_not_written_yet_tells_its_key(open_phone, door):
    page = open_phone()

    page.evaluate("sync.flush({ now: true, ask: true })")

    assert (len(door.posts[0]["key"]), door.posts[0]["key_of"]) == (87, 1)


def test_rows_of_an_older_app_and_a_browser_that_cannot_sign_go_through_unsigned(open_phone, door):
    page = open_phone()
    page.evaluate(
        """async () => {
          const { seal } = await import("/m/seal.js");
          const id = "01HZZZZZZZZZZZZZZZZZZZZZZZ";
          const sealed = await seal(queue.keys.queue, { body: { n: 9 }, note: null }, id);
          const { device } = queue;
          const { at, mono, boot } = clock.stamp();
          await store.put("queue", { id, officer: "1", device, kind: "training.scan", at, mono,
            boot, seq: 1, sealed, state: "here", tries: 0 });
          await store.put("meta", 1, "seq");
        }"""
    )
    page.evaluate(APPEND, 1)
    page.evaluate("() => { queue.keys = { ...queue.keys, sign: null }; }")
    page.evaluate(APPEND, 1)

    flush(page)

    assert [one["seq"] for one in door.stored.values()] == [1, 2, 3]
    assert list(door.proofs.values()) == [True]


def test_a_mark_of_two_languages_and_half_signs_is_signed_as_it_is_sent(open_phone, door):
    page = open_phone()
    page.evaluate(
        """queue.append("training.scan", { words: "Sri “Lestari” \\ud83d\\ude00 \\ud800 \\n" })"""
    )

    flush(page)

    assert list(door.proofs.values()) == [True]
