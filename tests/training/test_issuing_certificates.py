"""Who came often enough gets one certificate, with the next number of the city, and nobody two."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from city import NOW, by, system
from jembol.accounts import actions as accounts
from jembol.accounts.models import Duty
from jembol.journal.errors import OutOfReach
from jembol.journal.models import Fact
from jembol.kit.reach import Reach
from jembol.outbox import actions as outbox
from jembol.registry import actions as registry
from jembol.registry.errors import ValueMissing
from jembol.training import actions as training
from jembol.training import errors, events
from jembol.training.models import Certificate, CertificateBatch
from jembol.training.queries import certificate_standing, terms_of
from jembol.training.rules import Shortfall
from training.certified import (
    ADDRESS,
    ask,
    certificates,
    class_given,
    faults_of,
    issue,
    series,
    work,
)
from training.classroom import FIRST, enrol, open_class, register, sessions_of, take_roll


def shortfalls(training_class):
    found = certificate_standing(training_class, Reach.everywhere())
    return {one.person.name: one.shortfall for one in found.candidates}


def rule(training_class, share, score=None):
    return training.set_certificate_rule(
        training_class=training_class,
        least_share=Decimal(share),
        least_score=score,
        by=system(),
    )


def test_everybody_who_came_gets_one_in_the_order_of_names(areas):
    opened = class_given(areas.dinoyo, 3)

    issued = issue(opened)

    assert [(one.number, one.name) for one in issued] == [
        (1, "Warga 000"), (2, "Warga 001"), (3, "Warga 002"),
    ]  # fmt: skip
    assert issued[0].written_number == "001/PELATIHAN/III/2026"
    assert issued[0].issued_on == date(2026, 3, 2)
    assert faults_of(issued, series()) == []


def test_the_paper_says_days_place_and_who_signs_as_they_were(areas):
    opened = class_given(areas.dinoyo, 1)

    (one,) = issue(opened)

    assert one.frozen["lama"] == "selama 2 hari pada 24–25 Februari 2026"
    assert one.frozen["tempat"] == "di Dinoyo, Kota Malang"
    assert one.frozen["kop"]["pemerintah"] == "Pemerintah Kota Malang"
    assert one.frozen["alamat"] == ADDRESS
    assert one.template.is_default


def test_who_came_too_seldom_gets_none_and_is_told_why(areas):
    opened = open_class(areas.dinoyo)
    faithful, seldom = (register(opened, who) for who in enrol(areas.dinoyo, 2))
    first, second = sessions_of(opened)
    take_roll(first, [faithful, seldom])
    take_roll(second, [faithful])

    issued = issue(opened)

    assert [one.registration_id for one in issued] == [faithful.pk]
    assert shortfalls(opened) == {"Warga 000": None, "Warga 001": Shortfall.TOO_FEW_DAYS}


def test_a_day_whose_attendance_was_not_taken_is_named_as_the_reason(areas):
    opened = open_class(areas.dinoyo)
    seat = register(opened, *enrol(areas.dinoyo, 1))
    take_roll(sessions_of(opened)[0], [seat])

    assert shortfalls(opened) == {"Warga 000": Shortfall.ROLL_MISSING}
    with pytest.raises(errors.NobodyEarned):
        ask(opened)


def test_a_class_that_asks_for_one_day_of_two_gives_to_who_came_once(areas):
    opened = class_given(areas.dinoyo, 2, came=1)
    rule(opened, "0.5")

    assert len(issue(opened)) == 2


def test_a_class_that_asks_for_a_score_gives_to_nobody_without_one(areas, monkeypatch):
    opened = class_given(areas.dinoyo, 2)
    rule(opened, "1", score=70)
    seats = sorted(opened.registrations.values_list("pk", flat=True))

    assert set(shortfalls(opened).values()) == {Shortfall.NO_SCORE}

    scores = dict(zip(seats, (Decimal(70), Decimal("69.5")), strict=True))
    monkeypatch.setattr(
        "jembol.training.queries.certificates.post_test_scores", lambda _class: scores
    )

    assert sorted(map(str, shortfalls(opened).values())) == ["None", "score-too-low"]


@pytest.mark.parametrize(("share", "score"), [("0", None), ("1.01", None), ("0.8", 101)])
def test_a_rule_that_means_nothing_is_refused(areas, share, score):
    opened = class_given(areas.dinoyo, 1)

    with pytest.raises(errors.BadTerms):
        rule(opened, share, score)

    assert terms_of(opened).least_share == Decimal("0.80")


def test_issuing_again_gives_only_to_those_who_have_none(areas):
    opened = class_given(areas.dinoyo, 2)
    issue(opened)
    late = register(opened, *enrol(areas.dinoyo, 1, prefix="Telat"))
    for session in sessions_of(opened):
        seats = list(opened.registrations.order_by("pk"))
        take_roll(session, seats)

    issued = issue(opened)

    assert [one.registration_id for one in issued][-1] == late.pk
    assert faults_of(issued, series()) == []
    with pytest.raises(errors.NobodyEarned):
        ask(opened)


def test_two_classes_of_a_city_share_one_row_of_numbers(areas):
    one, other = class_given(areas.dinoyo, 2), class_given(areas.purwantoro, 2, prefix="Lain")

    issue(one)
    issue(other)

    assert [each.number for each in (*certificates(one), *certificates(other))] == [1, 2, 3, 4]


def test_another_city_counts_for_itself(areas):
    issue(class_given(areas.dinoyo, 2))

    (one,) = issue(class_given(areas.kauman_mojokerto, 1, prefix="Lain"))

    assert one.number == 1
    assert one.city == areas.mojokerto


def test_a_new_year_begins_with_one(areas):
    issue(class_given(areas.dinoyo, 2))
    opened = class_given(areas.dinoyo, 1, prefix="Lain")
    later = system(NOW.replace(year=2027))

    ask(opened, later)
    work(later.at)

    assert [(one.year, one.number) for one in certificates(opened)] == [(2027, 1)]


def test_a_city_writes_its_numbers_as_it_likes(areas):
    training.set_certificate_numbering(
        city=areas.malang, form="{kode}-{tahun}-{bulan}-{nomor}", code="DISKOP", by=system()
    )

    (one,) = issue(class_given(areas.dinoyo, 1))

    assert one.written_number == "DISKOP-2026-03-001"


@pytest.mark.parametrize("form", ["{nomor}", "{tahun}/{kode}", "{nomor}/{tahun}/{x}", ""])
def test_a_form_that_does_not_keep_numbers_apart_is_refused(areas, form):
    with pytest.raises((errors.BadNumberForm, ValueMissing)):
        training.set_certificate_numbering(city=areas.malang, form=form, code="A", by=system())


def test_a_class_that_is_not_over_gives_none(areas):
    opened = class_given(areas.dinoyo, 1)
    early = system(NOW.replace(month=2, day=24))

    with pytest.raises(errors.ClassNotOver, match="2026-02-25"):
        ask(opened, early)


def test_a_cancelled_class_gives_none(areas):
    opened = open_class(areas.dinoyo)
    training.cancel(training_class=opened, why="Sepi", by=system())

    with pytest.raises(errors.ClassCancelled):
        ask(opened)


def test_pressing_twice_asks_once(areas):
    opened = class_given(areas.dinoyo, 2)

    assert ask(opened) == ask(opened)
    assert CertificateBatch.objects.count() == 1


def test_a_batch_whose_work_died_makes_room_for_a_new_one(areas):
    opened = class_given(areas.dinoyo, 2)
    broken = ask(opened)
    outbox.cancel(job_id=broken.job_id, by=system())

    fresh = ask(opened)
    work()

    assert fresh != broken
    assert len(certificates(opened)) == 2
    assert not CertificateBatch.objects.filter(closed_at__isnull=True).exists()


def test_an_officer_elsewhere_issues_nothing_here(areas, officers):
    opened = class_given(areas.dinoyo, 1)

    with pytest.raises(OutOfReach):
        ask(opened, by(officers["pelatihan.mojokerto"], "training.change"))


def test_an_officer_issues_to_people_of_the_own_area_only(areas, officers):
    opened = class_given(areas.dinoyo, 1)
    guest = register(opened, *enrol(areas.kauman_mojokerto, 1, prefix="Tamu"))
    for session in sessions_of(opened):
        take_roll(session, list(opened.registrations.order_by("pk")))

    issued = issue(opened, by(officers["pelatihan"], "training.change"))

    assert guest.pk not in {one.registration_id for one in issued}
    assert len(issued) == 1


def test_a_merged_person_gets_one_with_the_name_that_stands(areas):
    opened = class_given(areas.dinoyo, 2)
    kept, gone = (one.person for one in opened.registrations.order_by("pk"))
    registry.merge(survivor=kept, absorbed=gone, by=system(), why="Orang yang sama")

    issued = issue(opened)

    assert [one.name for one in issued] == [kept.name]


def test_every_certificate_is_a_fact_at_home(areas):
    opened = class_given(areas.dinoyo, 2)

    issue(opened)

    facts = Fact.objects.filter(event=events.CERTIFICATE_ISSUED)
    assert facts.count() == 2
    assert {fact.area_key for fact in facts.order_by("seq")} == {areas.dinoyo.key}


# --- revoked and issued anew --------------------------------------------------------------------


def revoke(certificate, by=None):
    return training.revoke_certificate(
        certificate=certificate, why="Salah orang", by=by or system()
    )


def test_a_revoked_certificate_stays_and_its_number_is_not_used_again(areas):
    opened = class_given(areas.dinoyo, 2)
    first, second = issue(opened)

    revocation = revoke(second)

    assert revocation.why == "Salah orang"
    assert [one.number for one in certificates(opened)] == [1, 2]
    assert issue(class_given(areas.dinoyo, 1, prefix="Lain"))[0].number == 3
    assert first.revoked_at is None


def test_who_had_a_certificate_revoked_gets_no_new_one_by_the_general_press(areas):
    opened = class_given(areas.dinoyo, 1)
    revoke(*issue(opened))

    assert set(shortfalls(opened).values()) == {Shortfall.REVOKED}
    with pytest.raises(errors.NobodyEarned):
        ask(opened)


def test_revoking_twice_is_refused(areas):
    (one,) = issue(class_given(areas.dinoyo, 1))
    revoke(one)

    with pytest.raises(errors.AlreadyRevoked):
        revoke(one)


def correct_name(certificate, name):
    registry.change(person=certificate.registration.person, changes={"name": name}, by=system())


def reissue(certificate):
    return training.reissue_certificate(
        certificate=certificate, address=ADDRESS, why="Nama salah tulis", by=system()
    )


def test_after_a_corrected_name_a_new_certificate_takes_the_place_of_the_old(areas):
    opened = class_given(areas.dinoyo, 2)
    old, _other = issue(opened)
    correct_name(old, "Warga Baru, S.E.")

    fresh = reissue(old)

    old.refresh_from_db()
    assert (fresh.number, fresh.name, fresh.replaces) == (3, "Warga Baru, S.E.", old)
    assert (old.name, old.revoked_at is None) == ("Warga 000", False)
    assert faults_of(certificates(opened), series()) == []
    with pytest.raises(errors.AlreadyReplaced):
        reissue(old)


# --- what the database holds --------------------------------------------------------------------


@pytest.mark.parametrize("change", [{"name": "Lain"}, {"number": 7}, {"revoked_at": None}])
def test_the_database_lets_nobody_change_a_certificate(areas, change):
    (one,) = issue(class_given(areas.dinoyo, 1))
    revoke(one)

    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=one.pk).update(**change)


def test_the_database_lets_nobody_delete_a_certificate(areas):
    (one,) = issue(class_given(areas.dinoyo, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=one.pk).delete()


@pytest.mark.parametrize("field", ["number", "registration", "code"])
def test_the_database_keeps_numbers_seats_and_codes_apart(areas, field):
    one, other = issue(class_given(areas.dinoyo, 2))
    twin = Certificate(
        **{name: value for name, value in vars(one).items() if not name.startswith("_")}
    )
    twin.pk, twin.number, twin.code = None, 99, "0" * 12
    twin.registration_id = other.registration_id
    revoke(other)
    setattr(twin, field, getattr(one, field))

    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_a_batch_ends_as_it_began_though_midnight_passes(areas):
    opened = class_given(areas.dinoyo, 1)
    ask(opened)

    work(NOW + timedelta(days=1))

    assert certificates(opened)[0].issued_on == date(2026, 3, 2)


def test_an_officer_who_left_meanwhile_issues_nothing_more(areas, officers):
    opened = class_given(areas.dinoyo, 1)
    asking = by(officers["pelatihan"], "training.change")
    batch = ask(opened, asking)
    for duty in Duty.objects.filter(officer=officers["pelatihan"]).order_by("pk"):
        accounts.relieve(duty=duty, ends_on=FIRST, by=system())

    jobs = work()

    batch.refresh_from_db()
    assert [str(job.state) for job in jobs] == ["failed"]
    assert (certificates(opened), batch.closed_at is None) == ([], False)
