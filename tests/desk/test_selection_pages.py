"""The rule of a class at the desk: written, followed, excepted with a reason, drawn."""

from datetime import timedelta

import pytest
from desk_pages import Window, open_class, person
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from city import DINOYO, PURWANTORO, system
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training.choices import SelectionKind
from jembol.training.models import Override

pytestmark = pytest.mark.usefixtures("city")


def moment(days):
    return (timezone.localtime() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def class_of(seats=2):
    opened = open_class(DINOYO, 40)
    changes = {"seats": seats}
    return training.change_class(training_class=opened, changes=changes, by=system(timezone.now()))


def write_rule(window, each, kind="first_come", **more):
    return window.post(
        "rule_create", each.public_id, kind=kind, text="Aturan kelas.", opens_at=moment(-1),
        closes_at=moment(5), offer_hours=24, **more,
    )  # fmt: skip


def register(window, each, *people, **more):
    at = reverse("desk:registration_create", args=[each.public_id])
    return window.client.post(f"{at}?q=W", {"orang": [one.pk for one in people], **more})


def test_a_rule_with_conditions_and_quotas_is_written_and_read_again():
    window, each = Window("pelatihan"), class_of()

    answer = write_rule(
        window, each, lives_in="35.73.05", age_from=17, quota_women_least=1,
        **{"kec_35.73.05_most": 2},
    )  # fmt: skip

    assert answer.status_code == 302
    page = window.get("selection", each.public_id).text
    for words in ("Aturan kelas.", "Tinggal di Lowokwaru", "17 tahun", "perempuan: 0"):
        assert words in page
    shown = window.get("rule_create", each.public_id).context["form"].initial
    again = {name: value for name, value in shown.items() if value is not None}
    assert window.post("rule_create", each.public_id, **again).status_code == 200
    assert window.post("rule_create", each.public_id, **again, why="salah").status_code == 302
    assert each.selection_rule.version == 2
    assert [one["areas"] for one in each.selection_rule.conditions if one["areas"]] == [
        ["35.73.05"]
    ]


def test_conditions_stand_beside_each_person_before_anybody_is_registered():
    window, each = Window("pelatihan"), class_of()
    write_rule(window, each, lives_in="35.73.05")
    person("Wati Dekat", DINOYO)
    person("Wati Jauh", PURWANTORO)

    page = window.get("registration_create", each.public_id, query="?q=Wati").text

    near, far = (page.split(name)[1].split("</tr>")[0] for name in ("Wati Dekat", "Wati Jauh"))
    assert 'data-tone="good"' in near
    assert 'data-tone="bad"' in far


def test_the_desk_follows_the_rule_and_an_exception_needs_its_reason():
    window, each = Window("pelatihan"), class_of(seats=2)
    write_rule(window, each, lives_in="35.73.05")
    near, far = person("Wati Dekat", DINOYO), person("Wati Jauh", PURWANTORO)

    register(window, each, near, far)
    assert [one.person for one in each.registrations.all()] == [near]
    assert register(window, each, far, pengecualian="ya", alasan=" ").status_code == 200
    assert Override.objects.count() == 0
    register(window, each, far, pengecualian="ya", alasan="pendamping")

    assert Override.objects.get().kind == "not_eligible"
    told = window.get("override_list").text
    assert "pendamping" in told
    assert "Wati Jauh" in told
    file = b"".join(window.get("override_list", query="?unduh=csv").streaming_content).decode()
    assert "pendamping" in file


def test_a_lottery_is_committed_to_and_drawn_with_two_presses():
    window, each = Window("pelatihan"), class_of(seats=1)
    write_rule(window, each, kind="lottery")
    window.send("commitment_create", each.public_id)
    people = [person(f"Wati {n}", DINOYO) for n in range(3)]
    register(window, each, *people)
    early = window.send("draw_create", each.public_id)
    rule = training.RuleText(
        kind=SelectionKind.LOTTERY,
        text="Aturan kelas.",
        opens_at=timezone.now() - timedelta(days=1),
        closes_at=timezone.now() - timedelta(seconds=1),
    )
    each.commitment.__class__.objects.update(at=timezone.now() - timedelta(hours=1))
    training.write_rule(training_class=each, rule=rule, why="x", by=system(timezone.now()))

    drawn = window.send("draw_create", each.public_id)

    assert (early.status_code, drawn.status_code) == (200, 302)
    assert each.registrations.count() == 1
    assert each.commitment.digest in window.get("selection", each.public_id).text


def test_an_officer_takes_an_offered_seat_for_somebody_and_takes_others_off_the_list():
    window, each = Window("pelatihan"), class_of(seats=1)
    write_rule(window, each)
    people = [person(f"Wati {n}", DINOYO) for n in range(3)]
    register(window, each, *people)
    seat = each.registrations.get()
    training.withdraw(registration=seat, why="", by=system(timezone.now()))
    second, third = (each.entries.get(person=one) for one in people[1:])

    window.send("leaving_create", third.pk, why="tidak jadi")
    window.send("acceptance_create", second.pk)

    assert each.registrations.standing().get().person == people[1]
    assert each.entries.get(person=people[2]).state == "left"


def test_a_mentor_reads_the_list_but_no_decile():
    window, each = Window("pelatihan"), class_of()
    write_rule(window, each, decile_at_most=4)
    who = person("Wati Mampu", DINOYO)
    registry.note_decile(
        person=who, decile=9, as_of=timezone.localdate(), source="DTSEN", by=system(timezone.now())
    )
    register(window, each, who)

    pages = [
        Window(name).get("selection", each.public_id).text.split("<tbody>")[1].split("</tbody>")[0]
        for name in ("pelatihan", "pendamping")
    ]

    assert ["tidak terpenuhi" in page for page in pages] == [True, False]
    assert all("Wati Mampu" in page for page in pages)


def test_the_page_asks_as_often_for_many_as_for_few():
    window, each = Window("pelatihan"), class_of(seats=1)
    write_rule(window, each, lives_in="35.73.05")

    def asked(count):
        register(window, each, *(person(f"Wati {count} {n}", DINOYO) for n in range(count)))
        with CaptureQueriesContext(connection) as queries:
            window.get("selection", each.public_id)
        return len(queries)

    assert asked(3) == asked(12)
