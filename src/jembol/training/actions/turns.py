"""Take and free the time of venues and mentors; the database refuses what overlaps."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.dateformat import format as format_day
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.places.models import Venue
from jembol.places.queries import zone_of
from jembol.training import errors
from jembol.training.models import Class, Mentor, MentorTurn, Session, VenueTurn
from jembol.training.rules import Day, Span, span_of, takes_turns

OneTurn = TypeVar("OneTurn", VenueTurn, MentorTurn)


def take_turns(training_class: Class, by: By) -> None:
    """Give the class the time of its venues and mentors that its days need, in place of the old.

    Call it before the first fact of the journal: rivals for one hall queue at its row.

    Raises:
        VenueTaken: another class is in the venue at that time.
        MentorTaken: a mentor gives another class at that time.
    """
    mentors = _mentors_of(training_class)
    sessions = _sessions_of(training_class) if takes_turns(training_class.source) else []
    there = {one.pk: one.venue_id or training_class.venue_id for one in sessions}
    queue_for(
        venues={*there.values(), *_venues_now(training_class)},
        mentors={*mentors, *_mentors_now(training_class)},
    )
    free_turns(training_class)
    zone = zone_of(training_class.area_id)
    spans = {one.pk: span_of(Day(one.on, one.starts_at, one.ends_at), zone) for one in sessions}
    in_venues = [_turn(VenueTurn, key, spans[key], venue_id=venue) for key, venue in there.items()
                 if venue]  # fmt: skip
    _store(VenueTurn, in_venues, lambda rival: _venue_taken(rival, by))
    of_mentors = [
        _turn(MentorTurn, key, spans[key], mentor_id=mentor) for key in there for mentor in mentors
    ]
    _store(MentorTurn, of_mentors, lambda rival: _mentor_taken(rival, by))


def free_turns(training_class: Class) -> None:
    """Give back all the time that the class took; its caller tells the journal why."""
    VenueTurn.objects.filter(session__training_class=training_class).delete()
    MentorTurn.objects.filter(session__training_class=training_class).delete()


def queue_for(*, venues: Iterable[int | None], mentors: Iterable[int]) -> None:
    """Wait until nobody else takes turns of these venues and mentors.

    The constraint decides who gets the hour. This only keeps two writers of PostgreSQL from
    waiting for each other: both may have written their row before either looks for the other's.
    """
    for rows, keys in ((Venue.objects, venues), (Mentor.objects, mentors)):
        wanted = sorted({key for key in keys if key})
        locked = rows.select_for_update(no_key=True).filter(pk__in=wanted)
        list(locked.order_by("pk").values_list("pk", flat=True))


def _mentors_of(training_class: Class) -> list[int]:
    rows = training_class.mentors.filter(mentor__isnull=False).order_by("mentor_id")
    return [key for key in rows.values_list("mentor_id", flat=True) if key]


def _sessions_of(training_class: Class) -> list[Session]:
    return list(training_class.sessions.standing().order_by("on"))


def _venues_now(training_class: Class) -> Iterable[int]:
    rows = VenueTurn.objects.filter(session__training_class=training_class).order_by("pk")
    return rows.values_list("venue_id", flat=True)


def _mentors_now(training_class: Class) -> Iterable[int]:
    rows = MentorTurn.objects.filter(session__training_class=training_class).order_by("pk")
    return rows.values_list("mentor_id", flat=True)


def _turn(kind: type[OneTurn], session: int, span: Span, **taken: int) -> OneTurn:
    return kind(
        session_id=session,
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        has_hours=span.has_hours,
        **taken,
    )


def _store(
    kind: type[OneTurn], turns: Sequence[OneTurn], refusal: Callable[[OneTurn], Exception]
) -> None:
    """Store the turns; when the database refuses, tell whose turn stands in the way."""
    try:
        with transaction.atomic():
            kind.objects.bulk_create(turns)
    except IntegrityError:
        rivals = (rival for turn in turns for rival in _rivals_of(kind, turn))
        if (rival := next(rivals, None)) is not None:
            raise refusal(rival) from None
        raise


def _rivals_of(kind: type[OneTurn], turn: OneTurn) -> Sequence[OneTurn]:
    taken = {"venue": turn.venue_id} if isinstance(turn, VenueTurn) else {"mentor": turn.mentor_id}
    there = kind.objects.filter(**taken, has_hours=turn.has_hours)
    there = there.overlapping(starts_at=turn.starts_at, ends_at=turn.ends_at)
    return list(there.select_related("session__training_class").order_by("starts_at", "pk")[:1])


def _venue_taken(rival: VenueTurn, by: By) -> errors.VenueTaken:
    words = {"venue": rival.venue.name, **_words_of(rival.session, by)}
    return errors.VenueTaken(
        _(
            "%(venue)s is taken on %(day)s, %(hours)s, by %(other)s. "
            "Choose other hours, another day or another venue."
        )
        % words,
        field="venue",
        on=rival.session.on.isoformat(),
    )


def _mentor_taken(rival: MentorTurn, by: By) -> errors.MentorTaken:
    words = {"mentor": rival.mentor.name, **_words_of(rival.session, by)}
    return errors.MentorTaken(
        _(
            "%(mentor)s gives %(other)s on %(day)s, %(hours)s. "
            "Choose other hours, another day or another mentor."
        )
        % words,
        field="mentors",
        on=rival.session.on.isoformat(),
    )


def _words_of(session: Session, by: By) -> dict[str, str]:
    """Return how to name a day of another class; its title only to whom the class is shown."""
    other = session.training_class
    is_seen = by.reach.covers(other.area_id) or hasattr(other, "publication")
    return {
        "other": f"“{other.title}”" if is_seen else _("a class outside your areas"),
        "day": format_day(session.on, "l, j F Y"),
        "hours": hours_in_words(session),
    }


def hours_in_words(session: Session) -> str:
    """Return the hours of a day as people write them."""
    if session.starts_at is None or session.ends_at is None:
        return _("hours not given")
    return f"{session.starts_at:%H.%M}–{session.ends_at:%H.%M}"
