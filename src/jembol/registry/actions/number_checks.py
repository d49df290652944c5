"""Reading all NIK of a city to compare them: journaled as one reading, kept as counts.

The comparison works in the background, and this module is loaded wherever actions are, so the
worker knows its task.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.nik import Nik, NotANik
from jembol.kit.seal import SealBroken
from jembol.outbox.models import Job
from jembol.outbox.step import Step
from jembol.outbox.tasks import task
from jembol.places.models import Area
from jembol.registry import events, rules
from jembol.registry.models import NumberCheck, Person
from jembol.registry.permissions import REVEAL
from jembol.registry.sealed_numbers import open_nik

CHUNK: Final = 1000


@transaction.atomic
def begin_number_check(*, city: Area, by: By, why: str) -> NumberCheck:
    """Note that the NIK of a city are opened to be compared, and why (UU 27/2022 art. 31).

    Raises:
        OutOfReach: the city lies outside the actor's areas.
        ReasonMissing: no reason is given.
    """
    by.must_cover(city.key)
    reason = rules.reason(why, longest=300)
    check = NumberCheck.objects.create(
        area=city, officer_id=by.id, officer_label=by.label[:150], started_at=by.at
    )
    record(events.NUMBERS_OPENED, about=check, by=by, area=city.key, why=reason)
    return check


@transaction.atomic
def finish_number_check(*, check: NumberCheck, counts: Mapping[str, int], by: By) -> NumberCheck:
    """Keep what a comparison counted.

    Args:
        check: The comparison that was begun.
        counts: Number by field of `NumberCheck`.
        by: Who asked for it.

    Raises:
        OutOfReach: the city lies outside the actor's areas.
    """
    by.must_cover(check.area_id)
    held = NumberCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    for name in ("numbers", "broken", "with_sex", "other_sex", "with_birth", "other_birth"):
        setattr(held, name, counts.get(name, 0))
    held.finished_at = by.at
    held.save()
    details = {name: held_count for name, held_count in counts.items() if held_count}
    record(events.NUMBERS_COMPARED, about=held, by=by, area=held.area_id, details=details)
    return held


@transaction.atomic
def ask_for_number_check(city: Area, *, by: By, why: str) -> Job:
    """Ask for a comparison of a city's NIK; one at a time is enough.

    Raises:
        OutOfReach: the city lies outside the actor's areas.
        ReasonMissing: no reason is given.
    """
    check = begin_number_check(city=city, by=by, why=why)
    return compare_numbers.enqueue(
        by=by, dedup=f"city:{city.key}", area_key=city.key, check_id=check.pk
    )


def is_comparing(city: Area) -> bool:
    """Whether a comparison of the city's NIK waits or is under way."""
    live = Job.objects.live().filter(kind=compare_numbers.kind, area_key=city.key)
    return live.exists()


@task("registry.compare_numbers")
def compare_numbers(step: Step, *, check_id: int) -> None:
    """Open the NIK of a city and count where it says another sex or birth."""
    check = NumberCheck.objects.select_related("area").get(pk=check_id)
    people = Person.objects.standing().inside(check.area).exclude(nik_digest="").order_by("pk")
    kept: Any = step.kept if isinstance(step.kept, dict) else {"last": 0, "counts": {}}
    last, counts = int(kept["last"]), Counter(kept["counts"])
    total = step.done + people.filter(pk__gt=last).count()
    while chunk := list(people.filter(pk__gt=last)[:CHUNK]):
        counts.update(differences(chunk))
        last = chunk[-1].pk
        kept = {"last": last, "counts": dict(counts)}
        step.progress(step.done + len(chunk), total=total, keep=kept)
    with step.transaction():
        finish_number_check(check=check, counts=counts, by=_by(step))
        step.progress(step.done, total=total)


def differences(people: Iterable[Person]) -> Counter[str]:
    """Return how many NIK could be compared and how many say otherwise, by field of the check."""
    counts: Counter[str] = Counter()
    for person in people:
        counts["numbers"] += 1
        try:
            nik = Nik(open_nik(person))
        except (SealBroken, NotANik):
            counts["broken"] += 1
            continue
        if person.sex:
            counts["with_sex"] += 1
            counts["other_sex"] += person.sex != nik.sex
        if person.born_on:
            counts["with_birth"] += 1
            counts["other_birth"] += person.born_on not in nik.born_candidates(person.born_on)
    return counts


def _by(step: Step) -> By:
    """Return the officer who asked, with the reach that the officer has now."""
    now = step.now()
    officer = Officer.objects.get(pk=step.requested_by or 0)
    reach = officer.reach(REVEAL, timezone.localdate(now))
    return By(kind="officer", id=officer.pk, label=officer.name, at=now, door="desk", reach=reach)
