"""The register on a past day: people, enterprises, the members of a group, and one's versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.desk.areas import area_filter, named
from jembol.desk.cities import cities_within
from jembol.desk.enterprises import state
from jembol.desk.groups import group_within
from jembol.desk.journal import specific_reach
from jembol.desk.lists import listed, reach_of_list, wants_file
from jembol.desk.people import exported_people
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.places.queries import time_zones
from jembol.registry.choices import EnterpriseStatus
from jembol.registry.models import Enterprise, Person
from jembol.registry.past import enterprises_at, people_at
from jembol.registry.queries.past import (
    last_moment,
    members_at,
    named_like,
    owners_at,
    past_by_kelurahan,
    versions_of,
)
from jembol.registry.queries.rows import ENTERPRISE_COLUMNS, PEOPLE_COLUMNS, enterprise_rows
from jembol.ui.components import masked, phone, written
from jembol.ui.guards import OfficerRequest, reads
from jembol.ui.listing import Column, Filter, Listing, parse_day
from jembol.ui.pages import show

if TYPE_CHECKING:
    from datetime import datetime

    from jembol.kit.reach import Reach
    from jembol.registry.past import PastRows
    from jembol.ui.export import Value

# The words of an exported list are fixed, whatever the language of the page.
DAY_HEADING = "Per Tanggal"
OPEN = [one.value for one in EnterpriseStatus if one != EnterpriseStatus.CLOSED]


@dataclass(frozen=True)
class PastDay:
    """The day that an address asks for, as the city's clocks count it.

    Attributes:
        day: Today when the address names none.
        moment: Its last moment.
        is_ahead: It has not come yet, so nothing can be said of it.
    """

    day: date
    moment: datetime
    is_ahead: bool

    def of(self, rows: PastRows, reach: Reach) -> PastRows:
        """Return the rows within reach; none for a day ahead."""
        return rows.filter(pk__in=()) if self.is_ahead else rows.within(reach)


def past_day(request: OfficerRequest) -> PastDay:
    """Return the day that the address names.

    Raises:
        Http404: a file is asked for a day that has not come yet.
    """
    zone = _zone(request.reach)
    today = timezone.localdate(timezone=zone)
    day = parse_day(request.GET.get("pada", "")) or today
    is_ahead = day > today
    if is_ahead and wants_file(request):
        raise Http404
    # Nobody needs the moment of a day ahead, and the calendar's last one has no end.
    return PastDay(day, last_moment(min(day, today), zone), is_ahead)


def _zone(reach: Reach) -> tzinfo:
    """Return the zone of the cities in reach, the deployment's when they have several."""
    zones = time_zones(cities_within(reach))
    return ZoneInfo(zones.pop()) if len(zones) == 1 else timezone.get_current_timezone()


@reads("registry.see")
def past_person_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the people of the officer's areas as they stood at the end of a day."""
    on, reach = past_day(request), reach_of_list(request, "registry.export")

    @cache
    def there_today() -> set[int]:
        shown = [row.pk for row in listing.page.rows]
        return set(
            Person.objects.within(request.reach).filter(pk__in=shown).values_list("pk", flat=True)
        )

    def detail(row: Person) -> str:
        name = "person_detail" if row.pk in there_today() else "past_person_detail"
        return reverse(f"desk:{name}", args=[row.public_id])

    def exported(rows: Any) -> Iterator[Sequence[Value]]:
        with_specific = reach & specific_reach(request) == reach
        for cells in exported_people(rows, with_specific=with_specific):
            yield (on.day, *cells)

    listing = Listing(
        request,
        rows=_as_rows(on.of(people_at(on.moment), reach)),
        columns=_person_columns(),
        filters=_filters(request, on),
        search=named_like,
        sort="nama",
        name="orang-pada",
        on=on.day,
        detail=detail,
        export=([DAY_HEADING, *PEOPLE_COLUMNS], exported),
        empty=_("The register held nobody of your areas on this day."),
    )
    return _answer(request, listing, on, title=_("People on a past day"), unit=_("people"))


@reads("registry.see")
def past_enterprise_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the enterprises of the officer's areas as they stood at the end of a day."""
    on, reach = past_day(request), reach_of_list(request, "registry.export")

    @cache
    def shown() -> tuple[set[int], Mapping[int, Sequence[Person]]]:
        keys = [row.pk for row in listing.page.rows]
        there = Enterprise.objects.within(request.reach).filter(pk__in=keys)
        return set(there.values_list("pk", flat=True)), owners_at(keys, on.moment, reach)

    def detail(row: Enterprise) -> str:
        is_there = row.pk in shown()[0]
        return reverse("desk:enterprise_detail", args=[row.public_id]) if is_there else ""

    def owners(row: Enterprise) -> str:
        return ", ".join(owner.name for owner in shown()[1].get(row.pk, ()))

    def first_owners(keys: list[int]) -> dict[int, Person]:
        return {key: found[0] for key, found in owners_at(keys, on.moment, reach).items()}

    def exported(rows: Any) -> Iterator[Sequence[Value]]:
        for row in enterprise_rows(rows, first_owners):
            yield (on.day, *row.cells)

    listing = Listing(
        request,
        rows=_as_rows(on.of(enterprises_at(on.moment), reach)),
        columns=[
            *_enterprise_columns(),
            Column("pemilik", _("Owners"), owners, lambda row: written(owners(row))),
        ],
        filters=_filters(request, on),
        search=named_like,
        sort="nama",
        name="usaha-pada",
        on=on.day,
        detail=detail,
        export=([DAY_HEADING, *ENTERPRISE_COLUMNS], exported),
        empty=_("The register held no enterprise of your areas on this day."),
    )
    return _answer(
        request, listing, on, title=_("Enterprises on a past day"), unit=_("enterprises")
    )


