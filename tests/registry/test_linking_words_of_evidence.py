"""Every finding of the linkage has words, in English and in Indonesian."""

import pytest
from django.utils.translation import override

from jembol.methods.linkage.evidence import CATEGORIES
from jembol.registry.evidence_words import FIELDS, WORDS, strength_of

FOUND = [(field, category) for field, every in CATEGORIES.items() for category in every]


def test_every_category_of_every_field_has_words_and_no_other_has():
    assert set(WORDS) == set(FOUND)
    assert set(FIELDS) == set(CATEGORIES)


@pytest.mark.parametrize("found", FOUND)
def test_the_words_are_translated(found):
    with override("en"):
        english = str(WORDS[found])
    with override("id"):
        indonesian = str(WORDS[found])

    assert english
    assert indonesian
    assert indonesian != english


@pytest.mark.parametrize(
    ("bits", "words"),
    [(6, "strongly for"), (2, "for"), (0.4, "says little"), (-2, "against"),
     (-6, "strongly against")],
)  # fmt: skip
def test_the_strength_is_told_in_words(bits, words):
    with override("en"):
        assert str(strength_of(bits)) == words
