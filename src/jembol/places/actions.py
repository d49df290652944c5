"""The only door for writes about places."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record, record_many
from jembol.kit.area import AreaCode
from jembol.kit.point import Point
from jembol.kit.text import clean_line, fold_area, fold_name
from jembol.places import country, errors, events, rules
from jembol.places.choices import Level
from jembol.places.models import Area, AreaAlias, Boundary, City, Edition, Venue
from jembol.places.outlines import Outline, outlines_of

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""

Wanted = tuple[int, int | None, int | None]
"""A kelurahan's key, an RW and an RT number; None for what is not known."""

# Short transactions: no other writer waits longer than one of these takes.
_CHUNK = 5_000
_RW = "RW"
_RT = "RT"


def load_country(*, by: By, progress: Progress | None = None, inside: Collection[str] = ()) -> int:
    """Bring the country's areas to the edition of the table of codes; return how many changed.

    Safe to repeat and to interrupt: what is there and equal stays, and a complete load of this
    edition is recognised by two small queries. Areas that the table no longer has stay too,
    because people live in rows that point at them.

    Args:
        by: Who loads; must reach the whole nation.
        progress: Called after each part with the areas done and the areas in all.
        inside: Dotted codes of cities or provinces, to load only these.

    Raises:
        OutOfReach: the actor does not reach the whole nation.
    """
    by.must_cover(AreaCode.nation().key)
    if not inside and _is_complete():
        return 0
    regions = sorted(country.regions(inside), key=lambda region: (region.level, region.key))
    known = {key: facts for key, *facts in Area.objects.values_list("key", *_LOADED_FIELDS)}
    changed = [region for region in regions if known.get(region.key) != _loaded_facts(region)]
    for start in range(0, len(changed), _CHUNK):
        chunk = [Area(**region._asdict()) for region in changed[start : start + _CHUNK]]
        _write_areas(chunk, known)
        if progress is not None:
            progress(start + len(chunk), len(changed))
    _close_load(areas=len(regions), changed=len(changed), is_whole=not inside, by=by)
    return len(changed)


_LOADED_FIELDS = ("name", "kind", "folded", "postal_code")


def _is_complete() -> bool:
    edition = Edition.objects.filter(source=country.edition()).first()
    if edition is None:
        return False
    return Area.objects.filter(level__lte=Level.KELURAHAN).count() >= edition.areas


def _loaded_facts(region: country.Region) -> list[str]:
    return [getattr(region, name) for name in _LOADED_FIELDS]


@transaction.atomic
def _write_areas(areas: Sequence[Area], known: Collection[int]) -> None:
    Area.objects.bulk_create([area for area in areas if area.key not in known])
    renamed = [area for area in areas if area.key in known]
    Area.objects.bulk_update(renamed, _LOADED_FIELDS, batch_size=500)


@transaction.atomic
def _close_load(*, areas: int, changed: int, is_whole: bool, by: By) -> None:
    """Keep which edition is loaded, so that the next start need not compare."""
    source = country.edition()
    if is_whole:
        defaults = {"areas": areas, "loaded_at": by.at}
        Edition.objects.update_or_create(source=source, defaults=defaults)
    if changed:
        nation = AreaCode.nation().key
        details = {"source": source, "areas": areas, "changed": changed}
        record(
            events.COUNTRY_LOADED,
            about=("places.area", nation),
            by=by,
            area=nation,
            details=details,
        )


@transaction.atomic
def open_city(*, code: str, office: str, by: By, is_demo: bool = False) -> City:
    """Begin to run the programme of a city here, with its coordinates and spellings.

    Raises:
        UnknownArea: no area has this code.
        NotOfThisLevel: the area is not a kota or kabupaten.
        CityAlreadyOpen: its programme runs here already.
        OutOfReach: the actor does not reach the city.
    """
    area = _area_of(code)
    _must_be(area, Level.CITY)
    by.must_cover(area.key)
    if City.objects.filter(area=area).exists():
        raise errors.CityAlreadyOpen(
            _("The programme of %(city)s runs here already. Choose it from the list of cities.")
            % {"city": area.name},
            field="code",
        )
    zone = rules.time_zone_of(AreaCode.from_key(area.key).parts[0])
    city = City.objects.create(
        area=area, office=clean_line(office), time_zone=zone, is_demo=is_demo
    )
    _place_kelurahan(area)
    _teach_spellings(area)
    record(events.CITY_OPENED, about=city, by=by, area=area, details={"office": city.office})
    return city


