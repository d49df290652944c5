"""The very last step: how officers work, a service day, and the plan of this week."""

from datetime import date, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from jembol.accounts.models import Officer
from jembol.console.demo.sign_ins import DINOYO_RW, MALANG
from jembol.console.demo.stage import Stage
from jembol.journal.by import By
from jembol.outreach import actions as outreach
from jembol.outreach.actions import ProfileDetails, ServiceDetails
from jembol.outreach.choices import ServiceKind, Skill, Tongue, Travel
from jembol.outreach.rules.week import Terms, days_left, monday_of
from jembol.places.models import Area

ITERATIONS: Final = 600
"""Half a second of work; a real week looks twice as long and more."""

_BOTH: Final = (Tongue.INDONESIAN, Tongue.JAVANESE)
_WORKERS: Final = (
    ("lapangan", "35.73.05.1004", Travel.MOTORCYCLE, (Skill.LICENCE, Skill.FOOD)),
    ("lapangan.rw3", DINOYO_RW, Travel.FOOT, (Skill.HAIR,)),
    ("pelatihan", "35.73.02.1007", Travel.CAR, (Skill.MEDIA, Skill.FINANCE)),
)


def plan_this_week(stage: Stage) -> None:
    """Say how three officers work, open a service day, and have this week planned."""
    by = stage.system()
    for username, code, travel, skills in _WORKERS:
        outreach.set_profile(
            officer=Officer.objects.get(username=username),
            details=ProfileDetails(
                area=Area.objects.get(code=code), travel=travel, skills=skills, tongues=_BOTH
            ),
            by=by,
        )
    monday, days = _week(stage.today)
    _open_service_day(days[-1], by)
    plan = outreach.order_week(
        area=stage.towns[MALANG].area,
        starts_on=monday,
        terms=Terms(iterations=ITERATIONS),
        by=stage.officer(stage.towns[MALANG], 0),
    )
    outreach.keep_week(plan=plan, found=outreach.find_week(plan=plan, by=by), by=by)
    stage.tell(_("The plan of this week"))


def _week(today: date) -> tuple[date, tuple[date, ...]]:
    """Return the first week from today on that has a working day to come, with its days."""
    monday = monday_of(today)
    while not (days := days_left(monday, today)):
        monday += timedelta(weeks=1)
    return monday, days


def _open_service_day(on: date, by: By) -> None:
    outreach.open_service_day(
        details=ServiceDetails(
            area=Area.objects.get(code=DINOYO_RW),
            on=on,
            starts_at=time(8, 30),
            ends_at=time(10, 45),
            place="Balai RW 03 (contoh)",
            services=(ServiceKind.NIB, ServiceKind.HAIRCUT),
            officers=2,
            visitors=60,
        ),
        by=by,
    )
