"""Who fits a class best is said in points; who was invited is never invited twice."""

import threading
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from classroom import register, sessions_of, take_roll
from django.db import connection, connections

from city import DINOYO, MALANG, NOW, PURWANTORO, area, build_areas, build_officers, by, system
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.reach import Reach
from jembol.outbox.actions import opt_out
from jembol.outbox.addresses import digest_of
from jembol.outbox.choices import Channel
from jembol.outbox.models import Message
from jembol.places.models import City
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training import errors
from jembol.training.choices import FitPart, LeftOut
from jembol.training.models import Class, Invitation
from jembol.training.queries import candidates, times_of
from jembol.training.rules import Day, fit, score

EVERYWHERE = Reach.everywhere()
COMING = date(2026, 3, 10)


@pytest.fixture
def city(db):
    return build_areas()


def open_class(code=DINOYO, *, days=(COMING,), course="kue-kering", **more):
    courses = training.seed_courses(by=system())
    return training.open_class(
        course=courses[course],
        title="Kue kering",
        area=area(code),
        organiser=more.pop("organiser", "office"),
        days=[Day(on) for on in days],
        by=system(),
        **more,
    )


def enrol(name, code=DINOYO, phone=None, **more):
    enrol.number += 1
    number = f"0812{enrol.number:08d}" if phone is None else phone
    details = registry.PersonDetails(name=name, area=area(code), phone=number, **more)
    return registry.enrol(details=details, by=system())


enrol.number = 0


def came_to(person, on, course="kue-kering"):
    each = open_class(days=(on,), course=course)
    take_roll(sessions_of(each)[0], [register(each, person)])


def best(each, number=50, specific=EVERYWHERE, reach=EVERYWHERE):
    return candidates(each, reach, specific=specific, on=NOW.date(), number=number)


def names(found):
    return [row.person.name for row in found.rows]


def invite(each, *people, channel=Channel.WA_LINK, acting=None):
    return training.invite(
        training_class=each, people=people, channel=channel, by=acting or system()
    )


def test_each_reason_is_told_with_its_points(city):
    person = enrol("Bu Siti", has_disability=True)
    came_to(enrol("Lain"), date(2026, 1, 5))

    row = next(one for one in best(open_class()).rows if one.person == person)

    assert dict(row.parts) == {
        FitPart.NEVER_IN_COURSE: 30,
        FitPart.SAME_KELURAHAN: 25,
        FitPart.NEVER_REACHED: 15,
        FitPart.NO_BUSINESS: 5,
        FitPart.DISABILITY: 10,
    }
    assert row.points == 85


def test_the_database_counts_as_the_rules_do(city):
    people = [
        enrol("A", DINOYO), enrol("B", PURWANTORO, has_disability=True),
        enrol("C", "35.73.05.1003"), enrol("D", MALANG), enrol("E", DINOYO),
    ]  # fmt: skip
    came_to(people[0], date(2026, 1, 5))
    came_to(people[4], date(2024, 1, 5), course="ecoprint")
    registry.add_enterprise(
        details=registry.EnterpriseDetails(name="Warung", area=area(DINOYO)),
        owners=[people[1]],
        by=system(),
    )

    rows = best(open_class()).rows

    assert len(rows) == 5
    for row in rows:
        held = frozenset(part for part, _points in row.parts)
        assert row.points == score(fit(held)) == row.person.fit_points
    assert [row.points for row in rows] == sorted((row.points for row in rows), reverse=True)


def test_those_who_live_near_and_were_never_reached_come_first(city):
    far, near, had_it = enrol("Jauh", PURWANTORO), enrol("Dekat"), enrol("Sudah")
    came_to(had_it, date(2026, 1, 5))

    assert names(best(open_class())) == [near.name, far.name, had_it.name]


def test_disability_counts_only_where_the_reader_may_know_it(city):
    enrol("Bu Siti", has_disability=True)

    (row,) = best(open_class(), specific=Reach(())).rows

    assert FitPart.DISABILITY not in dict(row.parts)


