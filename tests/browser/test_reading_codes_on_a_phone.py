"""Codes as the phone reads them: the same bytes as the server's, typed, scanned or filmed."""

import base64
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from fake_door import FakeDoor
from film import film_of
from opening import FLAGS, chromium_path

from jembol.kit.ids import IdKind, PublicId
from jembol.kit.signed_code import Kind, SignedCode, key_id, new_private, public_of, sign

PRIVATE = new_private()
PUBLIC = public_of(PRIVATE)
KEYS = [
    {
        "id": key_id(PUBLIC),
        "public": base64.urlsafe_b64encode(PUBLIC).decode().rstrip("="),
        "from": "2026-01-01",
        "until": "2027-12-31",
    }
]
VECTORS = json.loads((Path(__file__).parents[1] / "kit/signed_codes.json").read_text())
CLASS = PublicId.new(IdKind.CLASS).compact
TODAY = date(2026, 3, 2)


def code_of(*, kind=Kind.TICKET, subject=CLASS, serial=None, private=PRIVATE, days=(-3, 30)):
    letter = {Kind.TICKET: IdKind.TICKET, Kind.CARD: IdKind.CARD}[kind]
    return SignedCode(
        kind=kind,
        key_id=key_id(public_of(private)),
        serial=serial or PublicId.new(letter).compact,
        subject=subject,
        holder=bytes(range(8)),
        valid_from=TODAY + timedelta(days=days[0]),
        valid_until=TODAY + timedelta(days=days[1]),
    )


def written(private=PRIVATE, **more):
    return sign(code_of(private=private, **more), private)


@pytest.fixture(scope="module")
def door():
    door = FakeDoor()
    yield door
    door.close()


@pytest.fixture
def page(chromium, door):
    page = chromium.new_page(base_url=door.address)
    page.goto("/")
    yield page
    page.close()


READ = """async ([text, keys, day = "2026-03-02"]) => {
  const { read, proved } = await import("/m/code.js");
  const code = read(text);
  return { ...code, proof: code.fault ? null : await proved(code, keys, day) };
}"""


def test_the_phone_reads_what_the_server_wrote(page):
    for kind, subject in ((Kind.TICKET, CLASS), (Kind.CARD, "")):
        for _example in range(20):
            made = code_of(kind=kind, subject=subject)

            seen = page.evaluate(READ, [sign(made, PRIVATE), KEYS])

            assert seen["kind"] == kind.name.lower()
            assert (seen["serial"], seen["subject"]) == (made.serial[:9], subject[:9])
            assert (seen["key"], seen["holder"]) == (made.key_id, made.holder.hex())
            assert seen["from"] == made.valid_from.isoformat()
            assert seen["until"] == made.valid_until.isoformat()
            assert seen["proof"] == "genuine"


def test_the_phone_agrees_with_the_published_examples(page):
    for case in VECTORS["cases"]:
        seen = page.evaluate(READ, [case["text"], VECTORS["keys"], VECTORS["on"]])

        says = case["says"]
        if says is None:
            assert seen["fault"] == case["fault"], case["name"]
            continue
        ids = {name: says[name][:9] for name in ("serial", "subject")}
        read = {name: seen[name] for name in says}
        assert read == says | ids, case["name"]
        of_the_proof = {"forged", "unknown-key", "key-expired"}
        expected = case["fault"] if case["fault"] in of_the_proof else "genuine"
        assert seen["proof"] == expected, case["name"]


def test_what_a_hand_or_a_scanner_adds_does_not_matter(page):
    text = written()
    mistyped = text.lower().replace("0", "o").replace("1", "i").replace("jbi", "jb1")

    for way in (f"  {text}\r\n", f"{text[:50]} {text[50:]}", f"\x1d{text}\x04", mistyped):
        assert page.evaluate(READ, [way, KEYS])["proof"] == "genuine"


