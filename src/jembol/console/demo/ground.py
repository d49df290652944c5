"""The first step: two cities, their venues, the catalogue, the texts and the officers."""

from jembol.accounts import actions as accounts
from jembol.accounts.choices import Role
from jembol.accounts.models import Officer
from jembol.console.demo import classes, consents, plans
from jembol.console.demo.sign_ins import (
    DEMO_OFFICERS,
    DEMO_PASSWORD,
    DINOYO,
    DINOYO_RW,
    MALANG,
    MOJOKERTO,
    DemoOfficer,
)
from jembol.console.demo.stage import Stage, Town
from jembol.kit.area import AreaCode
from jembol.places import actions as places
from jembol.places.choices import Level
from jembol.places.models import Area
from jembol.registry import actions as registry
from jembol.training import actions as training

OPENED_DAYS_AGO = 120

# Names as the two cities' own offices bear them.
OFFICES = {
    MALANG: "Dinas Koperasi, Perindustrian dan Perdagangan Kota Malang",
    MOJOKERTO: "Dinas Koperasi, UKM, Perindustrian dan Perdagangan Kota Mojokerto",
}


def lay_ground(stage: Stage) -> None:
    """Open the cities and appoint their officers; both towns stand on the stage afterwards."""
    by = stage.system(OPENED_DAYS_AGO)
    for code, office in OFFICES.items():
        places.open_city(code=code, office=office, by=by, is_demo=True)
    training.seed_courses(by=by)
    for purpose, body in consents.TEXTS.items():
        registry.publish_consent_text(
            purpose=purpose,
            version=consents.VERSION,
            body=body,
            on=stage.moment(OPENED_DAYS_AGO).date(),
            by=by,
        )
    _add_venues(stage)
    _add_mentors(stage)
    officers = _appoint(stage)
    stage.towns = {
        MALANG: _town(MALANG, officers["pelatihan"]),
        MOJOKERTO: _town(MOJOKERTO, officers["pelatihan.mojokerto"]),
    }


def _add_venues(stage: Stage) -> None:
    areas = {area.code: area for area in _areas({venue.area for venue in classes.VENUES})}
    for venue in classes.VENUES:
        places.add_venue(
            name=venue.name,
            area=areas[venue.area],
            address=venue.address,
            capacity=venue.capacity,
            step_free=venue.step_free,
            by=stage.system(OPENED_DAYS_AGO),
        )


def _add_mentors(stage: Stage) -> None:
    areas = {area.code: area for area in _areas({mentor.area for mentor in plans.MENTORS})}
    for mentor in plans.MENTORS:
        details = training.MentorDetails(
            name=mentor.name,
            area=areas[mentor.area],
            expertise=mentor.expertise,
            honorarium_per_hour=mentor.honorarium_per_hour,
        )
        training.add_mentor(details=details, by=stage.system(OPENED_DAYS_AGO))


def _appoint(stage: Stage) -> dict[str, Officer]:
    rw = AreaCode.parse(DINOYO_RW).parts[-1]
    by = stage.system(OPENED_DAYS_AGO)
    places.rt_in(kelurahan=Area.objects.get(code=DINOYO), rw=rw, rt=None, by=by)
    return {demo.username: _appoint_one(stage, demo) for demo in DEMO_OFFICERS}


def _appoint_one(stage: Stage, demo: DemoOfficer) -> Officer:
    by = stage.system(OPENED_DAYS_AGO)
    officer = accounts.appoint(
        username=demo.username, name=demo.name, password=DEMO_PASSWORD, by=by
    )
    for area in _areas(set(demo.areas)):
        accounts.assign(
            officer=officer, role=Role(demo.role), area=area, starts_on=by.at.date(), by=by
        )
    return officer


def _areas(codes: set[str]) -> list[Area]:
    return list(Area.objects.filter(code__in=codes).order_by("key"))


def _town(code: str, officer: Officer) -> Town:
    area = Area.objects.get(code=code)
    kelurahan = Area.objects.inside(area).at(Level.KELURAHAN).order_by("key")
    return Town(area=area, kelurahan={one.code: one for one in kelurahan}, officer=officer)
