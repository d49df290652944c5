"""Two records are one person on evidence, never on a weak key."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.nik import Nik
from jembol.kit.reach import Reach
from jembol.registry.choices import Reason, Strength
from jembol.registry.matching import Probe, candidates, traits_of, twins
from jembol.registry.rules import Traits, compare, names_alike

# Invented NIKs with our own serial numbers.
NIK, OTHER_NIK = "3573054508859901", "3573054508859902"
PHONE = "0812-3456-7890"
DINOYO, MERJOSARI = 3573051004000000, 3573051002000000

names = st.sampled_from(["", "siti", "siti aminah", "siti amina", "budi", "rudi", "aminah siti"])
traits = st.builds(
    Traits,
    public_id=st.sampled_from(["", "P1", "P2"]),
    folded=names,
    nik=st.sampled_from(["", "a", "b"]),
    phone=st.sampled_from(["", "+62811", "+62822"]),
    born_on=st.none() | st.sampled_from([date(1985, 8, 5), date(1990, 1, 1)]),
    kelurahan=st.sampled_from([0, DINOYO, MERJOSARI]),
)


@given(one=traits, other=traits)
def test_the_order_of_two_records_is_no_matter(one, other):
    assert compare(one, other) == compare(other, one)


@given(one=traits, other=traits)
def test_sure_needs_an_equal_id_a_nik_or_a_phone_and_the_name(one, other):
    evidence = compare(one, other)

    if evidence.strength is Strength.SURE:
        by_id = one.public_id and one.public_id == other.public_id
        strong = (one.nik and one.nik == other.nik) or (one.phone and one.phone == other.phone)
        assert by_id or (strong and one.folded and other.folded)


@given(traits)
def test_what_is_unknown_agrees_with_nothing(one):
    assert compare(one, Traits()).strength is Strength.NONE


@pytest.mark.parametrize(
    "text", ["", "0", "0000000000000000", "3.57305E+15", "357305450885990", "3573054508850000", "-"]
)
def test_a_text_that_is_no_nik_never_matches_even_itself(text):
    assert traits_of(Probe(row=1, nik=text)).nik == ""
    assert twins([Probe(row=1, nik=text), Probe(row=2, nik=text)])[2] == []


@pytest.mark.parametrize(
    ("one", "other", "strength", "reason"),
    [
        # (name, NIK, phone, birth date, kelurahan) of both
        (("Hj. Siti Aminah", NIK), ("Siti", NIK), Strength.SURE, Reason.SAME_NIK),
        (("Siti", NIK), ("Budi", NIK), Strength.POSSIBLE, Reason.SAME_NIK_OTHER_NAME),
        (
            ("Bu Siti", "", PHONE),
            ("siti", "", "+62 812 3456 7890"),
            Strength.SURE,
            Reason.SAME_PHONE,
        ),
        (
            ("Siti Aminah", "", PHONE),
            ("Siti Amina", "", PHONE),
            Strength.POSSIBLE,
            Reason.SAME_PHONE_LIKE_NAME,
        ),
        (("Siti", NIK, PHONE), ("Siti", OTHER_NIK, PHONE), Strength.POSSIBLE, Reason.SAME_PHONE),
        (
            ("Siti", "", "", None, DINOYO),
            ("Siti", "", "", None, DINOYO + 6002),
            Strength.POSSIBLE,
            Reason.SAME_NAME_NEARBY,
        ),
    ],
)
def test_what_evidence_is_worth(one, other, strength, reason):
    evidence = compare(_traits(one), _traits(other))

    assert (evidence.strength, evidence.reasons[0]) == (strength, reason)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # A mother and her child share a phone.
        (("Siti Aminah", "", PHONE), ("Dewi Lestari", "", PHONE)),
        (("Siti", "", PHONE, date(1960, 1, 1)), ("Siti Aminah", "", PHONE, date(1990, 1, 1))),
        (("Siti", "", "", None, DINOYO), ("Siti", "", "", None, MERJOSARI)),
        (("Siti", "", "", None, 0), ("Siti", "", "", None, 0)),
        (("Siti", NIK, "", None, DINOYO), ("Siti", OTHER_NIK, "", None, DINOYO)),
        (("-", "", PHONE), ("-", "", PHONE)),
    ],
)
def test_what_is_no_evidence(one, other):
    assert compare(_traits(one), _traits(other)).strength is Strength.NONE


def _traits(values):
    padded = (*values, *("", "", "", None, 0)[len(values) :])
    name, nik, phone, born_on, area_key = padded
    return traits_of(
        Probe(row=1, name=name, nik=nik, phone=phone, born_on=born_on, area_key=area_key)
    )


@given(one=names, other=names)
def test_alike_is_symmetric(one, other):
    assert names_alike(one, other) == names_alike(other, one)


def test_candidates_are_ordered_with_their_reasons_in_words(ground):
    near = ground.enrol("Siti Aminah")
    sure = ground.enrol("Siti", nik=Nik(NIK))
    probe = Probe(row=7, name="Siti Aminah", nik=Nik(NIK), area_key=ground.rt.key)

    found = candidates([probe], city_key=ground.malang.key, reach=ground.by.reach)

    assert [(one.person_id, one.strength) for one in found[7]] == [
        (sure.pk, "sure"),
        (near.pk, "possible"),
    ]
    assert all(one.reasons and all(one.reasons) for one in found[7])


def test_a_person_outside_the_reach_or_the_city_is_no_candidate(ground):
    ground.enrol("Siti", nik=Nik(NIK), area=ground.miji)
    ground.enrol("Siti", nik=Nik(NIK), area=ground.merjosari)
    probe = Probe(row=1, name="Siti", nik=NIK)

    def found(city_key, reach):
        return len(candidates([probe], city_key=city_key, reach=reach)[1])

    assert found(0, Reach.everywhere()) == 2
    assert found(ground.malang.key, Reach.everywhere()) == 1
    assert found(0, Reach.of([ground.dinoyo.key])) == 0


def test_a_whole_chunk_takes_four_queries(ground):
    for place in range(20):
        ground.enrol(f"Warga {place}", phone=f"0812345678{place:02d}")
    probes = [
        Probe(
            row=place,
            name=f"Warga {place}",
            phone=f"0812345678{place:02d}",
            nik=NIK,
            area_key=DINOYO,
            public_id="",
        )
        for place in range(20)
    ]

    with CaptureQueriesContext(connection) as captured:
        found = candidates(probes, city_key=ground.malang.key, reach=ground.by.reach)

    assert len(captured) <= 4
    assert all(one[0].strength == "sure" for one in found.values())


def test_a_number_shared_by_a_crowd_still_finds_the_same_name():
    probes = [Probe(row=row, name=f"Warga {row:03d}x", phone=PHONE) for row in range(300)]
    probes.append(Probe(row=300, name="Warga 299x", phone=PHONE))

    found = twins(probes)[300]

    assert (found[0].row, found[0].strength) == (299, "sure")