@reads("registry.see")
def past_person_detail(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show how a person stood before each change, also of one who is gone."""
    today = Person.objects.within(request.reach).filter(public_id=public_id).first()
    versions = versions_of(public_id, request.reach)
    if today is None and not versions:
        raise Http404
    context = {
        "title": today.name if today else versions[0].person.name,
        "public_id": public_id,
        "versions": [(each, named(each.person.area)) for each in versions],
        "is_there": today is not None,
        "back": {"link": reverse("desk:past_person_list"), "title": _("People on a past day")},
    }
    return show(request, "desk/past_person_detail.html", context)


@reads("registry.see")
def past_group_detail(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show who was in a group at the end of a day."""
    group, on = group_within(request, public_id), past_day(request)
    context = {
        "title": group.name,
        "group": group,
        "on": on,
        "members": [] if on.is_ahead else members_at(group, on.moment, request.reach),
        "back": {"link": reverse("desk:group_detail", args=[public_id]), "title": group.name},
    }
    return show(request, "desk/past_group_detail.html", context)


def _answer(
    request: OfficerRequest, listing: Listing, on: PastDay, *, title: str, unit: str
) -> HttpResponseBase:
    context = {
        "title": title,
        "unit": unit,
        "on": on,
        "below": "desk/past_counts.html",
        "kelurahan": [] if wants_file(request) else _by_kelurahan(request, on),
        "of_day": f"?pada={on.day.isoformat()}",
    }
    return listed(
        request, listing, context, template="desk/past_list.html", export="registry.export"
    )


def _by_kelurahan(request: OfficerRequest, on: PastDay) -> list[tuple[str, int, int]]:
    """Return each kelurahan with its people and its enterprises that were not closed."""
    where, word = area_filter(request.reach), request.GET.get("wilayah", "")

    def counted(rows: PastRows) -> dict[int, int]:
        rows = on.of(rows, request.reach)
        chosen = where.apply(rows, word) if where.accepts(word) else rows
        return {one.area_key: one.number for one in past_by_kelurahan(chosen)}

    people = counted(people_at(on.moment))
    enterprises = counted(enterprises_at(on.moment).filter(status__in=OPEN))
    keys = people.keys() | enterprises.keys()
    names = dict(Area.objects.at(Level.KELURAHAN).filter(pk__in=keys).values_list("pk", "name"))
    rows = [
        (names.get(key, _("Kelurahan not known")), people.get(key, 0), enterprises.get(key, 0))
        for key in sorted(keys, key=lambda key: (key not in names, names.get(key, ""), key))
    ]
    total = (_("All"), sum(people.values()), sum(enterprises.values()))
    return [*rows, total] if rows else []


def _filters(request: OfficerRequest, on: PastDay) -> list[Filter]:
    return [
        Filter(
            "pada",
            _("At the end of"),
            [],
            lambda rows, _word: rows,
            is_day=True,
            default=timezone.localdate().isoformat(),
        ),
        area_filter(request.reach),
    ]


def _person_columns() -> list[Column]:
    return [
        Column(
            "nama", _("Name"), lambda row: row.name, lambda row: written(row.name), sort="folded"
        ),
        Column("wilayah", _("Lived in"), lambda row: named(row.area)),
        Column("telepon", _("Phone"), lambda row: row.phone, lambda row: phone(row.phone)),
        Column(
            "nik", "NIK", lambda row: row.nik_masked, lambda row: masked(row.nik_masked), wide=True
        ),
        Column("id", "ID Jembol", lambda row: row.public_id),
    ]


def _enterprise_columns() -> list[Column]:
    return [
        Column(
            "nama",
            _("Enterprise"),
            lambda row: row.name,
            lambda row: written(row.name),
            sort="folded",
        ),
        Column("produk", _("Product"), lambda row: row.product),
        Column("wilayah", _("Worked in"), lambda row: named(row.area)),
        Column("keadaan", _("State"), lambda row: row.get_status_display(), state),
        Column("id", "ID Jembol", lambda row: row.public_id, wide=True),
    ]


def _as_rows(rows: PastRows) -> Any:
    """Return the rows as a list takes them; they answer what it asks of a queryset."""
    return rows


paths = [
    path("orang/pada/", past_person_list, name="past_person_list"),
    path("usaha/pada/", past_enterprise_list, name="past_enterprise_list"),
    path("orang/<slug:public_id>/pada/", past_person_detail, name="past_person_detail"),
    path("kelompok/<slug:public_id>/pada/", past_group_detail, name="past_group_detail"),
]
