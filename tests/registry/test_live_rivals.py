"""At most one of those who are alike is the person, so many who are a little alike tell nothing."""

import pytest

from city import DINOYO, area, build_areas, system
from jembol.kit.reach import Reach
from jembol.registry import matching
from jembol.registry.actions import PersonDetails, enrol
from jembol.registry.matching import ALSO, CLEAR, POSSIBLE, Probe, look_up

PHONE = "0813-3456-2210"


@pytest.fixture
def people(db):
    build_areas()
    return [
        enrol(details=PersonDetails(name="Siti Maesaroh", area=area(DINOYO), **more), by=system())
        for more in ({"address": "Jl. Melati 7"}, {"address": "Jl. Mawar 9", "phone": PHONE})
    ]


def chances(monkeypatch, given, **fields):
    """Look up with these chances instead of those that linkage finds."""
    weighed = iter(given)
    monkeypatch.setattr("jembol.registry.link_keys.probability", lambda _odds: next(weighed))
    probe = Probe(row=0, name="Siti Maesaroh", area_key=area(DINOYO).key, **fields)
    return len(look_up(probe, reach=Reach.everywhere()))


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ((POSSIBLE, 0.01), 1),
        ((0.9, 0.01), 1),
        # Beside one who is likely the other is shown too, though less likely than not.
        ((0.9, ALSO), 2),
        # Neither stands out: it is as likely a third.
        ((0.55, 0.55), 0),
        ((0.45, 0.45), 0),
        # One person may have been entered twice.
        ((0.97, 0.97), 2),
        ((CLEAR, CLEAR), 2),
    ],
)
def test_somebody_is_shown_when_one_stands_out(people, monkeypatch, given, shown):
    assert chances(monkeypatch, given) == shown


def test_whom_an_exact_value_names_is_shown_whatever_the_others_are(people, monkeypatch):
    assert chances(monkeypatch, (0.45, 0.45), phone=PHONE) == 1
    assert chances(monkeypatch, (0.55, 0.55), phone=PHONE) == 2


def test_others_are_never_likelier_than_a_candidate_must_be():
    assert 0 < ALSO < POSSIBLE < CLEAR < matching.SURE
