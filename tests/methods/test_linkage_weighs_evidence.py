"""The model: sums that add up, a share that is found, verdicts that move it within bounds."""

import json

import numpy as np
import pytest

from jembol.methods.linkage.columns import Columns, columns_of_packed, columns_of_traits
from jembol.methods.linkage.compare import shipped
from jembol.methods.linkage.evidence import CATEGORIES, FIELDS, SIZES
from jembol.methods.linkage.kernel import PATTERNS
from jembol.methods.linkage.model import MOST_SHARPENING, Model
from jembol.methods.linkage.traits import traits_of
from jembol.methods.linkage.written import Written


def test_the_parts_and_the_start_add_up_to_the_log_odds_of_the_table():
    model = Model.shipped()
    scores = model.scores
    dice = np.random.default_rng(1)

    for number in dice.integers(0, PATTERNS, 300):
        categories = [int(at) for at in np.unravel_index(number, SIZES)]
        told = model.explained(categories)
        assert told.log_odds == pytest.approx(float(scores[number]), abs=0.02)
        if abs(told.log_odds) < 39:
            assert told.start + sum(part.bits for part in told.parts) == pytest.approx(
                told.log_odds, abs=0.02
            )


def test_a_missing_field_weighs_nothing():
    told = Model.shipped().explained([0] * len(FIELDS))

    assert [part.bits for part in told.parts] == [0] * len(FIELDS)


def test_a_model_is_the_same_after_json():
    model = Model.shipped()
    again = Model.from_json(json.loads(json.dumps(model.to_json())))

    assert (again.scores == model.scores).all()


def test_a_model_of_other_categories_is_refused():
    values = Model.shipped().to_json()
    del values["single"]["name"]

    with pytest.raises(ValueError, match="learn it again"):
        Model.from_json(values)


@pytest.mark.parametrize("share", [0.01, 0.06, 0.3])
def test_the_share_of_matches_is_found_without_labels(share):
    # Pairs drawn as the model says they come, with another share of matches.
    model = Model.shipped()
    dice = np.random.default_rng(7)
    odds = model.scores.astype(float) * np.log(2)
    patterns = dice.integers(0, PATTERNS, 60_000)
    chances = 1 / (1 + np.exp(-odds[patterns]))
    matches = patterns[dice.random(len(patterns)) < chances]
    others = patterns[dice.random(len(patterns)) > chances]
    size = 4_000
    drawn = np.concatenate(
        [dice.choice(matches, int(size * share)), dice.choice(others, int(size * (1 - share)))]
    )
    base = len(matches) / (len(matches) + len(others))
    as_drawn = Model(model.start, base, model.single, model.double, model.join)

    moved = as_drawn.shifted_to(np.bincount(drawn, minlength=PATTERNS))

    found = 1 / (1 + np.exp(-(np.log(base / (1 - base)) + moved.shift * np.log(2))))
    assert found == pytest.approx(share, rel=0.25)


def test_verdicts_sharpen_a_weight_within_its_bound():
    model = Model.shipped()
    place = FIELDS.index("phone")
    judged = [0] * len(FIELDS)
    judged[0], judged[place] = (
        CATEGORIES["name"].index("like-3"),
        CATEGORIES["phone"].index("equal"),
    )
    rows = np.array([judged] * 200)

    never = model.sharpened(rows, np.zeros(200, bool))
    always = model.sharpened(rows, np.ones(200, bool))

    before = model.explained(judged).log_odds
    assert never.explained(judged).log_odds < before < always.explained(judged).log_odds
    for moved in (never, always):
        assert max(np.abs(row).max() for row in moved.sharpening) <= MOST_SHARPENING
    assert (always.sharpened(rows[:0], np.zeros(0, bool)).scores == model.scores).all()


def test_the_strongest_words_are_the_rare_ones():
    comparer = shipped()

    def bits(name):
        one = traits_of(Written(name=name, kelurahan="Sukun"))
        return comparer.evidence(one, one).log_odds

    assert bits("Wigatiningsih") > bits("Siti") + 1


def test_compiled_and_plain_comparison_agree(monkeypatch):
    comparer = shipped()
    one = traits_of(Written(name="Siti Aminah", phone="081334562210", kelurahan="Sukun"))
    others = [
        traits_of(Written(name=name, phone="081334562210")) for name in ("Siti Amina", "Joko")
    ]
    from jembol.methods.linkage import compare

    monkeypatch.setitem(compare._state, "is_warm", False)
    plain = comparer.log_odds(one, others)
    monkeypatch.setitem(compare._state, "is_warm", True)

    assert comparer.log_odds(one, others) == pytest.approx(plain, abs=1e-4)
    assert plain[0] > plain[1]


def test_columns_of_packed_records_are_those_of_the_records():
    people = [
        traits_of(
            Written(
                name="Siti Aminah", nik="3573056105840003", phone="081334562210", kelurahan="Sukun",
                address="Jl. Melati 7 RT 2 RW 5", business="Keripik Siti",
            )
        ),
        traits_of(Written()),
    ]  # fmt: skip

    packed = columns_of_packed([one.pack() for one in people])

    for name, one, other in zip(Columns._fields, packed, columns_of_traits(people), strict=True):
        assert (one == other).all(), name
        assert one.dtype == other.dtype, name
