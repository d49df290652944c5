"""A view that only reads cannot write, and what it says it read is journaled."""

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from city import MALANG, build_areas, build_officers
from jembol.journal.models import Fact
from jembol.journal.record import Entry
from jembol.kit.area import AreaCode
from jembol.ui.guards import ANY_OFFICER, WriteRefused, open_to_all, reads, writes

KEY = AreaCode.parse(MALANG).key


@pytest.fixture
def request_of(db):
    build_areas()
    officers = build_officers("pelatihan", "kurator")

    def make(username, method="get"):
        request = getattr(RequestFactory(), method)("/")
        request.user = officers[username]
        return request

    return make


def write(_request):
    Session.objects.create(session_key="x", session_data="y", expire_date=timezone.now())
    return HttpResponse()


def test_a_reading_view_cannot_write(request_of):
    with pytest.raises(WriteRefused, match="INSERT"):
        reads("registry.see")(write)(request_of("pelatihan"))


def test_a_writing_view_can(request_of):
    assert writes("registry.change")(write)(request_of("pelatihan", "post")).status_code == 200


def test_a_citizens_page_cannot_write_when_looked_at(db):
    with pytest.raises(WriteRefused):
        open_to_all(write)(RequestFactory().get("/"))


def test_a_citizens_page_writes_when_sent(db):
    assert open_to_all(write)(RequestFactory().post("/")).status_code == 200


def test_a_role_without_the_permission_is_refused(request_of):
    with pytest.raises(PermissionDenied):
        reads("registry.see")(lambda _request: HttpResponse())(request_of("kurator"))


def test_the_actor_of_an_action_is_the_officer_with_the_reach_of_that_permission(request_of):
    seen = {}

    def view(request):
        seen["by"] = request.by
        return HttpResponse()

    reads("registry.see")(view)(request_of("pelatihan"))

    assert (seen["by"].kind, seen["by"].door) == ("officer", "desk")
    assert seen["by"].reach.spans == (AreaCode.parse(MALANG).span,)


def test_a_page_of_ones_own_account_reaches_no_rows(request_of):
    def view(request):
        return HttpResponse(str(bool(request.reach)))

    assert reads(ANY_OFFICER)(view)(request_of("kurator")).content == b"False"


def test_what_a_reading_view_says_it_read_is_journaled(request_of):
    def view(request):
        entry = Entry(event="registry.list.exported", about=("x", "1"), by=request.by, area=KEY)
        request.readings.append(entry)
        return HttpResponse()

    reads("registry.see")(view)(request_of("pelatihan"))

    assert Fact.objects.filter(event="registry.list.exported", by_kind="officer").count() == 1
