"""What an officer carries into the field: the people of their areas, and what was promised."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum

from jembol.journal.models import Fact
from jembol.kit.area import AreaCode
from jembol.kit.reach import Reach
from jembol.outreach import events
from jembol.outreach.models import Promise, Visit
from jembol.places.models import Area
from jembol.registry.models import ConsentText, Enterprise, Ownership, Person
from jembol.training.models import Class

MOST_CLASSES = 100
PERSON = (
    "pk", "public_id", "name", "area_id", "phone", "sex", "born_on", "address", "version",
    "household_id", "nik_masked",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedArea:
    """Rows as tuples, in the order of the contract of the file, with keys and days as stored."""

    areas: Sequence[Area]
    people: Sequence[tuple[Any, ...]]
    left_out: int
    last_visits: dict[int, datetime]
    promises: Sequence[Promise]
    enterprises: Sequence[Enterprise]
    owners: dict[int, list[int]]
    consent_texts: Sequence[ConsentText]
    classes: Sequence[Class]


def carried_area(reach: Reach, on: date, most: int) -> CarriedArea:
    """Return what an officer carries, with a fixed number of queries.

    Of more people than `most` those are carried about whom something was written last.
    """
    everybody = Person.objects.within(reach).standing()
    people = list(everybody.order_by("-changed_at", "-pk").values_list(*PERSON)[:most])
    enterprises = list(
        Enterprise.objects.within(reach).standing().order_by("-changed_at", "-pk")[:most]
    )
    return CarriedArea(
        areas=_areas(reach),
        people=people,
        left_out=max(0, everybody.count() - len(people)) if len(people) == most else 0,
        last_visits=_last_visits(reach),
        promises=_promises(reach),
        enterprises=enterprises,
        owners=_owners({one.pk for one in enterprises}, on),
        consent_texts=_consent_texts(on),
        classes=list(_classes(reach, on)),
    )


def state_of(reach: Reach, on: date) -> list[object]:
    """Return what changes whenever something that is carried does, with few cheap queries."""
    told: list[object] = [on.isoformat(), [list(span) for span in reach.spans]]
    people = Person.objects.within(reach).aggregate(n=Count("pk"), v=Sum("version"), t=Max("pk"))
    shops = Enterprise.objects.within(reach).aggregate(n=Count("pk"), v=Sum("version"), t=Max("pk"))
    merged = Person.objects.within(reach).filter(survivor__isnull=False).aggregate(n=Count("pk"))
    visits = Visit.objects.within(reach).aggregate(n=Count("pk"), v=Sum("version"))
    promises = Promise.objects.within(reach).aggregate(n=Count("pk"), kept=Count("kept_at"))
    texts = ConsentText.objects.aggregate(last=Max("pk"))
    classes = _classes(reach, on).values_list("pk", "title", "starts_on")
    areas = Area.objects.within(reach).aggregate(n=Count("key"))
    counts = (people, shops, merged, visits, promises, texts, areas)
    told += [sorted(row.items()) for row in counts]
    told.append([[key, title, starts_on.isoformat()] for key, title, starts_on in classes])
    return told


def was_told_today(officer_id: int, since: datetime) -> bool:
    """Whether the journal knows already that this officer took an area along today."""
    rows = Fact.objects.filter(event=events.AREA_CARRIED, by_kind="officer", by_id=officer_id)
    return rows.filter(at__gte=since).exists()


def _areas(reach: Reach) -> list[Area]:
    """Return the areas of the reach with all above them, so that each can be named."""
    own = list(Area.objects.within(reach).order_by("key"))
    above: set[int] = set()
    for one in own:
        above |= {part.key for part in AreaCode.from_key(one.key).ancestors}
    above -= {one.key for one in own}
    return sorted([*own, *Area.objects.filter(key__in=above)], key=lambda one: one.key)


def _last_visits(reach: Reach) -> dict[int, datetime]:
    rows = Visit.objects.within(reach).exclude(person=None).values_list("person_id")
    return dict(rows.annotate(last=Max("at")).order_by("person_id"))


def _promises(reach: Reach) -> list[Promise]:
    rows = Promise.objects.within(reach).filter(kept_at=None).select_related("visit", "officer")
    return list(rows.order_by("due_on", "pk"))


def _owners(enterprises: Collection[int], on: date) -> dict[int, list[int]]:
    owners: dict[int, list[int]] = defaultdict(list)
    rows = Ownership.objects.standing(on).filter(enterprise__in=enterprises)
    for enterprise, person in rows.order_by("pk").values_list("enterprise_id", "person_id"):
        owners[enterprise].append(person)
    return owners


def _consent_texts(on: date) -> list[ConsentText]:
    """Return the newest words for each purpose and language."""
    newest = (
        ConsentText.objects.filter(
            purpose=OuterRef("purpose"), language=OuterRef("language"), published_on__lte=on
        )
        .order_by("-version")
        .values("pk")[:1]
    )
    return list(ConsentText.objects.filter(pk=Subquery(newest)).order_by("purpose", "language"))


def _classes(reach: Reach, on: date) -> QuerySet[Class]:
    rows = Class.objects.within(reach).standing().filter(Q(starts_on__gte=on))
    return rows.order_by("starts_on", "pk")[:MOST_CLASSES]
