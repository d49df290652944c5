"""Somebody was enrolled on a phone, with enterprise, household and consents."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final

from jembol.accounts.writing import writing
from jembol.journal.by import By
from jembol.places import actions as places
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.registry.actions import (
    add_enterprise,
    enter_as_told,
    form_household,
    give_consent,
    move_in,
)
from jembol.registry.actions.entering import queue_entries
from jembol.registry.choices import Answer, Channel
from jembol.registry.details import EnterpriseDetails, PersonDetails
from jembol.registry.envelopes.changing import unreadable
from jembol.registry.envelopes.subjects import ENTERPRISE, PERSON, nik_of, nobody
from jembol.registry.errors import AlreadyConsented
from jembol.registry.models import ConsentText, Person
from jembol.sync.actions import Changes, merge_fields, note_made
from jembol.sync.kinds import Arrived, envelope_kind
from jembol.sync.refs import key_of
from jembol.sync.said import Said

ENROL: Final = "registry.enrol"
MAY: Final = "outreach.visit"
TOLD_ANEW: Final = ("phone", "sex", "born_on", "address", "nik")
"""What is compared with a person who is known already; name and place are why they were known."""


def place_of(body: Mapping[str, Any]) -> int:
    """Return the area in which somebody is enrolled."""
    person = Said(body).part("person")
    return (person.number("area") or 0) if person else 0


@envelope_kind(ENROL, place=place_of, is_sealed=True)
def enrol(arrived: Arrived, *, by: By) -> Mapping[str, object]:
    """Enter a person unless the officer said who it is; doubts wait for somebody at the office.

    Raises:
        ChangeUnreadable: there is nobody in it.
        NobodyThere: whom the officer named is not in their areas.
        Wait: an envelope that it speaks of has not come.
        OutOfReach: the place lies outside the officer's areas.
        Refusal: a value cannot be stored.
    """
    by = writing(arrived, MAY, by=by)
    said = Said(arrived.body)
    about = said.part("person")
    if about is None:
        raise unreadable()
    answers, house = _answers(said), key_of(said.part("household"), PERSON)
    area = _area(about, by)
    _hold(area, {*answers, house or 0})
    same = next((key for key, answer in answers.items() if answer == Answer.SAME), None)
    alike: list[dict[str, object]] = []
    if same is not None:
        person, verdict = _known(same, about, arrived, by), "known"
    else:
        entered = enter_as_told(details=_details(about, area, by), answers=answers, by=by)
        person, verdict = entered.person, "doubt" if entered.doubted else "new"
        alike = [
            {"key": one.person_id, "name": name, "why": list(one.reasons)}
            for one, name in entered.doubted
        ]
    note_made(envelope=arrived.id, kind=PERSON, key=person.pk)
    _house(person, house, by)
    _consents(person, said, arrived, by)
    return {
        "person": person.pk,
        "public_id": person.public_id,
        "name": person.name,
        "verdict": verdict,
        "enterprise": _enterprise(person, said.part("enterprise"), arrived, by),
        "alike": alike,
    }


def _answers(said: Said) -> dict[int, str]:
    """Return what the officer said of each who is alike, by key."""
    answers: dict[int, str] = {}
    for one in said.each("alike"):
        key, answer = key_of(one.part("ref"), PERSON), one.word("answer")
        if key and answer in Answer.values:
            answers[key] = answer
    return answers


def _known(key: int, about: Said, arrived: Arrived, by: By) -> Person:
    """Return the one who was recognised, with what is new about them."""
    person = _within(key, by)
    new = {name: about.parts[name] for name in TOLD_ANEW if about.text(name)}
    if new:
        changes = Changes(kind=PERSON, key=person.pk, was=dict.fromkeys(new, ""), new=new)
        merge_fields(changes=changes, arrived=arrived, by=by)
    return person


def _within(key: int, by: By) -> Person:
    found = Person.objects.within(by.reach).filter(pk=key).first()
    if found is None:
        raise nobody()
    return found


def _details(about: Said, area: Area, by: By) -> PersonDetails:
    return PersonDetails(
        name=about.text("name"),
        area=_place(about, area, by),
        sex=about.word("sex", 1),
        born_on=about.day("born_on"),
        birth_place=about.text("birth_place"),
        phone=about.text("phone") or None,
        address=about.text("address"),
        nik=nik_of(about.text("nik")),
    )


def _area(about: Said, by: By) -> Area:
    area = Area.objects.select_related("parent").filter(pk=about.number("area") or 0).first()
    if area is None:
        raise unreadable()
    by.must_cover(area.pk)
    return area


def _hold(area: Area, people: Collection[int]) -> None:
    """Lock the city's entries and then whom the officer named, before the first fact is written.

    Whoever changes a person locks the person first and the journal's chain second.
    """
    queue_entries(area)
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=people)
    list(rows.order_by("pk").values_list("pk"))


def _place(about: Said, area: Area, by: By) -> Area:
    """Return the deepest place that was told; an RT that is no area yet becomes one."""
    rw, rt = _number(about.text("rw", 3)), _number(about.text("rt", 3))
    if area.level == Level.RW and rt and area.parent:
        return places.rt_in(kelurahan=area.parent, rw=area.pk // 1000 % 1000, rt=rt, by=by)
    if area.level == Level.KELURAHAN and rw:
        return places.rt_in(kelurahan=area, rw=rw, rt=rt, by=by)
    return area


def _number(text: str) -> int | None:
    return int(text) or None if text.isascii() and text.isdigit() else None


def _house(person: Person, other_key: int | None, by: By) -> None:
    """Count the person to the household of somebody else, which may be formed for it."""
    if other_key is None or other_key == person.pk:
        return
    other = Person.objects.select_related("household", "area").get(pk=_within(other_key, by).pk)
    if other.household is None:
        form_household(area=other.area, by=by, members=[other, person])
    elif person.household_id != other.household_id:
        move_in(household=other.household, person=person, by=by)


def _consents(person: Person, said: Said, arrived: Arrived, by: By) -> None:
    """Write each yes for the moment at which it was said."""
    then = replace(by, at=arrived.corrected_at)
    for one in said.each("consents"):
        text = ConsentText.objects.filter(pk=one.number("text") or 0).first()
        if text is None or not one.is_true("given"):
            continue
        try:
            give_consent(
                person=person, text=text, channel=Channel.FIELD, by=then,
                witness=one.text("witness", 150),
            )  # fmt: skip
        except AlreadyConsented:
            continue


def _enterprise(person: Person, about: Said | None, arrived: Arrived, by: By) -> int | None:
    if about is None or not about.text("name"):
        return None
    details = EnterpriseDetails(
        name=about.text("name"),
        area=Area.objects.get(pk=person.area_id),
        activity=about.text("activity"),
        product=about.text("product"),
        phone=about.text("phone") or None,
        address=about.text("address"),
    )
    made = add_enterprise(details=details, owners=[person], by=by)
    note_made(envelope=arrived.id, kind=ENTERPRISE, key=made.pk)
    return made.pk
