"""The week itself, on the demo city that the environment names; see bench/week.py."""

from __future__ import annotations

import statistics
import threading
import time
from contextlib import contextmanager
from datetime import date, timedelta
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.test import Client
from django.utils import timezone
from opening import FLAGS, chromium_path
from playwright.sync_api import sync_playwright

from bench import ROOT
from jembol.accounts import actions as accounts
from jembol.accounts.choices import Role
from jembol.accounts.models import Officer
from jembol.config.wsgi import application
from jembol.journal.by import By
from jembol.kit.reach import Reach
from jembol.outreach import actions
from jembol.outreach.actions import ProfileDetails
from jembol.outreach.models import StopVisit, WorkProfile
from jembol.outreach.queries import needs_of
from jembol.outreach.queries.need_counts import unit_of
from jembol.outreach.rules.week import Terms, days_left, monday_of
from jembol.places.models import Area
from outreach.rounds import EVENING, MORNING, Clock, Walker

if TYPE_CHECKING:
    from collections.abc import Iterator

PICTURES = ROOT / "var" / "pictures"
MALANG = "35.73"
TWO = (
    ("lapangan.satu", "Petugas Contoh Satu", "35.73.05.1004"),
    ("lapangan.dua", "Petugas Contoh Dua", "35.73.02.1007"),
)
SINCE = date(2024, 1, 1)
WORKING_DAYS = 5
ILL_ON, ILL = 2, 1
LOST_ON, LOST = 1, 1
SKEWS = (timedelta(minutes=47), timedelta(hours=-3))
WIDTHS = (1280, 360)


def measure() -> dict[str, list[float]]:
    """Walk the week and return what came of it."""
    return _Simulation().run()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        pass


@contextmanager
def _serving() -> Iterator[str]:
    """Serve the pages from this process, whose clock is moved."""
    server = make_server("127.0.0.1", 0, application, _Server, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Simulation:
    """The week, from its plan to its figures."""

    def run(self) -> dict[str, list[float]]:
        self.monday = _next_whole_week(timezone.localdate())
        self.sunday = self.monday + timedelta(days=6)
        self.clock = Clock(timezone.now())
        officers = _officers()
        self.clock.strike(self.monday - timedelta(days=3), EVENING)
        with patch("django.utils.timezone.now", self.clock), _serving() as address:
            self.address = address
            self._look("sebelum", "/kantor/jemput-bola/wilayah/")
            before = self._needs()
            self.clock.strike(self.monday, MORNING)
            plan, planned_s = self._planned()
            walkers, seconds, replanned_s = self._walk(plan, officers)
            self.clock.strike(self.sunday, MORNING)
            after = self._needs()
            self._look("sesudah", "/kantor/jemput-bola/wilayah/")
            days = f"dulu={self.monday - timedelta(days=1)}&kini={self.sunday}"
            self._look("dulu-dan-kini", f"/kantor/jemput-bola/dulu-dan-kini/?{days}")
            self._look("pekan", f"/kantor/jemput-bola/pekan/?pekan={self.monday}")
            return {
                **_of_plan(plan, walkers),
                **_of_need(before, after, walkers),
                "planning the week (s)": [planned_s],
                "planning anew when one is ill (s)": [replanned_s],
                "a day of one officer, all requests (s)": seconds,
            }

    def _planned(self) -> tuple[Any, float]:
        by = _system(self.clock())
        plan = actions.order_week(
            area=Area.objects.get(code=MALANG), starts_on=self.monday, terms=Terms(), by=by
        )
        began = time.perf_counter()
        found = actions.find_week(plan=plan, by=by)
        kept = actions.keep_week(plan=plan, found=found, by=by)
        return kept, time.perf_counter() - began

    def _walk(self, plan: Any, officers: list[Any]) -> tuple[list[Any], list[float], float]:
        walkers = [
            Walker(officer, self.address, self.clock, skew)
            for officer, skew in zip(officers, SKEWS, strict=True)
        ]
        seconds, replanned_s = [], 0.0
        for number in range(WORKING_DAYS):
            on = self.monday + timedelta(days=number)
            print(f".. {on:%A}", flush=True)
            if number == ILL_ON:
                self.clock.strike(on, MORNING)
                began = time.perf_counter()
                actions.note_illness(
                    plan=plan, officer_id=officers[ILL].pk, on=on, by=_system(self.clock())
                )
                replanned_s = time.perf_counter() - began
            for place, walker in enumerate(walkers):
                began = time.perf_counter()
                walker.spend(on, is_answer_lost=(number, place) == (LOST_ON, LOST))
                seconds.append(time.perf_counter() - began)
        return walkers, seconds, replanned_s

    def _needs(self) -> dict[int, Any]:
        reach = Reach((Area.objects.get(code=MALANG).span,))
        return {one.area: one for one in needs_of(reach, self.sunday)}

    def _look(self, name: str, page: str) -> None:
        """Save a page at the width of a desk and of a phone."""
        client = Client()
        client.force_login(Officer.objects.get(username="kepala"))
        cookie = client.cookies["sessionid"].value
        PICTURES.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            for width in WIDTHS:
                context = browser.new_context(
                    viewport={"width": width, "height": 800}, locale="id-ID"
                )
                context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.address}])
                tab = context.new_page()
                answer = tab.goto(self.address + page)
                assert answer is not None, page
                assert answer.ok, page
                file = PICTURES / f"pekan-dua-petugas-{name}-{width}.png"
                tab.screenshot(path=file, full_page=True)
                print(f".. {file.name}: {tab.title()}", flush=True)
                context.close()
            browser.close()


