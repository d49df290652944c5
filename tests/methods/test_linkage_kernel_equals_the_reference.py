"""The compiled evidence is the plain one, for any two records."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jembol.methods.linkage import evidence
from jembol.methods.linkage.alike import are_alike, is_short_form, within_one, within_two
from jembol.methods.linkage.columns import columns_of_traits, frequencies_of, weighed
from jembol.methods.linkage.compare import rarity_of
from jembol.methods.linkage.evidence import SIZES, categories
from jembol.methods.linkage.kernel import pattern
from jembol.methods.linkage.tokens import packed
from jembol.methods.linkage.traits import traits_of
from jembol.methods.linkage.written import Written

NAMES = (
    "siti aminah", "siti amina", "aminah", "s. aminah", "sitiaminah", "aminah siti rahayu",
    "budi santoso", "budi", "santoso", "muhammad budi", "m. budi", "sulistyowati", "wati",
    "sulistiowati", "joko", "jokoo", "tri", "try handoko", "",
)  # fmt: skip
NIKS = (
    "3573056105840003", "3573056105840004", "3573056105840030", "3573056105480003",
    "3573056105840000", "357305610584003", "35730561058400033", "3573051205180004",
    "3576026105840003", "3573052205840003", "",
)  # fmt: skip
BIRTHS = ("1984-05-21", "1984-05-22", "1984-01-01", "1985-05-21", "1990-12-03", "1984-12-03", "")
PHONES = (
    "081334562210",
    "081334562211",
    "081334562201",
    "0341551234",
    "",
    "081334562210/0341551234",
)
HOMES = ("Jl. Melati No. 7 RT 2 RW 5", "Melati 7", "RT 2 RW 6", "Jl Mawar 9 RT 1 RW 5", "")
records = st.builds(
    Written,
    name=st.sampled_from(NAMES), nik=st.sampled_from(NIKS), born_on=st.sampled_from(BIRTHS),
    phone=st.sampled_from(PHONES), address=st.sampled_from(HOMES), sex=st.sampled_from("LP "),
    kelurahan=st.sampled_from(("Sukun", "Gadang", "")), kecamatan=st.sampled_from(("Sukun", "")),
    city=st.sampled_from(("Malang", "Mojokerto", "")),
    business=st.sampled_from(("Keripik Tempe Siti", "Tempe Siti", "Bengkel Joko", "")),
).map(traits_of)  # fmt: skip
words = st.text("abcdei", min_size=1, max_size=11)


@settings(max_examples=150, deadline=None)
@given(st.lists(records, min_size=2, max_size=8))
def test_every_pair_has_the_same_categories_both_ways(people):
    frequencies = frequencies_of(columns_of_traits(people))
    columns = weighed(columns_of_traits(people), frequencies)
    rarity = rarity_of(frequencies)

    for i, one in enumerate(people):
        for j, other in enumerate(people):
            plain = categories(one, other, rarity)
            compiled = np.unravel_index(pattern(columns, i, columns, j), SIZES)
            assert tuple(map(int, compiled)) == plain
            assert categories(other, one, rarity) == plain


@settings(max_examples=500, deadline=None)
@given(words, words)
def test_words_are_alike_in_both(one, other):
    left, right = np.uint64(packed(one)), np.uint64(packed(other))

    assert within_one(left, right) == evidence.is_within(one, other, 1)
    assert within_two(left, right) == evidence.is_within(one, other, 2)
    assert are_alike(left, right) == evidence.are_alike(one, other)
    assert is_short_form(left, right) == evidence.is_short_form(one, other)


@settings(max_examples=300, deadline=None)
@given(words, words)
def test_slips_are_counted_as_by_the_textbook(one, other):
    for slips in (1, 2):
        assert evidence.is_within(one, other, slips) == (_distance(one, other) <= slips)


def _distance(one, other):
    """Edits and swaps of neighbours, no part edited twice (Boytsov 2011, 2.2)."""
    rows = [[i + j if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            rows[i][j] = min(
                rows[i - 1][j] + 1, rows[i][j - 1] + 1,
                rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]),
            )  # fmt: skip
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]