def _area_of(code: str) -> Area:
    try:
        key = AreaCode.parse(code).key
        return Area.objects.get(key=key)
    except (ValueError, Area.DoesNotExist) as problem:
        raise errors.UnknownArea(
            _("No area has the code “%(code)s”. Write it like 35.73, or load the area codes first.")
            % {"code": code},
            field="code",
            area_code=code,
        ) from problem


def _must_be(area: Area, level: Level) -> None:
    if area.level != level:
        raise errors.NotOfThisLevel(
            _("%(area)s is not on the level “%(level)s”. Choose one that is.")
            % {"area": area, "level": level.label},
            area_code=area.code,
        )


def _place_kelurahan(city: Area) -> None:
    points = country.coordinates_in(city.code)
    placed = list(Area.objects.filter(key__in=points).order_by("key"))
    for area in placed:
        area.lat, area.lon = points[area.key].lat, points[area.key].lon
    Area.objects.bulk_update(placed, ["lat", "lon"], batch_size=100)


def _teach_spellings(city: Area) -> None:
    aliases = [
        AreaAlias(area_id=key, text=text, folded=fold_area(text), source=source)
        for key, text, source in country.spellings_in(city.code)
    ]
    AreaAlias.objects.bulk_create(aliases, ignore_conflicts=True)


@transaction.atomic
def add_rw(*, kelurahan: Area, number: int, by: By) -> Area:
    """Add an RW that a kelurahan or desa numbers itself.

    Raises:
        NotOfThisLevel: the area is no kelurahan or desa.
        NumberOutOfRange: the number is not 1 to 999.
        AreaExists: the kelurahan has this RW already.
        OutOfReach: the actor does not reach the RW.
    """
    _must_be(kelurahan, Level.KELURAHAN)
    return _add_new(_code_below(kelurahan.key, number, None), by)


@transaction.atomic
def add_rt(*, rw: Area, number: int, by: By) -> Area:
    """Add an RT that an RW numbers itself.

    Raises:
        NotOfThisLevel: the area is no RW.
        NumberOutOfRange: the number is not 1 to 999.
        AreaExists: the RW has this RT already.
        OutOfReach: the actor does not reach the RT.
    """
    _must_be(rw, Level.RW)
    code = AreaCode.from_key(rw.key)
    return _add_new(_checked(_RT, number, code.rt), by)


@transaction.atomic
def rt_in(*, kelurahan: Area, rw: int | None, rt: int | None, by: By) -> Area:
    """Return the deepest place that these numbers name, adding the RW and RT when they are new.

    An RT without its RW names no place (every RW counts its RT from 1), so then the kelurahan
    itself is the answer.

    Raises:
        UnknownArea: the kelurahan is not in the register.
        NotOfThisLevel: the area is no kelurahan or desa.
        NumberOutOfRange: a number is not 1 to 999.
        OutOfReach: the actor does not reach the place.
    """
    wanted = (kelurahan.key, rw, rt)
    return Area.objects.get(key=bulk_rt(wanted={wanted}, by=by)[wanted])


@transaction.atomic
def bulk_rt(*, wanted: Collection[Wanted], by: By) -> dict[Wanted, int]:
    """Return the key of the deepest place for each kelurahan, RW and RT; add what is new.

    Raises:
        UnknownArea: a kelurahan is not in the register.
        NotOfThisLevel: an area is no kelurahan or desa.
        NumberOutOfRange: a number is not 1 to 999.
        OutOfReach: the actor does not reach a place.
    """
    _must_all_be_kelurahan({kelurahan for kelurahan, _rw, _rt in wanted})
    codes = {one: _code_below(*one) for one in wanted}
    for code in codes.values():
        by.must_cover(code.key)
    _add_missing(codes.values(), by)
    return {one: code.key for one, code in codes.items()}


