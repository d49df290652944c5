"""The visits of a corner: one with all that comes of it, a form of the place, and a handover."""

from datetime import timedelta

from city import DINOYO, MALANG, MOJOKERTO, NOW, system
from form_sheets import row, sheets
from jembol.accounts.models import Officer
from jembol.files.actions import store
from jembol.files.choices import Audience
from jembol.kit.ids import new_ulid
from jembol.outreach import actions
from jembol.outreach.models import Need, Photo, Promise, Referral, Visit
from outreach.visits_made import WORKBOOK
from pictures import picture


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
    show_photo(visit)
    charge = actions.hand_over(
        area=here, giver=giver, taker=taker, why=f"{canary} Pindah", by=system()
    )
    return visit, version, charge


def show_photo(of, **more):
    """A photo of a visit, whole, of somebody who agreed."""
    content = picture(kind="JPEG")
    file = store(
        content, name="f.jpg", audience=Audience.OFFICIAL, area_key=of.area_id, by=system(),
        sealed=True,
    )  # fmt: skip
    return Photo.objects.create(
        key=new_ulid(NOW), visit=of, officer=of.officer, size=len(content), sha256="0" * 64,
        at=NOW, received_at=NOW,
        **{"has_consent": True, "has_place": False, "file": file, **more},
    )  # fmt: skip


def build_form(here, canary):
    """A form of this place, not asked where others live inside: their phones would show it."""
    rows = [row("text", "a", f"{canary} Tanya"), row("text", "b", "B", required="yes"),
            row("range", "c", f"{canary} Lewat", appearance=f"{canary}")]  # fmt: skip
    settings = [["form_id", "form_title"], [f"form-{here.code}", f"{canary} Formulir"]]
    version = actions.take_form_in(
        area=here, sheets=sheets(*rows, settings=settings), name="f.xlsx", content=WORKBOOK,
        by=system(),
    )  # fmt: skip
    if here.code not in {MALANG, DINOYO}:
        actions.show_form(version=version, by=system())
    return version
