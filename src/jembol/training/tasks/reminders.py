"""Reminders by the clock, and news of changes, in the background."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from jembol.journal.by import By
from jembol.outbox.actions import forget_jobs, forget_texts
from jembol.outbox.step import Step
from jembol.outbox.tasks import task
from jembol.places.models import City
from jembol.places.queries import zone_of
from jembol.training.actions.notices import Tidings, stop_untrue, tell_some
from jembol.training.choices import LetterKind, Organiser
from jembol.training.models import Class, Session
from jembol.training.orders import ask_for_next
from jembol.training.queries.wording import begins_at, over_at, times_of

_JOBS_KEPT: Final = timedelta(days=7)


@task("training.remind")
def remind(step: Step) -> None:
    """Remind of every day that is near, and ask for the next look before anything can go wrong."""
    now = step.now()
    by = By.system("reminders", at=now)
    if not step.done:
        with step.transaction():
            ask_for_next(now, by=by)
            forget_jobs(kind="training.remind", before=now - _JOBS_KEPT)
            forget_texts(before=now - timedelta(days=settings.MESSAGES_KEPT_DAYS))
            step.progress(1)
    for city in City.objects.order_by("pk"):
        for tidings in due_in(city, now):
            _tell_all(step, tidings)


@task("training.tell")
def tell(
    step: Step,
    *,
    letter: str,
    class_id: int,
    session_id: int | None,
    revision: int,
    why: str,
) -> None:
    """Tell the participants of a class about a change, and stop what it made untrue."""
    held = Class.objects.get(pk=class_id)
    session = None if session_id is None else Session.objects.get(pk=session_id)
    with step.transaction():
        stop_untrue(training_class=held, session=session, by=By.system("reminders", at=step.now()))
    if held.organiser == Organiser.CANDIDATE or held.source or _is_past(held, session, step.now()):
        return
    channel = times_of(held.area_id).channel
    _tell_all(step, Tidings(LetterKind(letter), class_id, session_id, revision, why, channel))


def due_in(city: City, now: datetime) -> Iterator[Tidings]:
    """Yield the reminders of a city that are due now: from their hour until the day begins."""
    times = times_of(city.area_id)
    local = timezone.localtime(now, zone_of(city.area_id))
    today, clock = local.date(), local.time()
    hours = (
        (LetterKind.EVE, times.eve_at, today + timedelta(days=1)),
        (LetterKind.MORNING, times.morning_at, today),
    )
    for kind, hour, on in hours:
        if hour is None or clock < hour:
            continue
        for session in _sessions_on(city, on):
            if now < min(over_at(session), begins_at(session) + timedelta(days=1)):
                yield Tidings(
                    kind, session.training_class_id, session.pk, session.revision, "", times.channel
                )


def _sessions_on(city: City, on: date) -> list[Session]:
    """Return the days of a city's own classes on this date that are to be held."""
    classes = Class.objects.inside(city.area).counted().filter(source="")
    rows = Session.objects.standing().filter(on=on, training_class__in=classes)
    return list(rows.select_related("training_class").order_by("pk"))


def _tell_all(step: Step, tidings: Tidings) -> None:
    """Tell everybody, some at a time; who was told before is passed over."""
    after: int | None = 0
    while after is not None:
        with step.transaction():
            after = tell_some(
                tidings=tidings, after=after, by=By.system("reminders", at=step.now())
            )
            step.progress(step.done + 1)


def _is_past(held: Class, session: Session | None, now: datetime) -> bool:
    last = held.ends_on if session is None else session.on
    return last < timezone.localdate(now, zone_of(held.area_id))
