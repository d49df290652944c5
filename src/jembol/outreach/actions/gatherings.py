"""Gather like wishes, part them again, and answer them together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.area import AreaCode, city_key
from jembol.outreach import errors, events
from jembol.outreach.actions.wishes import hold_wishes, refuse_withdrawn
from jembol.outreach.choices import ReplyKind
from jembol.outreach.models import GatheredWish, Gathering, Reply, Wish
from jembol.places.choices import Level
from jembol.training.actions.holding import fitting_in, given_in, officer_id
from jembol.training.models import Class


@dataclass(frozen=True, slots=True)
class ReplyText:
    """What the city answers.

    Attributes:
        kind: What will be done, or that nothing will.
        words: What the RT read; the reason where it is declined.
        training_class: The class, where one is planned.
        visit_on: The day of the visit, where it is known.
    """

    kind: str
    words: str = ""
    training_class: Class | None = None
    visit_on: date | None = None


@transaction.atomic
def gather_wishes(*, wishes: Sequence[Wish], topic: str, by: By) -> Gathering:
    """Gather wishes, so that one answer holds for all of them; a single one can be answered too.

    Raises:
        OutOfReach: the area that holds all of them lies outside the actor's duty.
        WishesUnlike: there is none, or they are of several kinds or cities.
        WishClosed: one was withdrawn.
        WishGathered: one is gathered already, by somebody else perhaps a moment ago.
        TextTooLong: the topic does not fit.
        TextUnreadable: the topic holds signs that cannot be stored.
    """
    held = hold_wishes(list(wishes))
    for wish in held:
        by.must_cover(wish.area_id)
        refuse_withdrawn(wish)
    _refuse_unlike(held)
    refuse_gathered(held)
    around = _smallest_around([wish.area_id for wish in held])
    # Who may not answer for all of it would make something that they cannot open.
    by.must_cover(around)
    gathering = Gathering.objects.create(
        area_id=around,
        kind=held[0].kind,
        topic=fitting_in(Gathering, "topic", topic),
        made_at=by.at,
        officer_id=officer_id(by),
    )
    rows = [GatheredWish(gathering=gathering, wish=wish, at=by.at) for wish in held]
    try:
        with transaction.atomic():
            GatheredWish.objects.bulk_create(rows)
    except IntegrityError:
        raise _gathered_already() from None
    details = {"wishes": [wish.pk for wish in held], "topic": gathering.topic}
    record(events.WISHES_GATHERED, about=gathering, by=by, area=gathering.area_id,
           details=details)  # fmt: skip
    return gathering


@transaction.atomic
def split_gathering(
    *, gathering: Gathering, wishes: Sequence[Wish], why: str, by: By
) -> Gathering | None:
    """Let wishes stand alone again; None when none is left and the gathering is gone.

    What was answered to them is no longer their answer, so their RT read that they wait again.

    Raises:
        OutOfReach: the gathering reaches outside the actor's duty.
        WishesUnlike: none of the wishes is in this gathering.
        ValueMissing: there is no reason.
        TextTooLong: the reason does not fit.
        TextUnreadable: the reason holds signs that cannot be stored.
    """
    held = hold_gathering(gathering, by)
    reason = given_in(Wish, "why_withdrawn", why)
    parted = held.gathered.filter(wish__in=[wish.pk for wish in wishes])
    keys = sorted(parted.values_list("wish_id", flat=True).order_by("wish_id"))
    if not keys:
        raise errors.WishesUnlike(_("Choose which of these wishes shall stand alone."))
    parted.delete()
    is_empty = not held.gathered.exists()
    if is_empty:
        Reply.objects.filter(gathering=held).delete()
    details = {"wishes": keys, "is_gone": is_empty}
    record(events.GATHERING_SPLIT, about=held, by=by, area=held.area_id, why=reason,
           details=details)  # fmt: skip
    if is_empty:
        held.delete()
        return None
    return held


@transaction.atomic
def answer_gathering(*, gathering: Gathering, text: ReplyText, by: By) -> Reply:
    """Say what is done about the wishes of a gathering; a later answer stands for the earlier one.

    Raises:
        OutOfReach: the gathering reaches outside the actor's duty.
        ReplyIncomplete: a class is not named or stands elsewhere, a visit lies in the past, or
            no reason is given where it is declined.
        TextTooLong: the words do not fit.
        TextUnreadable: the words hold signs that cannot be stored.
    """
    held = hold_gathering(gathering, by)
    kind, words = ReplyKind(text.kind), fitting_in(Reply, "words", text.words)
    _refuse_incomplete(held, kind, words, text, by)
    reply, _made = Reply.objects.update_or_create(
        gathering=held,
        defaults={
            "kind": kind,
            "words": words,
            "training_class": text.training_class if kind == ReplyKind.CLASS else None,
            "visit_on": text.visit_on if kind == ReplyKind.VISIT else None,
            "at": by.at,
            "officer_id": officer_id(by),
        },
    )
    details = {"answer": kind, "class": reply.training_class_id, "visit_on": reply.visit_on}
    record(events.GATHERING_ANSWERED, about=held, by=by, area=held.area_id, why=words,
           details=details)  # fmt: skip
    return reply


def hold_gathering(gathering: Gathering, by: By) -> Gathering:
    """Return the gathering as it is now, locked until the end of the transaction.

    Raises:
        OutOfReach: it reaches outside the actor's duty.
        WishesUnlike: it is gone.
    """
    rows = Gathering.objects.select_for_update(of=("self",), no_key=True)
    held = rows.filter(pk=gathering.pk).first()
    if held is None:
        raise errors.WishesUnlike(_("Somebody parted these wishes meanwhile. Load the list again."))
    by.must_cover(held.area_id)
    return held


def refuse_gathered(wishes: Sequence[Wish]) -> None:
    """Let only wishes through that stand alone.

    Raises:
        WishGathered: one of them is gathered.
    """
    if GatheredWish.objects.filter(wish__in=[wish.pk for wish in wishes]).exists():
        raise _gathered_already()


def _gathered_already() -> errors.WishGathered:
    return errors.WishGathered(
        _(
            "Another officer gathered one of these wishes before. Nothing of yours was stored. "
            "Load the list again and gather what is left."
        )
    )


def _refuse_unlike(wishes: Sequence[Wish]) -> None:
    kinds = {wish.kind for wish in wishes}
    cities = {city_key(wish.area_id) for wish in wishes}
    if len(kinds) != 1 or len(cities) != 1:
        raise errors.WishesUnlike(_("Choose wishes of one kind and of one city."))


def _refuse_incomplete(
    gathering: Gathering, kind: ReplyKind, words: str, text: ReplyText, by: By
) -> None:
    lacks = {
        ReplyKind.CLASS: _lacks_class(gathering, text.training_class),
        ReplyKind.VISIT: text.visit_on is not None and text.visit_on < timezone.localdate(by.at),
        ReplyKind.TOOL: False,
        ReplyKind.DECLINED: not words,
    }
    told = {
        ReplyKind.CLASS: (_("Choose the class of this city that answers these wishes."), "which"),
        ReplyKind.VISIT: (_("A visit is planned for today or later."), "visit_on"),
        ReplyKind.DECLINED: (_("Say why it is declined: the RT reads it."), "words"),
    }
    if lacks[kind]:
        message, field = told[kind]
        raise errors.ReplyIncomplete(message, field=field)


def _lacks_class(gathering: Gathering, training_class: Class | None) -> bool:
    if training_class is None:
        return True
    return city_key(training_class.area_id) != city_key(gathering.area_id)


def _smallest_around(keys: Sequence[int]) -> int:
    """Return the key of the smallest area that holds all of these."""
    codes = [AreaCode.from_key(key) for key in keys]
    for level in range(codes[0].level, Level.CITY, -1):
        around = codes[0].at_level(level)
        if around is not None and all(around.contains(code) for code in codes):
            return around.key
    return city_key(keys[0])
