"""Whatever of an XLSForm is not asked on a visit is told by sheet, row and value."""

import pytest

from form_sheets import CHOICES, HEAD, SETTINGS, row, sheets
from jembol.outreach import form_reading
from jembol.outreach.errors import FormUnreadable
from jembol.outreach.form_reading import language_code, read_form
from jembol.outreach.form_words import EFFECTS, GAPS
from jembol.outreach.rules.expressions import parse, written
from jembol.outreach.rules.questions import walk

A = row("text", "a", "A")


def read(*rows, **more):
    return read_form(sheets(*rows, **more), name="berkas")


def gaps(*rows, **more):
    return [
        (gap["row"], gap["column"], gap["code"], gap["effect"], gap["word"])
        for gap in read(*rows, **more).report
    ]


def items(*rows, **more):
    return {item["name"]: item for item, _above in walk(read(*rows, **more).content["items"])}


def nested(count):
    return [row("begin group", f"g{number}", "G") for number in range(count)]


def test_the_whole_form_of_the_tests_is_taken_over():
    form = read_form(sheets(), name="x")

    assert (form.key, form.title, form.report) == ("usaha-rumah", "Usaha rumahan", [])
    assert form.content["languages"] == ["id", "en"]


@pytest.mark.parametrize(
    ("cells", "gap"),
    [
        (row("range", "b", "B"), ("type", "type", "left_out", "")),
        (row("rank sektor", "b", "B"), ("type", "type", "left_out", "")),
        (row("audio", "b", "B"), ("type", "type", "left_out", "")),
        (row("start", "b"), ("type", "metadata", "known", "")),
        (row("deviceid", "b"), ("type", "metadata", "known", "")),
        (row("text", "b", "B", relevant="once(${a}) = 'x'"),
         ("relevant", "function", "without", "once()")),
        (row("text", "b", "B", constraint="regex(., '(a+)+')"),
         ("constraint", "pattern", "without", "(a+)+")),
        (row("text", "b", "B", relevant="/data/a = 'x'"),
         ("relevant", "expression", "without", "/data/a = 'x'")),
        (row("text", "b", "B", relevant="umur > 1"),
         ("relevant", "expression", "without", "umur")),
        (row("calculate", "b", calculation="uuid()"),
         ("calculate", "function", "left_out", "uuid()")),
        (row("text", "b", "B", appearance="numbers"),
         ("appearance", "appearance", "without", "numbers")),
        (row("date", "b", "B", default="now()"), ("default", "function", "without", "now()")),
        (row("text", "b", "B", relevant="${b} = ''"), ("relevant", "ring", "without", "b")),
    ],
)  # fmt: skip
def test_a_part_that_is_not_supported_is_told_with_its_row(cells, gap):
    assert gaps(A, cells) == [(3, *gap)]


def test_a_repeating_group_is_asked_once_and_told():
    rows = [row("begin repeat", "anak", "Anak"), row("text", "nama", "Nama"), row("end repeat")]

    assert gaps(A, *rows) == [(3, "type", "repeat", "without", "")]
    assert {"anak", "nama"} <= items(A, *rows).keys()


def test_what_asks_for_a_question_that_is_left_out_is_told_too():
    rows = [row("range", "b", "B"), row("text", "c", "C ${b}", relevant="${b} > 1"),
            row("calculate", "d", calculation="${b} + 1"),
            row("text", "e", "E", relevant="${d} > 1")]  # fmt: skip

    assert gaps(A, *rows) == [
        (3, "type", "type", "left_out", ""),
        (4, "relevant", "reference", "without", "b"),
        (4, "label", "reference", "without", "b"),
        (5, "calculate", "reference", "left_out", "b"),
        (6, "relevant", "reference", "without", "d"),
    ]


def test_two_questions_that_wait_for_each_other_are_told():
    rows = [
        row("text", "b", "B", relevant="${c} = ''"),
        row("text", "c", "C", relevant="${b} = ''"),
    ]

    assert gaps(A, *rows) == [(3, "relevant", "ring", "without", "b")]


def chain(count):
    return [row("text", f"b{number}", "B", relevant=f"${{b{number - 1}}} != ''" if number else "")
            for number in range(count)]  # fmt: skip


def test_finding_rings_reads_each_expression_a_few_times_however_many_there_are(monkeypatch):
    calls, needs_of = [], form_reading.needs_of
    monkeypatch.setattr(
        form_reading, "needs_of", lambda *place: calls.append(place) or needs_of(*place)
    )

    assert gaps(*chain(300)) == []

    assert len(calls) == 300


def test_a_form_that_is_too_long_is_refused_before_its_questions_are_compared(monkeypatch):
    monkeypatch.setattr(form_reading, "needs_of", None)
    monkeypatch.setattr(form_reading, "names_in", None)

    with pytest.raises(FormUnreadable, match="501"):
        read(*chain(501))


