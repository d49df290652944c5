"""The visits of a corner: one with all that comes of it, a form of the place, and a handover."""

from datetime import timedelta

from city import MALANG, MOJOKERTO, NOW, system
from form_sheets import row, sheets
from jembol.accounts.models import Officer
from jembol.kit.ids import new_ulid
from jembol.outreach import actions
from jembol.outreach.models import Need, Promise, Referral, Visit
from outreach.visits_made import WORKBOOK


def build_visits(here, canary, person, enterprise):
    """A visit, a version of a form that it answered, and what was open passed to another."""
    is_malang = not here.code.startswith(MOJOKERTO)
    names = ("pelatihan", "lapangan") if is_malang else ("admin.mojokerto", "pelatihan.mojokerto")
    giver, taker = (Officer.objects.get(username=name) for name in names)
    version = build_form(here, canary)
    key = version.form.key
    visit = Visit.objects.create(
        key=new_ulid(NOW), officer=giver, at=NOW, area=here, outcome="met", person=person,
        enterprise=enterprise, advice=f"{canary} Nasihat", received_at=NOW,
        answers={key: {"version": 1, "values": {"a": f"{canary} Jawaban"},
                       "faults": [{"name": "b", "code": "required"}]}},
    )  # fmt: skip
    Need.objects.create(visit=visit, area=here, kind="skill", words=f"{canary} Butuh", at=NOW)
    Referral.objects.create(visit=visit, area=here, kind="class", words=f"{canary} Rujuk", at=NOW)
    Promise.objects.create(
        visit=visit, area=here, officer=giver, words=f"{canary} Janji",
        due_on=NOW.date() + timedelta(days=7),
    )  # fmt: skip
    charge = actions.hand_over(
        area=here, giver=giver, taker=taker, why=f"{canary} Pindah", by=system()
    )
    return visit, version, charge


def build_form(here, canary):
    """A form of this place; that of the whole city is not asked, as it would be everywhere."""
    rows = [row("text", "a", f"{canary} Tanya"), row("text", "b", "B", required="yes"),
            row("range", "c", f"{canary} Lewat", appearance=f"{canary}")]  # fmt: skip
    settings = [["form_id", "form_title"], [f"form-{here.code}", f"{canary} Formulir"]]
    version = actions.take_form_in(
        area=here, sheets=sheets(*rows, settings=settings), name="f.xlsx", content=WORKBOOK,
        by=system(),
    )  # fmt: skip
    if here.code != MALANG:
        actions.show_form(version=version, by=system())
    return version