@transaction.atomic
def place(*, key: int, rw: int | None, rt: int | None, by: By) -> Area:
    """Return the area with this key, or the RW and RT below it, entered when they are new.

    Raises:
        UnknownArea: no area has this key.
        NumberOutOfRange: a number is not 1 to 999.
        OutOfReach: the place lies outside the actor's duty.
    """
    area = Area.objects.filter(key=key).first()
    if area is None:
        raise errors.UnknownArea(
            _("There is no area %(key)s. Choose one of the list.") % {"key": key}, area_key=key
        )
    if area.level == Level.KELURAHAN and rw is not None:
        # An officer on duty in one RW chooses its kelurahan first, which lies outside the duty.
        return rt_in(kelurahan=area, rw=rw, rt=rt, by=by)
    if area.level == Level.RW and area.parent and rt is not None:
        own = AreaCode.from_key(key).parts[-1]
        return rt_in(kelurahan=area.parent, rw=own if rw is None else rw, rt=rt, by=by)
    by.must_cover(key)
    return area


def _must_all_be_kelurahan(keys: set[int]) -> None:
    known = {area.key: area for area in Area.objects.filter(key__in=keys)}
    for key in sorted(keys):
        if key not in known:
            raise errors.UnknownArea(
                _("No kelurahan has the key %(key)s. Load the area codes first.") % {"key": key},
                area_key=key,
            )
        _must_be(known[key], Level.KELURAHAN)


def _code_below(kelurahan_key: int, rw: int | None, rt: int | None) -> AreaCode:
    code = AreaCode.from_key(kelurahan_key)
    if rw is None:
        return code
    inside = _checked(_RW, rw, code.rw)
    return inside if rt is None else _checked(_RT, rt, inside.rt)


def _checked(word: str, number: int, below: Callable[[int], AreaCode]) -> AreaCode:
    try:
        return below(number)
    except ValueError as problem:
        raise errors.NumberOutOfRange(
            _("%(word)s %(number)s is not a number from 1 to 999. Correct it or leave it out.")
            % {"word": word, "number": number},
            field=word.casefold(),
            number=number,
        ) from problem


def _add_new(code: AreaCode, by: By) -> Area:
    by.must_cover(code.key)
    if Area.objects.filter(key=code.key).exists():
        raise errors.AreaExists(
            _("%(name)s (%(code)s) is there already. Choose it from the list.")
            % {"name": _local(code).name, "code": code.code},
            area_code=code.code,
        )
    _add_missing([code], by)
    return Area.objects.get(key=code.key)


def _add_missing(codes: Iterable[AreaCode], by: By) -> None:
    """Add the RW and RT that are not there yet, each RW before its RT."""
    needed = {
        area.key: area
        for code in codes
        for area in (*code.ancestors, code)
        if area.level > Level.KELURAHAN
    }
    known = set(Area.objects.filter(key__in=needed).values_list("key", flat=True))
    # A parent's key is smaller than those of its children.
    fresh = [_local(needed[key]) for key in sorted(needed.keys() - known)]
    # Another officer may add the same RT at this moment; both mean the same row.
    Area.objects.bulk_create(fresh, ignore_conflicts=True)
    record_many([_added(area, by) for area in fresh])


def _local(code: AreaCode) -> Area:
    name = rules.local_name(_RW if code.level == Level.RW else _RT, code.parts[-1])
    return Area(
        key=code.key,
        code=code.code,
        name=name,
        level=code.level,
        kind="rw" if code.level == Level.RW else "rt",
        parent_id=code.parent.key if code.parent else None,
        folded=fold_area(name),
    )


def _added(area: Area, by: By) -> Entry:
    event = events.RW_ADDED if area.level == Level.RW else events.RT_ADDED
    return Entry(event=event, about=area, by=by, area=area, details={"name": area.name})


