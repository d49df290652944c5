"""The phone's check for people who are known already is the server's: one set of shared pairs."""

import copy
import json
from pathlib import Path

import pytest
from bench import phone
from fake_door import FakeDoor

from jembol.field import linkage_model

HERE = Path(__file__).parent
METHODS = HERE.parent / "methods"
PAIRS = json.loads((METHODS / "linkage_pairs.json").read_text("utf-8"))
VECTORS = json.loads((METHODS / "linkage_vectors.json").read_text("utf-8"))
MODEL = json.loads(linkage_model.FILE.read_text("utf-8"))
JUDGE = (HERE / "alike_judge.js").read_text("utf-8").partition("\n")[2].strip().rstrip(";")

OPEN = """async ([model, people, areas]) => {
  const { openAlike } = await import("/alike.js");
  window.alike = await openAlike(model, people, areas);
}"""
DINOYO = "3573051004000000"
AREAS = [
    ["3573000000000000", "Kota Malang", 2],
    ["3573050000000000", "Lowokwaru", 3],
    [DINOYO, "Dinoyo", 4],
]


@pytest.fixture
def bare_page(chromium):
    """A page that can import the phone's modules and has nothing else."""
    door = FakeDoor()
    page = chromium.new_page()
    page.goto(door.address)
    yield page
    page.close()
    door.close()


def judged(page, model):
    return page.evaluate(JUDGE, [model, PAIRS, VECTORS, 5])


def person(key, name, *, area=DINOYO, phone="", sex="", born="", address="", masked=""):
    return [key, f"P{key}", name, area, phone, sex, born, address, 1, 0, masked, "", []]


@pytest.fixture
def asked(bare_page):
    """Ask the phone who could be meant by what was typed."""

    def asked(people, added=(), areas=AREAS, **typed):
        bare_page.evaluate(OPEN, [MODEL, people, areas])
        for one in added:
            bare_page.evaluate("(one) => window.alike.add(one)", one)
        return bare_page.evaluate("(typed) => window.alike.candidates(typed)", typed)

    return asked


def test_the_phone_reads_compares_and_weighs_every_pair_as_the_server_does(bare_page):
    assert judged(bare_page, MODEL) == {"count": 0, "first": []}


def _without_a_family(model):
    del model["names"]["families"]["moch"]


def _without_a_title(model):
    model["text"]["front"].remove("drs")


def _without_a_sound(model):
    model["names"]["folds"] = model["names"]["folds"][1:]


def _with_another_weight(model):
    model["model"]["single"]["phone"]["equal"] += 0.1


def _without_a_word(model):
    del model["frequencies"]["words"]["siti"]


def _with_another_bound(model):
    model["evidence"]["like"][2] += 1


@pytest.mark.parametrize(
    "spoil",
    [
        _without_a_family, _without_a_title, _without_a_sound, _with_another_weight,
        _without_a_word, _with_another_bound,
    ],
)  # fmt: skip
def test_a_spoiled_rule_is_found(bare_page, spoil):
    model = copy.deepcopy(MODEL)
    spoil(model)

    assert judged(bare_page, model)["count"] > 0


def test_a_title_and_a_letter_do_not_hide_somebody(asked):
    people = [
        person(1, "Hj. Siti Maesaroh", phone="+6289900000001"),
        person(2, "Joko Susilo", phone="+6289900000002"),
    ]

    (found,) = asked(people, name="Siti Maesarah, S.E.", phone="0899 0000 0001", area=DINOYO)

    assert (found["pk"], found["strength"]) == (1, "possible")
    assert found["reasons"][0] == "same-phone-like-name"
    assert found["ref"] == {"key": 1}


def test_husband_and_wife_at_one_phone_and_house_are_two_people(asked):
    people = [
        person(
            1, "Joko Susilo", phone="+6289900000001", sex="L", born="1975-02-01",
            address="Jl. Melati 7 RT 2 RW 5",
        )
    ]  # fmt: skip

    found = asked(
        people, name="Siti Maesaroh", phone="089900000001", sex="P", born_on="1979-08-17",
        area=DINOYO, address="Jl. Melati 7 RT 2 RW 5",
    )  # fmt: skip

    assert found == []


def test_somebody_enrolled_on_this_phone_is_found_before_the_server_has_heard(asked):
    ref = {"made_by": "01JQ0000000000000000000000"}
    added = [
        {"ref": ref, "name": "Sulistyowati", "nik": "3573054908900005", "area": DINOYO, "rt": "4"}
    ]

    (found,) = asked([], added, name="Sulistiowati", nik="3573054908900005", area=DINOYO)

    assert (found["pk"], found["ref"]) == (0, ref)
    assert found["reasons"][0] == "same-nik-other-name"


def test_the_ends_of_a_nik_are_told_and_weigh_nothing(asked):
    known = {"name": "Siti Maesaroh", "phone": "+6289900000001"}
    typed = {"name": "Siti Maesaroh", "phone": "089900000001", "area": DINOYO}
    masked = "3573" + "•" * 8 + "0005"

    (without,) = asked([person(1, known["name"], phone=known["phone"])], **typed)
    (told,) = asked(
        [person(1, known["name"], phone=known["phone"], masked=masked)],
        **typed,
        nik="3573054908900005",
    )

    assert "same_nik_tail" in told["reasons"]
    assert "same_nik_tail" not in without["reasons"]
    assert told["probability"] == pytest.approx(without["probability"], abs=0.05)


def test_an_area_of_papua_keeps_its_last_digits(asked):
    jayapura = "9171011001002003"
    areas = [["9171011001000000", "Gurabesi", 4], [jayapura, "RT 03", 6]]

    (found,) = asked(
        [person(1, "Yohanna Wanggai", area=jayapura, born="1990-01-02")], areas=areas,
        name="Yohana Wanggai", area="9171011001000000", rt="3", rw="2", born_on="1990-01-02",
    )  # fmt: skip

    assert "place.rt" in found["reasons"]


@pytest.mark.parametrize("name", ["", "constructor", "__proto__", "a" * 5000, "\0'\"<b>", "١٢٣"])
def test_odd_texts_are_nobody(asked, name):
    assert asked([person(1, "Siti Maesaroh")], name=name, nik="x", phone="-", area="") == []


@pytest.mark.django_db(transaction=True)
def test_a_made_register_is_answered_as_by_the_server_but_for_the_nik(areas, bare_page):
    register = phone.made(people=400, known=80, new=30)
    said_by_server = phone.answers_of_server(register.held)
    carried = phone.carried()

    bare_page.evaluate(OPEN, [MODEL, carried["people"], carried["areas"]])
    asked = bare_page.evaluate(phone.ASK, [phone.typed(one) for one in register.held])
    said = phone.answers_of_phone(asked["answers"])

    assert phone.agreement(said, said_by_server) == 1
    assert [list(found) for found in said] == [list(found) for found in said_by_server]
    assert phone.recall(register.held, said) > 0.8