def test_a_changed_code_is_forged_and_a_strange_key_is_not_known(page):
    text = written()
    other = "Z" if text[30] != "Z" else "Y"

    assert page.evaluate(READ, [text[:30] + other + text[31:], KEYS])["proof"] == "forged"
    assert page.evaluate(READ, [written(new_private()), KEYS])["proof"] == "unknown-key"
    # The spare bits are zero, so that nobody makes a second text of one code.
    last = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(text[-1])
    twin = text[:-1] + "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[last | 1]
    assert page.evaluate(READ, [twin, KEYS])["fault"] == "malformed"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("JB1.ABC", "truncated"),
        ("JB1." + "0" * 147, "malformed"),
        ("JB1." + "U" * 146, "malformed"),
        ("https://example.org/", "malformed"),
        ("JB1." + "0" * 146, "malformed"),
    ],
)
def test_what_is_no_code_is_told_apart(page, text, fault):
    assert page.evaluate(READ, [text, KEYS])["fault"] == fault


def test_a_browser_without_the_signature_says_that_it_did_not_check(page):
    page.evaluate("void (crypto.subtle.importKey = () => Promise.reject(new Error('unknown')))")

    assert page.evaluate(READ, [written(), KEYS])["proof"] == "unchecked"


JUDGE = """async ([text, day, carried, way, since]) => {
  const { identified, judged } = await import("/m/judge.js");
  const who = await identified(text, carried, day);
  const found = judged(who, {
    carried, subject: carried.class.public_id, day, way, fit: "", entered: () => since,
  });
  return [found.verdict, found.why];
}"""
OF = {kind: PublicId.new(kind).compact for kind in (IdKind.TICKET, IdKind.CARD)}
CARRIED = {
    "class": {"public_id": CLASS},
    "keys": KEYS,
    "revoked": [],
    "people": [
        {"registration": 1, "serial": OF[IdKind.TICKET], "card": OF[IdKind.CARD], "came": []}
    ],
}


def verdict(page, text, *, on=TODAY, way="in", since=None, **more):
    given = [text, on.isoformat(), {**CARRIED, **more}, way, since]
    return tuple(page.evaluate(JUDGE, given))


def test_the_door_tells_apart_whom_it_may_let_in(page):
    mine = written(serial=OF[IdKind.TICKET])
    card = written(kind=Kind.CARD, subject="", serial=OF[IdKind.CARD])
    gone = [{**CARRIED["people"][0], "withdrawn": True}]
    changed = mine[:-20] + ("A" if mine[-20] != "A" else "B") + mine[-19:]
    elsewhere = PublicId.new(IdKind.CLASS).compact

    assert verdict(page, mine) == ("welcome", "")
    assert verdict(page, card) == ("welcome", "")
    assert verdict(page, OF[IdKind.TICKET].lower()) == ("welcome", "")
    assert verdict(page, mine, way="out") == ("out", "")
    assert verdict(page, mine, since="08.12") == ("again", "")
    assert verdict(page, mine, since="") == ("again", "came-before")
    assert verdict(page, written()) == ("welcome", "not-listed")
    assert verdict(page, mine, keys=[]) == ("welcome", "unchecked")
    assert verdict(page, written(), keys=[]) == ("unchecked", "unchecked")
    assert verdict(page, changed) == ("unknown_code", "forged")
    assert verdict(page, mine, revoked=[OF[IdKind.TICKET]]) == ("not_allowed", "revoked")
    assert verdict(page, mine, people=gone) == ("not_allowed", "withdrawn")
    assert verdict(page, written(subject=elsewhere)) == ("not_allowed", "other-class")
    assert verdict(page, mine, on=date(2026, 5, 1)) == ("not_allowed", "expired")
    assert verdict(page, mine, on=date(2026, 1, 1)) == ("not_allowed", "not-yet-valid")
    strange_card = written(kind=Kind.CARD, subject="")
    assert verdict(page, strange_card) == ("not_allowed", "not-registered")
    assert verdict(page, "8991234567890") == ("unknown_code", "not-ours")
    assert verdict(page, "JB1.ABC") == ("unknown_code", "unreadable")


FOUND = """async ([names, text]) => {
  const { found } = await import("/m/people.js");
  return found(names.map((name) => ({ name })), text).map((one) => one.name);
}"""


