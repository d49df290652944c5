"""Visits, forms and what is open of an officer; everybody is invented."""

from datetime import date

from django.utils import timezone

from city import NOW, area, system
from form_sheets import sheets
from jembol.kit.ids import new_ulid
from jembol.outreach import actions
from jembol.outreach.models import Need, Promise, Referral, Visit

WORKBOOK = b"PK\x03\x04xl/workbook.xml[Content_Types].xml"
"""What proves to be a workbook by its bytes; the rows are given beside it."""


def take_form_in(code, *rows, by=None, **more):
    """One version of a form for an area."""
    return actions.take_form_in(
        area=area(code),
        sheets=sheets(*rows, **more),
        name="usaha-rumah.xlsx",
        content=WORKBOOK,
        by=by or system(),
    )


def visit(officer, code, *, person=None, enterprise=None, outcome="met", at=NOW, answers=None):
    """A visit as it stands in the database."""
    return Visit.objects.create(
        key=new_ulid(at), officer=officer, at=at, area=area(code), outcome=outcome, person=person,
        enterprise=enterprise, received_at=at, answers=answers or {},
    )  # fmt: skip


def need(of, kind="skill", words=""):
    return Need.objects.create(visit=of, area=of.area, kind=kind, words=words, at=of.at)


def referral(of, kind="licence", words=""):
    return Referral.objects.create(visit=of, area=of.area, kind=kind, words=words, at=of.at)


def promise(of, words="Datang lagi", due_on=date(2026, 3, 9)):
    return Promise.objects.create(
        visit=of, area=of.area, officer=of.officer, words=words, due_on=due_on
    )


def today():
    return timezone.localdate(NOW)
