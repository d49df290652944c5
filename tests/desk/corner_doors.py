"""A visit in a corner, with a need, a referral, a promise, and an estimate of the corner."""

from datetime import date, timedelta

from city import NOW, system
from jembol.accounts.models import Officer
from jembol.outreach import actions
from jembol.outreach.models import Need, Promise, Referral, Visit
from jembol.places.choices import Level


def build_door_step(corner):
    """The field officer was at the person's door."""
    here, canary, at = corner.person.area, corner.canary, NOW - timedelta(days=40)
    officer = Officer.objects.get(username="lapangan")
    visit = Visit.objects.create(
        key=f"01CORNER{corner.person.pk:018d}",
        area=here,
        officer=officer,
        at=at,
        received_at=at,
        outcome="met",
        person=corner.person,
        enterprise=corner.enterprise,
        advice=f"{canary} Nasihat",
    )
    told = {"area": here, "visit": visit, "words": f"{canary} Kata"}
    Need.objects.create(kind="tool", at=at, **told)
    Referral.objects.create(kind="class", at=at, **told)
    Promise.objects.create(officer=officer, due_on=NOW.date() - timedelta(days=5), **told)
    if here.level == Level.KELURAHAN:
        actions.note_estimates(
            numbers=[(here, 90)],
            unit="enterprises",
            as_of=date(2026, 1, 1),
            source=f"{canary} Pendataan",
            by=system(),
        )


def visit_in(corner):
    """That visit."""
    return Visit.objects.select_related("area").get(key=f"01CORNER{corner.person.pk:018d}")
