"""What always holds of groups: order, threshold, strangers, decisions."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jembol.methods.linkage.columns import Frequencies
from jembol.methods.linkage.link import link
from jembol.methods.linkage.model import Model
from jembol.methods.linkage.traits import traits_of
from jembol.methods.linkage.written import Written

# Name, NIK, date of birth and telephone.
PEOPLE = (
    ("Siti Aminah", "3573056105840003", "1984-05-21", "081334562210"),
    ("Wigatiningsih", "3573054208790002", "1979-08-02", "081555223344"),
    ("Joko Santoso", "3573051203810001", "1981-03-12", "081334562210"),
    ("Sri Wahyuni", "", "", ""),
    ("Siti", "", "", ""),
    ("Muhammad Rizal", "3573051203990001", "1999-03-12", "0857111222"),
    ("Muhammad Rizki", "3573051203990002", "1999-03-12", "0857111222"),
)
HOMES = (
    {"kelurahan": "Sukun", "rt": "2", "rw": "5"},
    {"kelurahan": "Sukun"},
    {"kelurahan": "Gadang"},
    {},
)


def rows(seed, count=60):
    """Return the texts of records: each person in several forms."""
    dice = random.Random(seed)
    made = []
    for _row in range(count):
        told = zip(("name", "nik", "born_on", "phone"), dice.choice(PEOPLE), strict=True)
        person, home = dict(told), dice.choice(HOMES)
        if dice.random() < 0.3:
            person["name"] = person["name"].upper().replace("H", "")
        for field in ("nik", "born_on", "phone"):
            if dice.random() < 0.4:
                person[field] = ""
        made.append(traits_of(Written(**person, **home)))
    return made


def linked(records, ids, **options):
    return link(records, ids, model=Model.shipped(), frequencies=Frequencies.shipped(), **options)


def groups(ids, clusters):
    found = {}
    for name, cluster in zip(ids, clusters, strict=True):
        found.setdefault(int(cluster), set()).add(name)
    return {frozenset(group) for group in found.values()}


def names(count):
    return [f"r{place:03}" for place in range(count)]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_records_changes_nothing(seed):
    records, ids = rows(seed), names(60)
    shuffled = list(range(60))
    random.Random(seed + 1).shuffle(shuffled)

    before = link(records, ids)
    after = link([records[i] for i in shuffled], [ids[i] for i in shuffled])

    assert groups(ids, before.clusters) == groups([ids[i] for i in shuffled], after.clusters)
    assert before.model.here == pytest.approx(after.model.here)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_a_higher_threshold_never_links_more(seed, one, other):
    records, ids = rows(seed), names(60)
    low, high = sorted((one, other))

    few = groups(ids, linked(records, ids, threshold=high).clusters)
    many = groups(ids, linked(records, ids, threshold=low).clusters)

    assert all(any(small <= large for large in many) for small in few)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_a_stranger_moves_nobody(seed):
    records, ids = rows(seed), names(60)
    stranger = traits_of(
        Written(
            name="Zebaoth Kwarteng", nik="9101012203750009", born_on="1975-03-22", city="Jayapura"
        )
    )

    before = groups(ids, linked(records, ids).clusters)
    after = groups([*ids, "zz"], linked([*records, stranger], [*ids, "zz"]).clusters)

    assert after == before | {frozenset({"zz"})}


def test_without_frequencies_of_its_own_a_stranger_can_move_somebody():
    # The control: what is learned from the records themselves is moved by each of them.
    records, ids = rows(3), names(60)
    stranger = traits_of(Written(name="Siti Aminah"))

    before = link(records, ids)
    after = link([*records, stranger], [*ids, "zz"])

    assert before.frequencies.word_bits.tolist() != after.frequencies.word_bits.tolist()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_decisions_win_over_all_evidence(seed, data):
    records, ids = rows(seed), names(60)
    pairs = st.tuples(st.integers(0, 59), st.integers(0, 59)).filter(
        lambda pair: pair[0] != pair[1]
    )
    apart = data.draw(st.lists(pairs, max_size=6))
    together = data.draw(pairs)

    found = linked(records, ids, must=[together], cannot=apart).clusters

    assert all(found[left] != found[right] for left, right in apart)
    if {*together} not in [{*pair} for pair in apart] and not apart:
        assert found[together[0]] == found[together[1]]


def test_one_weak_link_does_not_chain_two_people():
    first = {"name": "Siti Aminah", "nik": "3573056105840003", "born_on": "1984-05-21"}
    second = {"name": "Joko Santoso", "nik": "3573051203810001", "born_on": "1981-03-12"}
    # A hurried officer wrote her number beside his name.
    wrong = {"name": "Joko Santoso", "nik": "3573056105840003", "born_on": "1981-03-12"}
    records = [
        traits_of(Written(**row)) for row in (first, first, first, second, second, second, wrong)
    ]

    found = linked(records, names(7)).clusters

    assert found[0] == found[1] == found[2]
    assert found[3] == found[4] == found[5]
    assert found[0] != found[3]


def test_spouses_at_one_telephone_and_twins_stay_two():
    wife = {"name": "Siti Aminah", "sex": "P", "born_on": "1984-05-21", "phone": "081334562210"}
    husband = {"name": "Joko Santoso", "sex": "L", "born_on": "1981-07-30", "phone": "081334562210"}
    twins = [
        {"name": f"Muhammad {name}", "nik": f"357305120399000{serial}", "born_on": "1999-03-12"}
        for serial, name in ((1, "Rizal"), (2, "Fadli"))
    ]
    home = {"kelurahan": "Sukun", "rt": "2", "rw": "5", "address": "Jl. Melati 7"}
    records = [traits_of(Written(**row, **home)) for row in (wife, husband, *twins)]

    assert len(set(linked(records, names(4)).clusters.tolist())) == 4


def test_records_of_nothing_are_nobody_s_double():
    records = [traits_of(Written()), traits_of(Written()), traits_of(Written(name="Siti"))]

    assert len(set(linked(records, names(3)).clusters.tolist())) == 3


def test_no_records_are_no_groups():
    assert link([]).clusters.tolist() == []


def test_one_id_for_two_records_is_refused():
    with pytest.raises(ValueError, match="'a'"):
        link(rows(1, 2), ["a", "a"])


@pytest.mark.parametrize("threshold", [0, 1, -1, 2])
def test_a_threshold_is_a_probability(threshold):
    with pytest.raises(ValueError, match="between 0 and 1"):
        link(rows(1, 2), threshold=threshold)


def test_probabilities_lie_between_none_and_certain():
    found = link(rows(5, 200))

    assert ((found.probabilities >= 0) & (found.probabilities <= 1)).all()
    assert (np.diff(found.joins.probabilities) <= 0).all()