def test_who_cannot_or_does_not_want_to_be_written_to_is_not_proposed(city):
    each = open_class()
    kept = enrol("Bisa")
    enrol("Tanpa nomor", phone="")
    enrol("Telepon rumah", phone="0341551234")
    gone = enrol("Tidak mau")
    seated = enrol("Terdaftar")
    register(each, seated)
    enrol("Kota lain", "35.76.01.1004")
    enrol("Senomor", phone=kept.phone)
    opt_out(recipient_digest=digest_of(gone.phone), at=NOW)

    found = best(each)

    assert names(found) == ["Bisa"]
    assert found.left_out == 2


def test_who_took_back_the_consent_to_be_written_to_is_not_proposed(city):
    text = registry.publish_consent_text(
        purpose="contact", version=1, body="Boleh dihubungi?", on=NOW.date(), by=system()
    )
    person, other = enrol("Menarik kembali"), enrol("Setuju")
    for one in (person, other):
        registry.give_consent(person=one, text=text, channel="desk", by=system())
    registry.withdraw_consent(person=person, purpose="contact", channel="desk", by=system())

    assert names(best(open_class())) == ["Setuju"]


def test_an_invitation_is_a_message_a_row_and_a_fact_on_the_timeline(city):
    each, person = open_class(), enrol("Bu Siti")

    invited = invite(each, person)

    (invitation,) = invited.invitations
    fact = Fact.objects.get(event="training.invitation.made")
    assert (fact.person_id, fact.details["title"]) == (person.pk, "Kue kering")
    assert "Halo Bu Siti, Anda diundang ke pelatihan gratis Kue kering, Selasa, 10 Maret 2026" in (
        invitation.message.body
    )
    assert person.phone not in str(fact.details)


def test_the_link_of_whatsapp_is_noted_as_opened_and_never_as_sent(city):
    (invitation,) = invite(open_class(), enrol("Bu Siti")).invitations

    address = training.open_letter(letter=invitation, by=system())
    training.open_letter(letter=invitation, by=system())

    message = Message.objects.get()
    words = parse_qs(urlsplit(address).query)["text"][0]
    assert address.startswith("https://wa.me/6281200000")
    assert words.startswith("Halo Bu Siti")
    assert "/pesan/" in words
    assert (message.state, message.sent_at) == ("opened", None)
    assert Fact.objects.filter(event="training.letter.opened").count() == 1


def test_pressing_twice_invites_nobody_twice(city):
    each, person = open_class(), enrol("Bu Siti")
    invite(each, person)

    again = invite(each, person)

    assert again.left_out == ((person, LeftOut.INVITED),)
    assert Message.objects.count() == 1


def test_two_entries_of_one_person_and_a_shared_number_are_one_message(city):
    each, one = open_class(), enrol("Bu Siti")
    other = enrol("Siti", phone=one.phone)
    merged = enrol("Siti Aminah")
    registry.merge(survivor=one, absorbed=merged, by=system(), why="sama")

    invited = invite(each, one, other, merged)

    assert [row.person for row in invited.invitations] == [one]
    assert invited.left_out == ((other, LeftOut.WRITTEN_BEFORE),)


def test_whoever_opted_out_is_left_out_under_any_entry(city):
    each, one = open_class(), enrol("Bu Siti")
    other = enrol("Siti", phone=one.phone)
    registry.stop_messages(person=one, by=system(), why="minta sendiri")

    assert invite(each, other).left_out == ((other, LeftOut.OPTED_OUT),)


def test_without_a_key_no_one_is_invited_by_that_channel(city):
    each, person = open_class(), enrol("Bu Siti")

    with pytest.raises(errors.ChannelNotReady, match="JEMBOL_SMS_URL, JEMBOL_SMS_KEY"):
        invite(each, person, channel=Channel.SMS)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda: open_class(days=(NOW.date(),)), errors.ClassHasBegun),
        (lambda: open_class(organiser="candidate"), errors.CandidateClass),
        (lambda: cancelled(open_class()), errors.ClassCancelled),
    ],
)
def test_nobody_is_invited_to_what_is_over_or_not_the_citys(city, make, refusal):
    with pytest.raises(refusal):
        invite(make(), enrol("Bu Siti"))


