"""The tables by which the phone compares are those of the rules, small, and not written twice."""

import gzip
import json
import re

import pytest

from jembol.field import alike_words, linkage_model
from jembol.methods.linkage.evidence import CATEGORIES, FIELDS
from jembol.methods.linkage.portable import _WORD as WORD
from jembol.methods.linkage.portable import pattern_of, plain

SMALL = 40_000


def test_the_file_is_what_the_rules_say():
    told = linkage_model.text()

    assert linkage_model.FILE.read_text("utf-8") == told, "run python tools/linkage_model.py"


def test_a_changed_table_makes_the_file_stale(monkeypatch):
    monkeypatch.setattr(linkage_model.link_keys, "TABLES", {"cap": 151})

    assert linkage_model.FILE.read_text("utf-8") != linkage_model.text()


def test_the_file_is_small_on_the_wire():
    assert len(gzip.compress(linkage_model.FILE.read_bytes(), 9)) <= SMALL


def test_no_script_writes_a_title_or_a_family_of_names_again():
    scripts = linkage_model.FILE.parent.glob("alike*.js")
    written = "\n".join(path.read_text("utf-8") for path in scripts)

    for word in ("muhamad", "mochamad", "almarhum", "binti", "spdi", "nopember", "perumnas"):
        assert word in linkage_model.text()
        assert word not in written


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (re.compile(r"a{,3}(?P<rest>\d)"), {"pattern": r"a{0,3}(?<rest>\d)", "flags": ""}),
        (re.compile("x", re.IGNORECASE), {"pattern": "x", "flags": "i"}),
        (re.compile(r"\W\."), {"pattern": rf"[^{WORD}]\.", "flags": ""}),
    ],
)
def test_patterns_become_those_of_the_browser(written, told):
    assert pattern_of(written) == told


def test_a_pattern_that_cannot_be_said_there_is_refused():
    with pytest.raises(ValueError, match="write it as alternatives"):
        pattern_of(re.compile(r"[\W_]+"))


def test_sets_stand_in_order():
    assert plain({"words": frozenset({"b", "a"})}) == {"words": ["a", "b"]}


def test_every_code_has_its_words():
    words = alike_words.words()

    for field in FIELDS:
        for category in CATEGORIES[field]:
            assert str(words[f"{field}.{category}"])
    for reason in json.loads(linkage_model.text())["matching"]["covered"]:
        assert str(words[reason])
    assert set(alike_words.REMARKS) <= set(words)