def test_what_cannot_be_counted_or_is_too_deep_is_told_with_its_row():
    rows = [
        row("calculate", "b", calculation="+".join(["1"] * 999)),
        row("calculate", "c", calculation="9" * 400),
    ]

    assert [(at, code, effect) for at, _column, code, effect, _word in gaps(A, *rows)] == [
        (3, "expression", "left_out"),
        (4, "expression", "left_out"),
    ]


def test_one_name_in_two_groups_is_told():
    group = [row("begin group", "g", "G"), row("text", "a", "A2"), row("end group")]

    assert gaps(A, *group) == [(4, "name", "name", "left_out", "")]


def test_columns_that_nobody_reads_are_told_with_their_value():
    head = [*HEAD, "media::image", "bind::odk:length", "trigger", "parameters"]
    cells = [*row("text", "b", "B"), "foto.png", "10", "${a}", "rows=3"]

    report = read_form({**sheets(A), "survey": [head, A, cells]}, name="x").report

    assert {(gap["row"], gap["column"], gap["value"], gap["code"]) for gap in report} == {
        (3, "media", "image: foto.png", "column"), (3, "odk:length", "10", "column"),
        (3, "trigger", "a", "column"), (3, "rows", "3", "column"),
        (3, "parameters", "rows=3", "column"),
    }  # fmt: skip


def test_every_word_of_the_report_is_known():
    codes = {"type", "repeat", "list", "function", "pattern", "expression", "reference", "ring",
             "name", "appearance", "column", "metadata"}  # fmt: skip

    assert (GAPS.keys(), EFFECTS.keys()) == (codes, {"left_out", "without", "known"})


def test_rows_are_counted_as_the_spreadsheet_counts_them():
    assert gaps(A, [], [], row("range", "b", "B"))[0][0] == 5


def test_or_other_asks_for_the_other_in_the_languages_of_the_form():
    found = items(A, row("select_one sektor or_other", "b", "B"))

    assert found["b"]["choices"][-1]["label"] == {"id": "Lainnya", "en": "Other"}
    assert found["b_other"]["label"]["id"] == "Sebutkan."
    assert written(found["b_other"]["relevant"]) == "selected(${b}, 'other')"


def test_texts_without_a_language_are_in_the_forms_own():
    head = ["type", "name", "label", "hint"]
    form = read_form({"survey": [head, ["text", "a", "Nama", "Lengkap"]]}, name="x")

    assert form.content["items"][0]["label"] == {"id": "Nama"}
    assert (form.key, form.content["languages"]) == ("x", ["id"])


@pytest.mark.parametrize(
    ("heading", "code"),
    [("English (en)", "en"), ("Bahasa Indonesia", "id"), ("Basa Jawa (jv)", "jv"),
     ("Indonesian", "id"), ("Bugis", "bugis"), ("", "id")],
)  # fmt: skip
def test_languages_are_known_by_their_codes_or_names(heading, code):
    assert language_code(heading) == code


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"survey": []}, "survey"),
        ({"lembar1": [["type", "name"], ["text", "a"]]}, "survey"),
        (sheets(row("select_one warna", "b", "B")), "Row 2"),
        (sheets(row("begin group", "g", "G"), A), "g"),
        (sheets(row("text", "2 b", "B")), "Row 2"),
        (sheets(A, row("text", "b", "${tidak_ada}")), "Row 3"),
        (sheets(row("note", "b", "B")), "question"),
        (sheets(row("range", "b", "B")), "question"),
        (sheets(row("", "b", "B")), "Row 2"),
        (sheets(*[row("text", f"b{n}", "B") for n in range(501)]), "501"),
        (sheets(*nested(21), A, *[row("end group")] * 21), "20 groups"),
        (sheets(*nested(900), A, *[row("end group")] * 900), "groups|Recursion"),
        (sheets(A, settings=[["form_id"], ["???"]]), "form_id"),
        (sheets(row("select_one sektor", "b", "B"), choices=[["list_name"], ["sektor"]]), "name"),
    ],
)  # fmt: skip
def test_a_workbook_that_is_no_form_is_refused_with_the_place(given, words):
    with pytest.raises(FormUnreadable, match=words):
        read_form(given, name="x")


def test_the_settings_of_other_programs_do_no_harm():
    settings = [[*SETTINGS[0], "version", "style", "public_key"],
                [*SETTINGS[1], "2026", "pages", "x"]]  # fmt: skip

    assert read(A, settings=settings, choices=CHOICES).report == []


@pytest.mark.parametrize(
    "said",
    ["${a} > 1 and (${b} = 'x' or not(selected(., 'y')))", "-${a} + 2.5", "(${a} + 1) * 2",
     "if(${a} = '', 1, 2)"],
)  # fmt: skip
def test_an_expression_is_shown_as_it_was_written(said):
    assert written(parse(said)) == said
