"""Phones draw, judge and send the answers to a city's own form as the server does."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

import jembol.field
from form_sheets import sheets
from jembol.field.question_words import QUESTION_WORDS
from jembol.outreach.form_reading import read_form
from jembol.outreach.rules.expressions import parse
from jembol.outreach.rules.questions import FAULTS

STATIC = Path(jembol.field.__file__).parent / "static" / "field"
KIT = Path(jembol.field.__file__).parents[1] / "ui" / "static" / "ui"
VECTORS = Path(__file__).parents[1] / "outreach"
PICTURES = os.environ.get("JEMBOL_TEST_PICTURES")
ORIGIN = "http://formulir.invalid"
MODULES = "import * as {} from '" + ORIGIN + "/{}.js'; window.{} = {};"


@pytest.fixture
def words():
    return {key: str(text) for key, text in QUESTION_WORDS.items()}


@pytest.fixture
def page(chromium, words):
    """A page with the modules of the phone and nothing else; no server stands behind it."""
    page = chromium.new_page(viewport={"width": 360, "height": 800}, locale="id-ID")
    said = json.dumps(words)
    html = (
        f"<!doctype html><html lang=id><meta name=viewport content='width=device-width'>"
        f"<link rel=stylesheet href={ORIGIN}/vendor/pico.css>"
        f"<link rel=stylesheet href={ORIGIN}/jembol.css><script type=application/json id=words>"
        f"{said}</script><main class=container><form class=entry id=form></form></main></html>"
    )

    def answer(route):
        path = route.request.url.removeprefix(ORIGIN).lstrip("/")
        folder = KIT if path.endswith(".css") else STATIC
        kind = "text/css" if path.endswith(".css") else "text/javascript"
        body = (folder / path).read_text() if path else html
        route.fulfill(body=body, content_type=kind if path else "text/html")

    page.route("**/*", answer)
    page.goto(ORIGIN)
    yield page
    page.close()


@pytest.fixture
def load(page):
    def loaded(*names):
        for name in names:
            page.add_script_tag(type="module", content=MODULES.format(name, name, name, name))
            page.wait_for_function(f"window.{name}")
        return page

    return loaded


@pytest.fixture(scope="module")
def form():
    return read_form(sheets(), name="x").content


def test_every_shared_expression_is_worth_the_same_in_a_browser(load):
    shared = json.loads((VECTORS / "expressions.json").read_text())
    trees = [{**one, "tree": parse(one["expression"])} for one in shared["vectors"]]

    found = load("expressions").evaluate(
        """([vectors, today]) => vectors.map(({tree, answers, own}) =>
            expressions.text(expressions.evaluate(
                tree, {answer: (name) => answers[name] ?? "", today, own})))""",
        [trees, shared["today"]],
    )

    said = [one["expression"] for one in trees]
    expected = [one["gives"] for one in trees]
    assert dict(zip(said, found, strict=True)) == dict(zip(said, expected, strict=True))


def test_every_shared_answer_is_judged_the_same_in_a_browser(load, form):
    vectors = json.loads((VECTORS / "answers.json").read_text())

    found = load("answers").evaluate(
        """([form, vectors, today]) => vectors.map(({sent, position}) =>
            new answers.Answers(form, sent, {today, position}).read())""",
        [form, vectors, date(2026, 3, 2).isoformat()],
    )

    for vector, read in zip(vectors, found, strict=True):
        assert read == {"values": vector["values"], "errors": vector["faults"]}, vector["why"]


def drawn(load, form, values=None, width=360):
    page = load("questions")
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(
        "([form, values, around]) => {window.form = form;"
        "questions.drawQuestions(document.querySelector('#form'), form, values, around)}",
        [form, values or {}, {"today": "2026-03-02"}],
    )
    return page


def read(page):
    return page.evaluate("questions.readQuestions(document.querySelector('#form'), window.form)")


def test_questions_appear_when_they_are_asked_and_are_read_in_their_types(load, form):
    page = drawn(load, form)
    assert not page.is_visible("[data-name=upah]")

    page.fill("[name=nama_usaha]", "Dapur Melati")
    page.fill("[name=pekerja]", "3")
    page.fill("[name=upah]", "50000")
    page.check("[data-name=alat] input[value=oven]")

    assert read(page)["values"] == {
        "nama_usaha": "Dapur Melati", "pekerja": 3, "upah": 50000, "sektor": "makanan",
        "alat": ["oven"],
    }  # fmt: skip
    assert "Terima kasih, Dapur Melati" in page.inner_text("#form")
    assert page.is_hidden("[data-name=alat] input[value=mesin_jahit]")
    page.evaluate("questions.tellVisit(document.querySelector('#form'), {position: {lat: 1}})")
    assert read(page)["errors"] == {}


def test_what_does_not_fit_is_told_beside_its_field_in_the_words_of_the_form(load, form, words):
    page = drawn(load, form)

    page.fill("[name=pekerja]", "99")

    assert page.inner_text("[data-name=pekerja] .errorlist") == "Antara 0 dan 50"
    assert not page.is_visible("[data-name=nama_usaha] .errorlist")
    assert read(page)["errors"]["nama_usaha"] == words["question-required"]
    assert page.is_visible("[data-name=nama_usaha] .errorlist")


def test_hostile_words_of_a_form_are_shown_and_never_run(load):
    bad = "<img src=x onerror=window.hurt=1>"
    form = {"form": "x", "languages": ["id"], "items": [
        {"name": "a", "type": "text", "label": {"id": bad}, "hint": {"id": bad}},
        {"name": "b", "type": "select_one", "label": {"id": bad},
         "choices": [{"name": bad, "label": {"id": bad}}]},
    ]}  # fmt: skip

    page = drawn(load, form)

    assert bad in page.inner_text("[data-name=a] label")
    assert page.evaluate("window.hurt ?? 0") == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_the_questions_fit_the_page(load, form, width):
    page = drawn(load, form, {"nama_usaha": "Dapur Melati", "pekerja": "99"}, width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"questions-{width}.png", full_page=True)


def test_every_fault_that_a_phone_can_find_has_its_words(words):
    told = {key.removeprefix("question-") for key in words}

    # The others are found by the server alone.
    assert set(FAULTS) - told == {"not-relevant", "not-a-text", "not-asked"}
