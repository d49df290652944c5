"""Behind the link in a message: what it is about, no more messages, and one's own calendar."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from city import DINOYO, area, build_areas, system
from jembol.calendars.models import Feed
from jembol.calendars.tokens import token_of as secret_of
from jembol.journal.models import Fact
from jembol.outbox.links import link_of, token_of
from jembol.outbox.models import OptOut
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training.rules import Day

pytestmark = pytest.mark.django_db


@pytest.fixture
def each(db):
    build_areas()
    now = system(timezone.now())
    return training.open_class(
        course=training.seed_courses(by=now)["kue-kering"],
        title="Kue kering <b>angkatan</b> 1",
        area=area(DINOYO),
        organiser="office",
        days=[Day(timezone.localdate() + timedelta(days=9))],
        by=now,
    )


@pytest.fixture
def invitation(each):
    details = registry.PersonDetails(
        name="KANARI Siti", area=area(DINOYO), phone="081200000001", address="KANARI jalan"
    )
    person = registry.enrol(details=details, by=system())
    invited = training.invite(
        training_class=each, people=[person], channel="wa_link", by=system(timezone.now())
    )
    return invited.invitations[0]


def page_of(invitation):
    return reverse("public:message_detail", args=[token_of(invitation.message_id)])


def press(invitation, act):
    return Client().post(page_of(invitation), {"aksi": act}, follow=True)


def test_the_link_that_is_written_is_the_address_of_the_page(invitation):
    assert link_of(invitation.message_id).endswith(page_of(invitation))


def test_the_page_tells_the_class_and_names_nobody(invitation):
    answer = Client().get(page_of(invitation))

    assert "Kue kering &lt;b&gt;angkatan&lt;/b&gt; 1" in answer.text
    assert "KANARI" not in answer.text
    assert "8120000000" not in answer.text
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "same-origin")


def test_a_guessed_link_leads_nowhere(invitation):
    token = token_of(invitation.message_id)

    for wrong in (token[:-1] + ("a" if token[-1] != "a" else "b"), "a" * 16, token.upper()):
        assert Client().get(reverse("public:message_detail", args=[wrong])).status_code == 404
        assert Client().post(reverse("public:message_detail", args=[wrong])).status_code == 404


def test_one_press_stops_all_messages_and_another_allows_them_again(invitation):
    press(invitation, "berhenti")
    stopped = OptOut.objects.count()
    again = press(invitation, "berhenti")
    press(invitation, "lanjut")

    events = list(
        Fact.objects.filter(event__startswith="registry.messages")
        .order_by("pk")
        .values_list("event", "person_id", "by_kind")
    )
    assert (stopped, OptOut.objects.count(), again.status_code) == (1, 0, 200)
    person = invitation.person_id
    assert events == [
        ("registry.messages.stopped", person, "citizen"),
        ("registry.messages.resumed", person, "citizen"),
    ]


def test_opening_the_page_alone_changes_nothing(invitation):
    Client().get(page_of(invitation) + "?aksi=berhenti")

    assert not OptOut.objects.exists()


def test_the_calendar_is_made_and_replaced_behind_the_link(invitation, each):
    training.register(
        training_class=each, person=invitation.person, by=system(timezone.now()), door="desk"
    )
    press(invitation, "kalender")
    old = reverse("public:feed", args=[secret_of(Feed.objects.get())])
    text = Client().get(old).content.decode()

    answer = press(invitation, "ganti")

    fresh = secret_of(Feed.objects.get())
    assert "Kue kering" in text
    assert "KANARI" not in text
    assert Client().get(old).status_code == 404
    assert fresh in answer.text
    assert Client().get(reverse("public:feed", args=[fresh])).status_code == 200


def test_the_sign_up_is_offered_once_the_class_is_shown(invitation, each):
    hidden = Client().get(page_of(invitation)).text
    training.publish(training_class=each, by=system())
    link = reverse("public:class_detail", args=[each.public_id])

    assert link not in hidden
    assert link in Client().get(page_of(invitation)).text


def test_a_cancelled_class_is_said_to_be_cancelled(invitation, each):
    training.cancel(training_class=each, why="gedung dipakai", by=system(timezone.now()))

    assert "gedung dipakai" in Client().get(page_of(invitation)).text