def test_names_are_found_without_accents_and_in_any_order(page):
    names = ["Nur'Aini Sri-Lestari", "Siti Aminah", "Aminah", "José Adi", "Sumiati"]

    assert page.evaluate(FOUND, [names, "lestari nuraini"]) == ["Nur'Aini Sri-Lestari"]
    assert page.evaluate(FOUND, [names, "JOSE"]) == ["José Adi"]
    assert page.evaluate(FOUND, [names, "ami"]) == ["Aminah", "Siti Aminah"]
    assert page.evaluate(FOUND, [names, "min"]) == ["Aminah", "Siti Aminah"]
    assert page.evaluate(FOUND, [names, " "]) == []


@pytest.fixture
def listening(page):
    page.evaluate(
        """async () => {
          const { KeyboardScanner } = await import("/m/keyboard.js");
          const { looksLikeCode } = await import("/m/code.js");
          window.heard = [];
          new KeyboardScanner((text) => heard.push(text), looksLikeCode);
        }"""
    )
    return page


def strokes(page, text, gap_ms):
    """Type as a device does: with moments that the machine's load cannot change."""
    page.evaluate(
        """([text, gap]) => {
          let at = 1000;
          const target = document.activeElement;
          for (const key of [...text, "Enter"]) {
            const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
            Object.defineProperty(event, "timeStamp", { value: (at += gap) });
            if (target.dispatchEvent(event) && key !== "Enter" && "value" in target) {
              target.value += key;
            }
          }
        }""",
        [text, gap_ms],
    )


def test_a_scanner_is_heard_wherever_the_focus_is(listening):
    strokes(listening, "T0123456A", 8)
    listening.focus("input")
    listening.fill("input", "si")
    strokes(listening, "T0123456B", 25)

    assert listening.evaluate("heard") == ["T0123456A", "T0123456B"]
    assert listening.input_value("input") == "si"


def test_somebody_who_types_is_no_scanner(listening):
    listening.focus("input")
    strokes(listening, "siti aminah", 90)

    assert listening.evaluate("heard") == []
    assert listening.input_value("input") == "siti aminah"


def test_a_slow_scanner_is_known_by_its_code(listening):
    text = written()
    listening.focus("textarea")
    strokes(listening, text, 140)

    assert listening.evaluate("heard") == [text]
    assert listening.input_value("textarea") == ""


@pytest.fixture
def filmed(chromium, door, tmp_path):
    """A browser whose camera sees one code."""
    text = written()
    film = film_of(text, tmp_path / "code.y4m")
    flags = ("--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}")
    browser = chromium.browser_type.launch(executable_path=chromium_path(), args=[*FLAGS, *flags])
    yield browser, text
    browser.close()


FILM = """async () => {
  const { CameraScanner } = await import("/m/scanner.js");
  const seen = [];
  const video = document.querySelector("video");
  const camera = new CameraScanner(video, (text) => seen.push(text), { jsqr: "/m/jsqr.js" });
  try {
    await camera.start();
  } catch (error) {
    return error.code;
  }
  const end = Date.now() + 20_000;
  while (!seen.length && Date.now() < end) await new Promise((done) => setTimeout(done, 50));
  await new Promise((done) => setTimeout(done, 600));
  camera.stop();
  return seen;
}"""


def test_the_camera_reads_a_code_once_while_it_is_held_before_it(filmed, door):
    browser, text = filmed
    context = browser.new_context(base_url=door.address, permissions=["camera"])
    page = context.new_page()
    page.goto("/")

    assert page.evaluate("'BarcodeDetector' in window") is False
    assert page.evaluate(FILM) == [text]


def test_a_camera_that_is_refused_or_missing_is_said(page, filmed, door):
    browser, _text = filmed
    context = browser.new_context(base_url=door.address, permissions=[])
    refused = context.new_page()
    refused.goto("/")

    assert refused.evaluate(FILM) == "denied"
    assert page.evaluate(FILM) in {"none", "denied"}
