"""Tell a wish of an RT, correct it, and take it back."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.outreach import errors, events
from jembol.outreach.actions.rt_doors import refuse_wider_than_rw
from jembol.outreach.choices import NeedKind, OwnBudget, WishSource
from jembol.outreach.models import Gathering, Reply, RtDoor, Wish
from jembol.outreach.queries.rt_doors import policy_of
from jembol.outreach.rules import MOST_PEOPLE, holds_a_number, is_year_of_wishes, said
from jembol.places.models import Area
from jembol.training.actions.holding import changes_of, fitting_in, given_in, limit_of, officer_id


@dataclass(frozen=True, slots=True)
class WishText:
    """What is wished for.

    Attributes:
        kind: One of the short list.
        words: What exactly, in the teller's words.
        people: For how many; None where nobody said.
        year: For which year; None for this one.
        in_own_budget: Whether the RT's own budget holds it too.
    """

    kind: str
    words: str = ""
    people: int | None = None
    year: int | None = None
    in_own_budget: str = OwnBudget.UNKNOWN


@dataclass(frozen=True, slots=True)
class Told:
    """A wish, and whether it was told for the first time."""

    wish: Wish
    is_new: bool


@transaction.atomic
def tell_wish_by_link(*, door: RtDoor, text: WishText, by: By) -> Told:
    """Note what the head of an RT or RW wishes for; the same wish sent again is the same row.

    Raises:
        DoorClosed: the link was closed, or has run out.
        TooManyWishes: as many wishes of this link wait as the city allows.
        NamesANumber: the words hold what may be a NIK or a telephone number.
        BadPeople: the number of people is none that an RT can have.
        BadYear: the year is none that can be planned.
        TextTooLong: the words do not fit.
        TextUnreadable: the words hold signs that cannot be stored.
    """
    today = timezone.localdate(by.at)
    # Presses of one RT queue here, so that no two of them count the same wishes that wait.
    rows = RtDoor.objects.open_on(today).select_for_update(of=("self",), no_key=True)
    held = rows.select_related("area").filter(pk=door.pk, token_digest=door.token_digest).first()
    if held is None:
        raise errors.DoorClosed(
            _("This link leads nowhere any more. Ask the office for a new one.")
        )
    wish = _wish(held.area, text, WishSource.RT_HEAD, by)
    if known := _same_as(wish):
        return Told(known, is_new=False)
    _refuse_too_many(held, by)
    return _stored(wish, by)


@transaction.atomic
def tell_wish(*, area: Area, source: str, text: WishText, by: By) -> Told:
    """Note a wish that an officer heard, or that stands in the minutes of a deliberation.

    Raises:
        OutOfReach: the place lies outside the actor's duty.
        NotAnRt: the area is no RT or RW.
        NamesANumber: the words hold what may be a NIK or a telephone number.
        BadPeople: the number of people is none that an RT can have.
        BadYear: the year is none that can be planned.
        TextTooLong: the words do not fit.
        TextUnreadable: the words hold signs that cannot be stored.
    """
    by.must_cover(area.key)
    refuse_wider_than_rw(area)
    wish = _wish(area, text, WishSource(source), by)
    if known := _same_as(wish):
        held = hold_wishes([known])[0]
        # What the minutes leave out takes nothing away from what was told before.
        given = {"people": text.people, "in_own_budget": text.in_own_budget}
        _corrected(held, {name: value for name, value in given.items() if value}, by)
        return Told(held, is_new=False)
    return _stored(wish, by)


@transaction.atomic
def change_wish(*, wish: Wish, people: int | None, in_own_budget: str, by: By) -> Wish:
    """Correct for how many a wish is, and whether the RT's own budget holds it too.

    Raises:
        OutOfReach: the place lies outside the actor's duty.
        WishClosed: the wish was withdrawn.
        BadPeople: the number of people is none that an RT can have.
    """
    by.must_cover(wish.area_id)
    held = hold_wishes([wish])[0]
    refuse_withdrawn(held)
    refuse_bad_people(people)
    _corrected(held, {"people": people, "in_own_budget": OwnBudget(in_own_budget)}, by)
    return held


@transaction.atomic
def withdraw_wish(*, wish: Wish, why: str, by: By) -> Wish:
    """Take a wish back; it leaves its gathering.

    Raises:
        OutOfReach: the place lies outside the actor's duty.
        WishClosed: the wish was withdrawn or answered.
        ValueMissing: there is no reason.
        TextTooLong: the reason does not fit.
        TextUnreadable: the reason holds signs that cannot be stored.
    """
    by.must_cover(wish.area_id)
    return _withdrawn(wish, given_in(Wish, "why_withdrawn", why), by)


@transaction.atomic
def withdraw_wish_by_link(*, door: RtDoor, wish: Wish, by: By) -> Wish:
    """Let the head of an RT take back what was told through the link.

    Raises:
        NotTheirWish: it was told in another way, or by another RT.
        WishClosed: the wish was withdrawn or answered.
    """
    if wish.area_id != door.area_id or wish.source != WishSource.RT_HEAD:
        raise errors.NotTheirWish(_("This wish was not told through this link. Ask the office."))
    return _withdrawn(wish, "", by)


def hold_wishes(wishes: list[Wish]) -> list[Wish]:
    """Return the wishes as they are now, by key, locked until the end of the transaction.

    Always in the order of their keys, so that two officers cannot block each other.
    """
    rows = Wish.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=[wish.pk for wish in wishes]).order_by("pk"))


def refuse_withdrawn(wish: Wish) -> None:
    """Let nothing new happen to a wish that was taken back.

    Raises:
        WishClosed: it was.
    """
    if wish.withdrawn_at is not None:
        raise errors.WishClosed(_("This wish was withdrawn before. Load the page again."))


def refuse_bad_people(people: int | None) -> None:
    """Let only a number of people through that an RT can have.

    Raises:
        BadPeople: it is none.
    """
    if people is not None and not 1 <= people <= MOST_PEOPLE:
        raise errors.BadPeople(
            _("Give a number of people between 1 and %(most)d, or leave it empty.")
            % {"most": MOST_PEOPLE},
            field="people",
        )


def _wish(area: Area, text: WishText, source: WishSource, by: By) -> Wish:
    """Return the wish, checked and not stored yet."""
    today = timezone.localdate(by.at)
    year = today.year if text.year is None else text.year
    if not is_year_of_wishes(year, today):
        raise errors.BadYear(
            _("A wish is for this year or one of the next two."), field="year", year=year
        )
    words = fitting_in(Wish, "words", text.words)
    if holds_a_number(words):
        raise errors.NamesANumber(
            _("Write no NIK and no telephone number here. Say what is needed, and for how many."),
            field="words",
        )
    refuse_bad_people(text.people)
    return Wish(
        area=area,
        kind=NeedKind(text.kind),
        words=words,
        said=said(words)[: limit_of(Wish, "said")],
        people=text.people,
        source=source,
        year=year,
        in_own_budget=OwnBudget(text.in_own_budget),
        told_at=by.at,
        officer_id=officer_id(by),
    )


def _same_as(wish: Wish) -> Wish | None:
    rows = Wish.objects.standing().filter(
        area_id=wish.area_id, year=wish.year, kind=wish.kind, said=wish.said
    )
    return rows.first()


def _refuse_too_many(door: RtDoor, by: By) -> None:
    most = policy_of(door.area_id, timezone.localdate(by.at)).most_open
    own = Wish.objects.filter(area_id=door.area_id, source=WishSource.RT_HEAD)
    if own.unanswered().count() >= most:
        raise errors.TooManyWishes(
            _(
                "%(most)d wishes wait for an answer already, and no more can wait at once. "
                "Withdraw one that matters less, or wait for the answers."
            )
            % {"most": most},
            most=most,
        )


def _stored(wish: Wish, by: By) -> Told:
    try:
        with transaction.atomic():
            wish.save()
    except IntegrityError:
        # Somebody told the same between the two statements: the constraint keeps one of them.
        known = _same_as(wish)
        if known is None:
            raise
        return Told(known, is_new=False)
    details = {"kind": wish.kind, "people": wish.people, "source": wish.source, "year": wish.year}
    record(events.WISH_TOLD, about=wish, by=by, area=wish.area_id, details=details)
    return Told(wish, is_new=True)


def _corrected(held: Wish, given: Mapping[str, object], by: By) -> None:
    if changes := changes_of(held, given.items()):
        held.save(update_fields=sorted(changes))
        record(events.WISH_CHANGED, about=held, by=by, area=held.area_id, details=changes)


def _withdrawn(wish: Wish, why: str, by: By) -> Wish:
    held = hold_wishes([wish])[0]
    refuse_withdrawn(held)
    _leave_gathering(held)
    held.withdrawn_at, held.why_withdrawn = by.at, why
    held.save(update_fields=["withdrawn_at", "why_withdrawn"])
    record(events.WISH_WITHDRAWN, about=held, by=by, area=held.area_id, why=why)
    return held


def _leave_gathering(wish: Wish) -> None:
    """Take a wish out of its gathering, and the gathering away when that was the last one.

    Raises:
        WishClosed: the gathering was answered.
    """
    rows = Gathering.objects.select_for_update(of=("self",), no_key=True)
    held = rows.filter(gathered__wish=wish).first()
    if held is None:
        return
    if Reply.objects.filter(gathering=held).exists():
        raise errors.WishClosed(_("This wish was answered before, so it cannot be withdrawn."))
    held.gathered.filter(wish=wish).delete()
    if not held.gathered.exists():
        held.delete()