@transaction.atomic
def add_venue(
    *,
    name: str,
    area: Area,
    by: By,
    address: str = "",
    capacity: int | None = None,
    step_free: bool | None = None,
    point: Point | None = None,
) -> Venue:
    """Add a place where classes can be held.

    Raises:
        VenueIncomplete: it has no name, or room for nobody.
        VenueExists: a venue of this name stands in the same area.
        OutOfReach: the actor does not reach the area.
    """
    by.must_cover(area.key)
    said = clean_line(name)
    _check_venue(said, area, capacity)
    venue = Venue.objects.create(
        name=said,
        folded=_folded(said),
        area=area,
        address=clean_line(address),
        capacity=capacity,
        step_free=step_free,
        lat=None if point is None else point.lat,
        lon=None if point is None else point.lon,
    )
    record(events.VENUE_ADDED, about=venue, by=by, area=area, details={"name": venue.name})
    return venue


def _folded(name: str) -> str:
    """Return the key of a venue's name, cut to its place: one sign can fold into eighteen."""
    return fold_name(name)[:150].strip()


def _check_venue(name: str, area: Area, capacity: int | None) -> None:
    if not fold_name(name):
        raise errors.VenueIncomplete(
            _("The venue has no name. Write how people call it."), field="name"
        )
    if capacity is not None and capacity < 1:
        raise errors.VenueIncomplete(
            _("The capacity of %(venue)s is %(capacity)s. Write how many people fit, or nothing.")
            % {"venue": name, "capacity": capacity},
            field="capacity",
        )
    if Venue.objects.filter(area=area, folded=_folded(name)).exists():
        raise errors.VenueExists(
            _(
                "%(venue)s in %(area)s is in the list already. "
                "Choose it, or tell them apart by name."
            )
            % {"venue": name, "area": area.name},
            field="name",
        )


@transaction.atomic
def load_boundaries(*, features: Mapping[str, Any], source: str, by: By) -> list[Boundary]:
    """Take over official boundaries from a GeoJSON FeatureCollection: all of it or nothing.

    A boundary that is loaded already and equal stays as it is; the answer holds what changed.

    Args:
        features: The document; each feature has a property `code`, with or without dots.
        source: Who published it and when.
        by: Who loads; must reach each area.

    Raises:
        NotGeoJson: the document is no FeatureCollection with features.
        WrongCrs: it is not longitude and latitude in WGS 84.
        SwappedCoordinates: latitude stands before longitude.
        UnknownArea: a feature names no area of the register.
        RepeatedArea: two features bound the same area.
        WrongGeometry: a feature is neither Polygon nor MultiPolygon.
        BrokenPolygon: a ring is not closed, too short, or crosses itself.
        OutOfReach: the actor does not reach an area.
    """
    outlines = {outline.code.key: outline for outline in outlines_of(features)}
    _must_all_be_known(outlines.values())
    for key in outlines:
        by.must_cover(key)
    standing = dict(Boundary.objects.filter(area__in=outlines).values_list("area_id", "geometry"))
    fresh = [
        Boundary(area_id=key, geometry=outline.geometry, source=source, loaded_at=by.at)
        for key, outline in outlines.items()
        if standing.get(key) != _as_stored(outline)
    ]
    Boundary.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["area"],
        update_fields=["geometry", "source", "loaded_at"],
    )
    record_many([_bounded(boundary, outlines[boundary.area_id], by) for boundary in fresh])
    return fresh


def _must_all_be_known(outlines: Collection[Outline]) -> None:
    keys = [outline.code.key for outline in outlines]
    known = set(Area.objects.filter(key__in=keys).values_list("key", flat=True))
    for outline in outlines:
        if outline.code.key not in known:
            raise errors.UnknownArea(
                _(
                    "%(feature)s: no area has the code %(code)s. Correct the code, or load the "
                    "area codes first."
                )
                % {"feature": outline.label, "code": outline.code},
                area_code=outline.code.code,
            )


def _as_stored(outline: Outline) -> dict[str, Any]:
    """Return the geometry as the database gives it back: with lists for pairs."""
    return {**outline.geometry, "coordinates": _listed(outline.geometry["coordinates"])}


def _listed(value: Any) -> Any:
    return [_listed(one) for one in value] if isinstance(value, list | tuple) else value


def _bounded(boundary: Boundary, outline: Outline, by: By) -> Entry:
    details = {"source": boundary.source, "points": outline.points}
    return Entry(
        event=events.BOUNDARY_LOADED,
        about=boundary,
        by=by,
        area=boundary.area_id,
        details=details,
    )