def cancelled(each):
    training.cancel(training_class=each, why="x", by=system())
    return each


def test_an_officer_invites_only_within_the_area_of_duty(city):
    stranger = build_officers("pelatihan.mojokerto")["pelatihan.mojokerto"]

    with pytest.raises(OutOfReach):
        invite(open_class(), enrol("Bu Siti"), acting=by(stranger, "training.change"))


def test_waiting_invitations_of_a_cancelled_class_cannot_be_opened(city):
    from outbox_messages import work

    from jembol.outbox.errors import MessageOver

    each = open_class()
    (invitation,) = invite(each, enrol("Bu Siti")).invitations
    training.cancel(training_class=each, why="banjir", by=system())
    work()

    with pytest.raises(MessageOver):
        training.open_letter(letter=invitation, by=system())


def race(each, people, number=8):
    """Let several officers press the button at once; return the messages there are."""
    start, failed = threading.Barrier(number), []

    def press():
        start.wait()
        try:
            invite(each, *people)
        except Exception as problem:  # noqa: BLE001 - whatever it is, the test shows it
            failed.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


@pytest.mark.django_db(transaction=True)
def test_officers_who_press_at_once_invite_everybody_once():
    build_areas()
    each, people = open_class(), [enrol(f"Warga {n}") for n in range(10)]

    assert race(each, people) == []

    assert Message.objects.count() == Invitation.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_without_lock_and_constraints_the_same_race_invites_twice(monkeypatch):
    build_areas()
    each, people = open_class(), [enrol(f"Warga {n}") for n in range(10)]
    barrier = threading.Barrier(8)

    def late(_held):
        barrier.wait()
        return {}

    monkeypatch.setattr(
        "jembol.training.actions.invitations.hold", lambda one: Class.objects.get(pk=one.pk)
    )
    monkeypatch.setattr("jembol.training.actions.invitations._why_not", late)
    gone = [
        (Message, "message_once_for_a_purpose"), (Invitation, "invitation_once_for_a_person"),
    ]  # fmt: skip
    if connection.vendor == "sqlite":
        pytest.skip("an immediate transaction is the lock there; the outbox has its own control")
    constraints = [
        (model, next(one for one in model._meta.constraints if one.name == name))
        for model, name in gone
    ]
    with connection.schema_editor() as editor:
        for model, constraint in constraints:
            editor.remove_constraint(model, constraint)
    monkeypatch.setattr(
        "jembol.outbox.actions._save_once", lambda message: message.save(force_insert=True)
    )
    try:
        race(each, people)
        assert Message.objects.count() > 10
    finally:
        Invitation.objects.all().delete()
        Message.objects.all().delete()
        with connection.schema_editor() as editor:
            for model, constraint in constraints:
                editor.add_constraint(model, constraint)


def test_inviting_fifty_asks_the_database_a_bounded_number_of_times(
    city, django_assert_max_num_queries
):
    each, people = open_class(), [enrol(f"Warga {n}") for n in range(50)]

    with django_assert_max_num_queries(50 * 8 + 40):
        invite(each, *people)

    assert Message.objects.filter(created_at__gt=NOW - timedelta(days=1)).count() == 50


def test_no_gateway_writes_to_the_invented_people_of_a_demo(city, settings):
    settings.SMS_URL, settings.SMS_KEY = "https://sms.example/send", "kunci"
    City.objects.update(is_demo=True)
    each, person = open_class(), enrol("Bu Siti")

    with pytest.raises(errors.ChannelNotReady):
        invite(each, person, channel=Channel.SMS)

    assert times_of(each.area_id).channel == Channel.FILE
    City.objects.update(is_demo=False)
    assert times_of(each.area_id).channel == Channel.SMS
