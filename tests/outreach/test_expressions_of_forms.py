"""The expressions of forms: read into trees once, worth the same wherever they are evaluated."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.outreach.rules.evaluation import Scope, evaluate, number, text
from jembol.outreach.rules.expressions import (
    FUNCTIONS,
    CannotRead,
    names_in,
    parse,
    without_slow_patterns,
    written,
)
from jembol.outreach.rules.patterns import PatternNotSupported, plain_pattern

SHARED = json.loads(Path(__file__).with_name("expressions.json").read_text())


def value_of(said):
    return float(said) if isinstance(said, int | float) else said


def worth(vector):
    answers = {name: value_of(said) for name, said in vector["answers"].items()}
    scope = Scope(lambda name: answers.get(name, ""), SHARED["today"], value_of(vector["own"]))
    return text(evaluate(parse(vector["expression"]), scope))


@pytest.mark.parametrize("vector", SHARED["vectors"], ids=lambda one: one["expression"][:40])
def test_an_expression_is_worth_what_the_shared_vectors_say(vector):
    assert worth(vector) == vector["gives"]


def test_every_function_stands_in_a_shared_vector():
    said = " ".join(vector["expression"] for vector in SHARED["vectors"])

    assert [name for name in FUNCTIONS if f"{name}(" not in said] == []


@pytest.mark.parametrize(
    ("said", "code", "word"),
    [
        ("once(1)", "function", "once()"),
        ("jr:choice-name(${a}, '${a}')", "function", "jr:choice-name()"),
        ("indexed-repeat(${a}, ${b}, 1)", "function", "indexed-repeat()"),
        ("regex(., '(a+)+')", "pattern", "(a+)+"),
        ("regex(., ${a})", "pattern", "regex()"),
        ("/data/a > 1", "expression", "/data/a > 1"),
        ("${a} >", "expression", "…"),
        ("(1", "expression", "…"),
        ("1 2", "expression", "2"),
        ("selected(${a})", "expression", "selected()"),
        ("", "expression", "…"),
        ("a | b", "expression", "| b"),
        ("(" * 50 + "1" + ")" * 50, "expression", "((((…"),
        ("1+" * 2000 + "1", "expression", "1+" * 20 + "…"),
        ("1" + "+1" * 100, "expression", "+ … + …"),
        ("9" * 400, "expression", "9" * 40 + "…"),
    ],
)
def test_what_is_not_supported_is_named(said, code, word):
    with pytest.raises(CannotRead) as refused:
        parse(said)

    assert (refused.value.code, refused.value.word) == (code, word)


def test_the_names_that_an_expression_asks_for_are_known():
    tree = parse("if(${a} > 1, concat(${b}, ../c), selected(${a}, 'x'))")

    assert names_in(tree) == {"a", "b", "c"}


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else(said):
    try:
        tree = parse(said)
    except CannotRead:
        return
    json.dumps(tree)


@given(st.floats())
def test_a_number_is_written_so_that_it_is_read_again(amount):
    written = text(amount)

    assert written == "" if not math.isfinite(amount) else number(written) == amount


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+", "(a|b)*", "(a*){2,}", "a*b*c*d*", r"(\d+)\1", "(?=a)a", "(?P<x>a)", "a++", "[a", "(a",
     "a)", r"\p{L}", "[[a]]", "a{,3}", "x" * 301, "a?" * 22 + "a" * 22, "(a?){22}a{22}",
     "a{0,99}" * 6 + "b", "(a|a)" * 24 + "b", "((((){999}){999}){999}){999}", "a?+", "a{3,2}"],
)  # fmt: skip
def test_a_pattern_that_could_run_for_ever_or_that_browsers_read_otherwise_is_refused(pattern):
    with pytest.raises(PatternNotSupported):
        plain_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "plain"),
    [
        (r"\d{3}", "[0-9]{3}"),
        (r"[\d\-]+", r"[0-9\-]+"),
        (r"a\-b", "a-b"),
        (r"(?:a|b)c", "(?:a|b)c"),
        (r"[+-]", r"[+\-]"),
        (r"(08|\+62|62)\d{8,11}", r"(?:08|\+62|62)[0-9]{8,11}"),
        ("[A-Z]{1,2} ?[0-9]{1,4} ?[A-Z]{0,3}", "[A-Z]{1,2} ?[0-9]{1,4} ?[A-Z]{0,3}"),
        ("[a-z.]+@[a-z]+[.][a-z]{2,}?", "[a-z.]+@[a-z]+[.][a-z]{2,}?"),
        (r"(\d{2}\.)+", r"(?:[0-9]{2}\.)+"),
    ],
)
def test_a_pattern_is_written_in_signs_that_all_read_alike(pattern, plain):
    assert plain_pattern(pattern) == plain
    assert plain_pattern(plain) == plain


def test_the_longest_chain_that_is_read_is_also_evaluated_and_written():
    tree = parse("1" + "+1" * 98)

    assert evaluate(tree, Scope(lambda _name: "", SHARED["today"])) == 99
    assert parse(written(tree)) == tree


def test_a_pattern_that_was_taken_in_under_an_older_rule_is_tried_no_more():
    slow = ["call", "regex", ["self"], ["s", "a?" * 22 + "a" * 22]]
    quick = ["call", "regex", ["self"], ["s", "a+"]]

    asked = without_slow_patterns({"items": [{"constraint": ["and", slow, quick]}]})

    assert asked == {"items": [{"constraint": ["and", ["call", "true"], quick]}]}