# --- the ground -------------------------------------------------------------------------------


def _system(at: Any) -> Any:
    return By.system("bench", at=at)


def _next_whole_week(today: date) -> date:
    """Return the next Monday of a week without a holiday."""
    monday = monday_of(today) + timedelta(weeks=1)
    while len(days_left(monday, monday)) < WORKING_DAYS:
        monday += timedelta(weeks=1)
    return monday


def _officers() -> list[Any]:
    """Appoint the two; the demo's own officers are not planned in that week."""
    by = _system(timezone.now())
    WorkProfile.objects.all().delete()
    found = []
    for username, name, start in TWO:
        officer = accounts.appoint(
            username=username, name=name, password="tikar-pandan-tujuh", by=by
        )
        city = Area.objects.get(code=MALANG)
        accounts.assign(officer=officer, role=Role.FIELD, area=city, starts_on=SINCE, by=by)
        actions.set_profile(
            officer=officer,
            details=ProfileDetails(area=Area.objects.get(code=start)),
            by=by,
        )
        found.append(officer)
    return found


# --- figures ----------------------------------------------------------------------------------


def _of_plan(plan: Any, walkers: list[Any]) -> dict[str, list[float]]:
    said = [one for walker in walkers for one in walker.said]
    answers = [one for walker in walkers for one in walker.answers]
    routed = plan.stops.filter(officer__isnull=False)
    left = plan.stops.filter(officer__isnull=True)
    visited = StopVisit.objects.filter(stop__in=routed)
    return {
        "stops planned": [routed.count()],
        "of these visited": [len({one.stop_id for one in visited})],
        "not planned, each with its reason": [sum(bool(one.unserved) for one in left)],
        "not planned, without a reason": [sum(not one.unserved for one in left)],
        "visits written": [len(said)],
        "of these somebody met": [sum(one.outcome == "met" for one in said)],
        "people enrolled": [sum(walker.enrolled for walker in walkers)],
        "needs told": [sum(one.needs for one in said)],
        "promises kept": [sum(len(one.kept) for one in said)],
        "envelopes": [len({one["id"] for one in answers})],
        "of these accepted": [
            len({one["id"] for one in answers if one["was"] == "accepted"})
        ],
    }  # fmt: skip


def _of_need(
    before: dict[int, Any], after: dict[int, Any], walkers: list[Any]
) -> dict[str, list[float]]:

    visited = {unit_of(one.area) for walker in walkers for one in walker.said}
    there = [(before[key], after[key]) for key in visited if key in before and key in after]
    others = [(before[key], after[key]) for key in before if key in after and key not in visited]
    for was, now in others:
        if now.score != was.score:
            parts = {name: (old, now.parts[name]) for name, old in was.parts.items()}
            changed = {name: pair for name, pair in parts.items() if pair[0] != pair[1]}
            print(f".. not visited and changed: {now.label} {changed}", flush=True)
    return {
        "areas of the need map": [len(after)],
        "areas visited": [len(visited)],
        "of these with less need than before": [sum(now.score < was.score for was, now in there)],
        "areas not visited whose need changed": [
            sum(now.score != was.score for was, now in others)
        ],
        "need of those visited, before (median)": [
            statistics.median(was.score for was, _now in there)
        ],
        "need of those visited, after (median)": [
            statistics.median(now.score for _was, now in there)
        ],
        "areas late without this week": [sum(one.is_overdue for one in before.values())],
        "areas late after it": [sum(one.is_overdue for one in after.values())],
    }
