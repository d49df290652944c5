"""What is published is enough to draw again, and what was tampered with is found."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lots import SECRET, entries, quotas

from jembol.methods.draw.entries import Entry, NotALottery, Quota
from jembol.methods.draw.lottery import draw
from jembol.methods.draw.order import commitment
from jembol.methods.draw.published import (
    Difference,
    Rule,
    differences,
    drawn_by,
    drawn_text,
    entries_from,
    entries_text,
    rule_from,
    rule_text,
)

GROUP = Entry("G1", 3, {"women": 2, "kecamatan:A": 3})


@settings(max_examples=60, deadline=None)
@given(entries(20), st.integers(0, 12), quotas())
def test_a_stranger_gets_the_same_list_from_the_files(found, seats, rule):
    published = Rule("K1", seats, tuple(rule), commitment(SECRET))
    theirs = drawn_text(found, draw(found, seats, rule, SECRET, "K1"))

    read = entries_from(entries_text(found))
    ours = drawn_text(read, drawn_by(rule_from(rule_text(published)), read, SECRET))

    assert ours == theirs
    assert differences(theirs.replace("\n", "\r\n"), ours) == []


def test_entries_are_written_by_id_and_read_back():
    text = entries_text([GROUP, Entry.person("A1", ["women"])])

    assert text == "entry,size,categories\nA1,1,women\nG1,3,kecamatan:A;women=2\n"
    assert entries_from("\ufeff" + text) == [Entry.person("A1", ["women"]), GROUP]


def test_a_changed_line_is_named():
    text = drawn_text([GROUP], draw([GROUP], 3, [], SECRET, "K1"))
    tampered = text.replace("placed", "waiting")

    (found,) = differences(tampered, text)
    assert (found.line, "waiting" in found.published, "placed" in found.drawn) == (2, True, True)
    assert differences("a\n", "a\nb\n") == [Difference(2, None, "b")]


def test_another_secret_than_the_promised_one_is_refused():
    rule = Rule("K1", 1, (), commitment(SECRET))

    with pytest.raises(NotALottery, match="does not fit the published commitment"):
        drawn_by(rule, [], "another")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,size\n", "first line"),
        ("entry,size,categories\nA,1\n", "line 2: 2 cells"),
        ("entry,size,categories\nA,one,\n", "line 2, column size: 'one'"),
        ("entry,size,categories\nA,2,x=y\n", "line 2, column categories: 'x=y'"),
        ("entry,size,categories\nA,2,x;x\n", "column categories: 'x'"),
    ],
)
def test_entries_that_cannot_be_read_are_refused_by_line_and_column(text, told):
    with pytest.raises(NotALottery, match=told):
        entries_from(text)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": "x"}, "format"),
        ({"seats": "12"}, "field seats"),
        ({"seats": True}, "field seats"),
        ({"seats": -1}, "seats is -1"),
        ({"label": None}, "field label"),
        ({"quotas": {}}, "field quotas"),
        ({"quotas": ["women"]}, "quota 1"),
        ({"quotas": [{"category": "women", "at_least": 1.5}]}, "'women'"),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_by_its_field(change, told):
    known = json.loads(rule_text(Rule("K1", 3, (Quota("women", 1),), commitment(SECRET))))

    with pytest.raises(NotALottery, match=told):
        rule_from(json.dumps({**known, **change}))


def test_a_category_that_could_be_read_in_two_ways_is_not_written():
    with pytest.raises(NotALottery, match="leave out"):
        entries_text([Entry.person("A", ["a;b"])])
