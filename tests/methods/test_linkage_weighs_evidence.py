"""The model: sums that add up, a share that is found, verdicts that move it within bounds."""

import json
from dataclasses import replace

import numpy as np
import pytest

from jembol.methods.linkage.columns import (
    Columns,
    Frequencies,
    columns_of_packed,
    columns_of_traits,
)
from jembol.methods.linkage.compare import Comparer, shipped
from jembol.methods.linkage.evidence import CATEGORIES, FIELDS, SIZES
from jembol.methods.linkage.kernel import PATTERNS
from jembol.methods.linkage.model import MOST_SHARPENING, Model
from jembol.methods.linkage.shares import Shares
from jembol.methods.linkage.traits import traits_of
from jembol.methods.linkage.written import Written


def probabilities(bits):
    return 1 / (1 + np.exp2(-np.asarray(bits, float)))


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


def test_single_patterns_weigh_what_the_table_says():
    model = Model.shipped()
    patterns = np.random.default_rng(3).integers(0, PATTERNS, 500)

    assert model.person.at(patterns) == pytest.approx(
        model.person.table().ravel()[patterns], abs=1e-3
    )


def test_a_missing_field_weighs_nothing():
    told = Model.shipped().explained([0] * len(FIELDS))

    assert [part.bits for part in told.parts] == [0] * len(FIELDS)


def test_a_model_is_the_same_after_json():
    model = Model.shipped().holding(Shares(0.3, 0.2))
    again = Model.from_json(json.loads(json.dumps(model.to_json())))

    assert (again.scores == model.scores).all()


def test_a_model_of_other_categories_is_refused():
    values = Model.shipped().to_json()
    del values["single"]["name"]

    with pytest.raises(ValueError, match="learn it again"):
        Model.from_json(values)


@pytest.mark.parametrize(
    "drawn", [Shares(0.01, 0.1), Shares(0.06, 0.03), Shares(0.3, 0.2), Shares(0.05, 0.0)]
)
def test_the_shares_of_kinds_are_found_without_labels(drawn):
    # Pairs drawn as the model says they come, with other shares of the three kinds.
    model = Model.shipped()
    dice = np.random.default_rng(7)
    patterns = dice.integers(0, PATTERNS, 120_000)
    person = probabilities(model.scores[patterns])
    household = probabilities(model.household.table().ravel()[patterns])
    is_person = dice.random(len(patterns)) < person
    is_kin = ~is_person & (dice.random(len(patterns)) < household)
    size = 6_000
    pairs = np.concatenate(
        [
            dice.choice(patterns[kind], int(size * share))
            for kind, share in (
                (is_person, drawn.person),
                (is_kin, drawn.household),
                (~is_person & ~is_kin, drawn.strangers),
            )
        ]
    )
    as_drawn = replace(model, learned=Shares(float(is_person.mean()), float(is_kin.mean())))

    here = as_drawn.of_register(np.bincount(pairs, minlength=PATTERNS)).here

    assert here.person == pytest.approx(drawn.person, rel=0.25, abs=0.005)
    assert here.household == pytest.approx(drawn.household, rel=0.25, abs=0.01)


def test_few_strangers_do_not_make_relatives_one_person():
    # One house, one telephone, one family name: as in a list of a few hundred people.
    one, other = (
        traits_of(
            Written(
                name=f"{name} Wigatiningsih", phone="081334562210", kelurahan="Sukun", rt="2",
                rw="5", address="Jl. Melati 7",
            )
        )
        for name in ("Rini", "Rina")
    )  # fmt: skip
    strangers = [
        traits_of(Written(name=name, kelurahan="Sukun")) for name in ("Sri Rahayu", "Sri Wahyuni")
    ]
    model, frequencies = Model.shipped(), Frequencies.shipped()
    small = model.holding(Shares(0.3, 0.2))

    def gained(pair):
        before, after = (
            Comparer(each, frequencies).evidence(*pair).log_odds for each in (model, small)
        )
        return after - before

    prior = np.log2(0.3 / 0.7) - np.log2(model.learned.person / (1 - model.learned.person))
    assert gained((one, other)) < prior - 1
    assert gained(strangers) > prior - 0.1


def test_the_start_of_an_explanation_holds_what_the_shares_add():
    model = Model.shipped().holding(Shares(0.3, 0.2))
    scores = model.scores
    for number in np.random.default_rng(2).integers(0, PATTERNS, 300):
        categories = [int(at) for at in np.unravel_index(number, SIZES)]
        told = model.explained(categories)
        assert told.log_odds == pytest.approx(float(scores[number]), abs=0.02)


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
