"""Compares the NIK of a city with sex and birth, in the background; only counts are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from jembol.accounts.models import Officer
from jembol.journal.by import By
from jembol.kit.nik import Nik, NotANik
from jembol.kit.seal import SealBroken
from jembol.outbox.models import Job
from jembol.outbox.queries import newest_jobs
from jembol.outbox.step import Step
from jembol.outbox.tasks import task
from jembol.places.models import Area
from jembol.registry.actions.number_checks import begin_number_check, finish_number_check
from jembol.registry.models import NumberCheck, Person
from jembol.registry.permissions import REVEAL
from jembol.registry.sealed_numbers import open_nik

CHUNK: Final = 1000


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
    newest = newest_jobs(compare_numbers.kind, area_key=city.key, limit=1)
    return any(not job.is_over for job in newest)


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
