"""Build the demo city, step by step, or refuse to."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.accounts.models import Officer
from jembol.console.demo.certificates import certify
from jembol.console.demo.changes import live_on
from jembol.console.demo.doubles import double
from jembol.console.demo.gatherings import form_groups
from jembol.console.demo.ground import OFFICES, lay_ground
from jembol.console.demo.numbers import Numbers
from jembol.console.demo.programme import run_programme
from jembol.console.demo.register import fill_register
from jembol.console.demo.selections import select_by_rules
from jembol.console.demo.sign_ins import DEMO_OFFICERS
from jembol.console.demo.sizes import Size
from jembol.console.demo.stage import Stage, Tell
from jembol.console.demo.visits import go_to_people
from jembol.console.demo.weeks import plan_this_week
from jembol.console.demo.wishes import tell_wishes
from jembol.kit.refusal import Refusal
from jembol.places.models import Area, City
from jembol.registry.models import Enterprise, Group, Person
from jembol.training.models import Class


class RegisterNotEmpty(Refusal):
    """The register holds something, which the demo must not mix with invented people."""

    code = "register-not-empty"


class AreasMissing(Refusal):
    """The area codes of the two cities are not loaded."""

    code = "areas-missing"


def build(*, size: Size, seed: int, now: datetime, tell: Tell) -> None:
    """Build the demo city in an empty register.

    The building is many short transactions; a building that was cut short leaves a part, which the
    next one refuses to build on.

    Args:
        size: How much of everything.
        seed: The same seed gives the same names, counts and public data.
        now: The reference moment, from which coming and running classes are counted.
        tell: Called with one line for people after each step.

    Raises:
        RegisterNotEmpty: cities, people, enterprises, groups, classes or demo officers are there.
        AreasMissing: the area codes are not loaded.
    """
    _refuse_register_in_use()
    _refuse_missing_areas()
    here = timezone.localtime(now)
    stage = Stage(size=size, seed=seed, now=here, tell=tell, numbers=Numbers(seed))
    lay_ground(stage)
    tell(_("Cities, venues, courses, texts of consent and officers are there"))
    fill_register(stage)
    form_groups(stage)
    run_programme(stage)
    certify(stage)
    select_by_rules(stage)
    live_on(stage)
    double(stage)
    tell_wishes(stage)
    go_to_people(stage)
    plan_this_week(stage)


def _refuse_register_in_use() -> None:
    kinds = (City, Person, Enterprise, Group, Class)
    names = [demo.username for demo in DEMO_OFFICERS]
    is_used = any(kind.objects.exists() for kind in kinds)
    if is_used or Officer.objects.filter(username__in=names).exists():
        raise RegisterNotEmpty(
            _(
                "The register is not empty, and invented people must not be mixed with real ones. "
                "Build the demo city in a deployment of its own, with an empty database."
            )
        )


def _refuse_missing_areas() -> None:
    missing = set(OFFICES) - set(
        Area.objects.filter(code__in=OFFICES).values_list("code", flat=True)
    )
    if missing:
        raise AreasMissing(
            _("The area codes of %(codes)s are missing. Load them first: jembol load-areas")
            % {"codes": ", ".join(sorted(missing))},
            codes=sorted(missing),
        )
