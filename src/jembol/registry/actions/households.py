"""Households: formed by hand or by their card, and who is counted to them."""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record, record_many
from jembol.kit.area import city_key
from jembol.kit.ids import IdKind
from jembol.kit.nik import Kk
from jembol.places.models import Area, City
from jembol.registry import errors, events, rules
from jembol.registry.actions.drawing import draw_ids
from jembol.registry.actions.versions import keep_people, next_moment, person_as_it_stands
from jembol.registry.details import ADDRESS_LENGTH
from jembol.registry.models import Household, Person
from jembol.registry.sealed_numbers import kk_digest, open_kk, seal_kk


@transaction.atomic
def form_household(
    *,
    area: Area,
    by: By,
    kk: Kk | None = None,
    address: str = "",
    members: Iterable[Person] = (),
) -> Household:
    """Enter a household and count people to it; a card known in the city gives its household.

    Raises:
        OutOfReach: the household or a member stands outside the actor's areas.
        TextTooLong: the address has more signs than its place.
        TextUnreadable: the address holds NUL or half a character.
    """
    by.must_cover(area.key)
    clean = rules.line(address, field="address", longest=ADDRESS_LENGTH)
    if kk is None:
        (household,) = _new([(None, area)], by, clean)
        entries = [_formed(household, by)]
    else:
        (household,), entries = households_of_cards([(kk, area)], by=by, address=clean)
    record_many(entries)
    for person in sorted(members, key=lambda member: member.pk):
        if person.household_id != household.pk:
            move_in(household=household, person=person, by=by)
    return household


def households_of_cards(
    cards: Sequence[tuple[Kk, Area]], *, by: By, address: str = ""
) -> tuple[list[Household], list[Entry]]:
    """Return the household of each card in the card's city, entering those that are new.

    Call it inside a transaction, and record the facts that it returns.
    """
    places = [(city_key(area.key), kk_digest(kk)) for kk, area in cards]
    known = _known(places)
    missing = dict(zip(places, cards, strict=True)).keys() - known.keys()
    if missing:
        # Two doors must not enter one card twice: those of a city queue here.
        cities = sorted({city for city, _digest in missing})
        list(City.objects.select_for_update().filter(pk__in=cities).order_by("pk"))
        known = _known(places)
    fresh = {place: card for place, card in zip(places, cards, strict=True) if place not in known}
    formed = _new(list(fresh.values()), by, address)
    known |= dict(zip(fresh, formed, strict=True))
    return [known[place] for place in places], [_formed(household, by) for household in formed]


@transaction.atomic
def move_in(*, household: Household, person: Person, by: By) -> Person:
    """Count a person to a household; a household they were counted to before loses them.

    Raises:
        OutOfReach: the household or the person stands outside the actor's areas.
        AlreadyInHousehold: the person is counted to it already.
    """
    by.must_cover(household.area_id)
    held = _locked(person, by)
    if held.household_id == household.pk:
        raise errors.AlreadyInHousehold(
            _("%(name)s is counted to this household already.") % {"name": held.name}
        )
    before = held.household.public_id if held.household else None
    _settle(held, household, by)
    record(
        events.HOUSEHOLD_JOINED,
        about=household,
        by=by,
        area=held.area_id,
        person_id=held.pk,
        details={"household": [before, household.public_id]},
    )
    return held


@transaction.atomic
def move_out(*, person: Person, by: By, why: str = "") -> Person:
    """Count a person to no household.

    Raises:
        OutOfReach: the person stands outside the actor's areas.
        NotInHousehold: the person is counted to none.
    """
    held = _locked(person, by)
    household = held.household
    if household is None:
        raise errors.NotInHousehold(_("%(name)s is counted to no household.") % {"name": held.name})
    _settle(held, None, by)
    record(
        events.HOUSEHOLD_LEFT,
        about=household,
        by=by,
        area=held.area_id,
        person_id=held.pk,
        why=rules.line(why, field="why", longest=1000),
        details={"household": [household.public_id, None]},
    )
    return held


@transaction.atomic
def reveal_kk(*, household: Household, by: By, why: str) -> str:
    """Return the number of the family card whole, and journal that it was read.

    Raises:
        OutOfReach: the household stands outside the actor's areas.
        ReasonMissing: no reason is given.
        NumberUnknown: the household has no number.
        SealBroken: the stored bytes were changed.
    """
    by.must_cover(household.area_id)
    reason = rules.reason(why)
    digits = open_kk(household)
    if not digits:
        raise errors.NumberUnknown(_("No KK number is known for this household."))
    record(
        events.KK_READ,
        about=household,
        by=by,
        area=household.area_id,
        why=reason,
        details={"kk": household.kk_masked},
    )
    return digits


def drop_empty(households: Collection[int], *, by: By) -> None:
    """Remove those of these households to which nobody is counted. Call it in a transaction."""
    empty = Household.objects.filter(pk__in=households, members__isnull=True).order_by("pk")
    entries = [
        Entry(
            event=events.HOUSEHOLD_REMOVED,
            about=household,
            by=by,
            area=household.area_id,
            details={"public_id": [household.public_id, None]},
        )
        for household in empty
    ]
    Household.objects.filter(pk__in=[household.pk for household in empty]).delete()
    record_many(entries)


def _known(places: Collection[tuple[int, str]]) -> dict[tuple[int, str], Household]:
    rows = Household.objects.filter(kk_digest__in={digest for _city, digest in places})
    # The oldest of a card wins, so it comes last.
    return {(city_key(row.area_id), row.kk_digest): row for row in rows.order_by("-pk")}


def _new(cards: Sequence[tuple[Kk | None, Area]], by: By, address: str) -> list[Household]:
    ids = draw_ids(Household.objects.all(), IdKind.HOUSEHOLD, len(cards))
    return Household.objects.bulk_create(
        (_row(kk, area, by, address, id_) for (kk, area), id_ in zip(cards, ids, strict=True)),
        batch_size=500,
    )


def _row(kk: Kk | None, area: Area, by: By, address: str, public_id: str) -> Household:
    number = seal_kk(kk, public_id)
    return Household(
        area=area,
        public_id=public_id,
        kk_sealed=number.sealed,
        kk_digest=number.digest,
        kk_masked=number.masked,
        address=address,
        created_at=by.at,
    )


def _formed(household: Household, by: By) -> Entry:
    return Entry(
        event=events.HOUSEHOLD_FORMED,
        about=household,
        by=by,
        area=household.area_id,
        details={"public_id": [None, household.public_id]},
    )


def _locked(person: Person, by: By) -> Person:
    people = Person.objects.select_for_update(of=("self",)).select_related("household")
    held = people.get(pk=person.pk)
    by.must_cover(held.area_id)
    return held


def _settle(held: Person, household: Household | None, by: By) -> None:
    keep_people([person_as_it_stands(held, by.at)])
    held.household = household
    held.version += 1
    held.changed_at = next_moment(held, by.at)
    held.save(update_fields=["household", "version", "changed_at"])
