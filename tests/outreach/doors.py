"""Visits and what came out of them, for tests that ask what is counted; everybody is invented."""

from datetime import datetime, time
from itertools import count
from zoneinfo import ZoneInfo

from city import system
from jembol.outreach.models import Need, Promise, Referral, Visit
from jembol.places.actions import rt_in

ZONE = ZoneInfo("Asia/Jakarta")
_NUMBERS = count(1)


def rw(kelurahan, number):
    """One RW of a kelurahan."""
    return rt_in(kelurahan=kelurahan, rw=number, rt=None, by=system())


def noon(on):
    return datetime.combine(on, time(12), ZONE)


def visit(area, officer, on, *, outcome="met", person=None, **more):
    """A visit at noon of a day."""
    at = noon(on)
    key = f"01TEST{next(_NUMBERS):020d}"
    return Visit.objects.create(
        area=area, officer=officer, at=at, received_at=at, key=key,
        outcome=outcome, person=person, **more,
    )  # fmt: skip


def need(of, kind="tool", **more):
    return Need.objects.create(area=of.area, visit=of, at=of.at, kind=kind, **more)


def referral(of, kind="class", **more):
    return Referral.objects.create(area=of.area, visit=of, at=of.at, kind=kind, **more)


def promise(of, due_on, **more):
    return Promise.objects.create(
        area=of.area, visit=of, officer=of.officer, words="Membawa formulir", due_on=due_on, **more
    )
