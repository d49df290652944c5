"""Keys and traits are written with the row, and lead to whoever a probe may be."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jembol.journal.models import Fact
from jembol.kit.nik import Nik
from jembol.kit.reach import Reach
from jembol.methods.linkage.keys import VERSION, keys_of
from jembol.methods.linkage.traits import Traits, traits_of
from jembol.methods.linkage.written import Written
from jembol.registry.actions import change, rebuild_link_keys, remove_person
from jembol.registry.link_keys import (
    CAP,
    digested,
    near,
    place_told,
    written_of,
)
from jembol.registry.matching import POSSIBLE
from jembol.registry.models import Person, PersonKey, PersonTraits
from jembol.vault.sealing import seal_bytes

NIK = "3573054508859901"
PHONE = "0812-3456-7891"


def keys_in_the_table(person):
    return set(PersonKey.objects.filter(person=person).values_list("key", flat=True))


def keys_told(person):
    stored = Person.objects.get(pk=person.pk)
    written = written_of(stored)
    return set(digested(keys_of(traits_of(written))))


def probe(ground, name, *, area=None, **more):
    place = place_told((area or ground.dinoyo).key)
    return Written(name=name, **{**place, **more})


def found(ground, written, reach=None):
    around = near(written, reach=reach or Reach.everywhere())
    likely = [one for one in around if one.probability >= POSSIBLE]
    return [one.person_id for one in sorted(likely, key=lambda one: -one.probability)]


def test_whoever_is_enrolled_has_keys_and_traits(ground):
    siti = ground.enrol("Siti Maesaroh", phone=PHONE, nik=Nik.parse(NIK))

    assert keys_in_the_table(siti) == keys_told(siti) != set()
    traits = PersonTraits.objects.get()
    assert (traits.person, traits.version) == (siti, VERSION)


def test_a_change_of_what_is_compared_writes_them_anew(ground):
    siti = ground.enrol("Siti Maesaroh", phone=PHONE)
    before = keys_in_the_table(siti)

    change(
        person=siti, changes={"phone": "0812-3456-7899", "born_on": date(1985, 8, 5)}, by=ground.by
    )
    after = keys_in_the_table(siti)
    change(person=siti, changes={"education": "sma"}, by=ground.by)

    assert after == keys_told(siti) != before
    assert keys_in_the_table(siti) == after


def test_whoever_is_removed_leaves_neither(ground):
    siti = ground.enrol("Siti Maesaroh", phone=PHONE)

    remove_person(person=siti, by=ground.by, why="salah")

    assert not PersonKey.objects.exists()
    assert not PersonTraits.objects.exists()


def test_nothing_that_is_stored_can_be_read_or_tried(ground):
    ground.enrol("Siti Maesaroh", phone=PHONE, nik=Nik.parse(NIK))

    plain = {key.number for key in keys_of(Traits(nik=int(NIK), nik_kind=1))}
    assert not plain & set(PersonKey.objects.values_list("key", flat=True))
    packed = bytes(PersonTraits.objects.get().packed_sealed)
    assert int(NIK).to_bytes(8, "little") not in packed


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("Hj. SITI MAESAROH, S.E.", {"phone": PHONE}),
        ("Sitti Maisaroh", {"born_on": "5-8-1985", "phone": PHONE}),
        ("Maesaroh", {"nik": NIK}),
        ("Siti Maesaroh", {"nik": "3573054508859910", "born_on": "1985-08-05"}),
        ("Siti Maesaroh", {"phone": "0812-3456-7819", "born_on": "1985-08-05"}),
    ],
)
def test_a_person_is_found_however_misspelled(ground, name, more):
    for number in range(40):
        ground.enrol(f"Warga {number}", phone=f"0813-0000-10{number:02d}", born_on=date(1970, 1, 1))
    siti = ground.enrol("Siti Maesaroh", phone=PHONE, nik=Nik.parse(NIK), born_on=date(1985, 8, 5))

    assert found(ground, probe(ground, name, **more)) == [siti.pk]


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("Bambang Wijaya", {"phone": PHONE, "sex": "L"}),
        ("Siti", {}),
        ("", {}),
        ("Ngatini", {"born_on": "1995-12-05"}),
    ],
)
def test_others_are_not(ground, name, more):
    ground.enrol("Siti Maesaroh", phone=PHONE, nik=Nik.parse(NIK), born_on=date(1985, 8, 5))

    assert found(ground, probe(ground, name, **more)) == []


def test_nobody_outside_the_reach_is_found(ground):
    ground.enrol("Siti Maesaroh", phone=PHONE, area=ground.miji)
    written = probe(ground, "Siti Maesaroh", phone=PHONE)

    assert len(found(ground, written)) == 1
    assert found(ground, written, Reach.of([ground.malang.key])) == []


def test_two_queries_answer_however_many_are_near(ground):
    for number in range(30):
        ground.enrol("Siti Maesaroh", address=f"Gang {number}")
    written = probe(ground, "Siti Maesaroh", phone=PHONE)

    with CaptureQueriesContext(
        connection,
    ) as captured:
        found(ground, written)

    assert len(captured) == 2


def test_a_number_that_a_crowd_shares_still_finds_its_person(ground):
    people = [
        ground.enrol(f"Warga {'abcdefghijklmnopqrst'[number % 20] * 4}{number // 20}", phone=PHONE)
        for number in range(CAP + 20)
    ]

    written = probe(ground, people[7].name, phone=PHONE)
    assert people[7].pk in found(ground, written)[:5]


class TestRebuilding:
    """Registers of an older version have no keys."""

    @pytest.fixture
    def old(self, ground):
        people = [ground.enrol(f"Warga {number}", phone=PHONE) for number in range(5)]
        PersonKey.objects.all().delete()
        PersonTraits.objects.filter(person__in=people[1:]).delete()
        return people

    def test_who_lacks_them_gets_them_and_the_journal_tells(self, ground, old, monkeypatch):
        monkeypatch.setattr("jembol.registry.actions.link_keys.CHUNK", 2)
        told = []

        done = rebuild_link_keys(by=ground.by, progress=lambda *step: told.append(step))

        assert done == 4
        assert [step[:2] for step in told] == [(2, 4), (4, 4)]
        assert all(keys_in_the_table(one) == keys_told(one) for one in old[1:])
        assert not keys_in_the_table(old[0])
        facts = Fact.objects.filter(event="registry.link_keys.written")
        assert sum(fact.details["people"] for fact in facts) == 4

    def test_who_has_those_of_another_version_gets_new_ones(self, ground, old, capsys):
        call_command("link_keys")
        PersonTraits.objects.filter(person=old[0]).update(version=VERSION - 1)

        call_command("link_keys")

        assert "1 people written." in capsys.readouterr().out
        assert keys_in_the_table(old[0]) == keys_told(old[0])

    def test_what_was_cut_short_goes_on(self, ground, old):
        rebuild_link_keys(by=ground.by, progress=lambda *_step: None, is_all=True, after=old[2].pk)

        assert [bool(keys_in_the_table(one)) for one in old] == [False] * 3 + [True] * 2

    def test_the_command_says_when_nothing_is_missing(self, ground, old, capsys):
        for _turn in range(2):
            call_command("link_keys")

        assert "4 people written." in capsys.readouterr().out
        call_command("link_keys")
        assert "Nobody lacks keys." in capsys.readouterr().out

    def test_traits_of_another_version_are_passed_over(self, ground, old):
        call_command("link_keys", all=True)
        first = PersonTraits.objects.get(person=old[0])
        first.packed_sealed = seal_bytes(b"old", f"registry.person.traits:{old[0].public_id}")
        first.save()

        around = found(ground, probe(ground, "Warga 0", phone=PHONE))

        assert old[0].pk not in around
