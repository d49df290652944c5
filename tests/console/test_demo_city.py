"""The small demo holds what docs/demo.md says, and tells what is documented as its source does."""

from collections import Counter
from datetime import date, timedelta

import pytest
from demo_small import NOW, build_small, load_areas, taken_back
from django.contrib.auth import authenticate
from django.db.models import Count

from jembol.accounts.choices import Role
from jembol.accounts.models import Officer
from jembol.console.demo.fingerprint import fingerprint
from jembol.console.demo.sign_ins import DEMO_SIGN_INS
from jembol.journal.models import Fact
from jembol.journal.verify import streams, verify
from jembol.kit.area import kelurahan_key
from jembol.kit.reach import Reach
from jembol.places.models import Area, City
from jembol.registry.models import Consent, ConsentText, Enterprise, Group, Ownership, Person
from jembol.reporting.figures import Slug, Verdict
from jembol.reporting.queries import claims, headline
from jembol.training.models import Attendance, Class, Registration
from jembol.training.queries import class_counts, coming
from jembol.training.rules import doubt_about

TODAY = NOW.date()


@pytest.fixture(scope="module")
def lines(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), taken_back():
        load_areas()
        yield build_small()


# The mark tells pytest-django that this module needs the database.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lines")]


def city(code):
    return Area.objects.get(code=code)


def figures(code):
    found = headline(city(code), Reach.everywhere(), None)
    return {figure.slug: figure for figure in found}


def class_of(title):
    return Class.objects.get(title=title)


def test_both_cities_are_marked_as_demo():
    assert sorted(City.objects.values_list("area__code", "is_demo")) == [
        ("35.73", True),
        ("35.76", True),
    ]


def test_counts_are_as_documented(lines):
    # Six were entered twice, and one more signed up for a class with a rule.
    assert Person.objects.count() == 430 + 6 + 1
    assert Enterprise.objects.inside(city("35.73")).count() == 100
    assert Enterprise.objects.inside(city("35.76")).count() == 20
    assert Group.objects.count() == 6
    assert Class.objects.count() == 24 + 3  # one for each way of giving seats
    assert any("300 people and 100 enterprises" in line for line in lines)


def test_city_is_the_same_on_every_database_and_python():
    """Change the letters when the demo changes on purpose."""
    assert fingerprint() == "e18f611a6f80fb9b"


def test_people_live_in_every_kelurahan_and_in_rt():
    keys = list(Person.objects.values_list("area_id", flat=True))

    assert len({kelurahan_key(key) for key in keys}) == 57 + 18
    assert sum(key % 1000 > 0 for key in keys) > len(keys) / 2


def test_people_are_as_varied_as_a_city():
    people = list(Person.objects.order_by("pk"))
    phones = Counter(person.phone for person in people if person.phone)
    without_nik = sum(not person.nik_masked for person in people)

    assert sum(person.sex == "P" for person in people) > 0.6 * len(people)
    assert 0.15 < without_nik / len(people) < 0.35
    assert any(" " not in person.name for person in people)
    assert any(person.name.startswith("Hj. ") for person in people)
    assert max(phones.values()) > 1
    assert Person.objects.exclude(household=None).exists()


def test_numbers_are_plainly_invented():
    masked = [one for one in Person.objects.values_list("nik_masked", flat=True) if one]
    phones = [one for one in Person.objects.values_list("phone", flat=True) if one]
    nibs = [one for one in Enterprise.objects.values_list("nib", flat=True) if one]

    assert all(int(one[-4:]) > 8000 for one in masked)
    assert all(one.startswith("+6289900") for one in phones)
    assert all(one.startswith("0000") for one in nibs)
    assert masked
    assert phones
    assert nibs


def test_groups_hold_thirty_to_fifty_people_and_one_head():
    for group in Group.objects.annotate(people=Count("memberships")).order_by("pk"):
        assert 30 <= group.people <= 50, group
        assert group.memberships.filter(is_head=True).count() == 1


def test_purwantoro_has_its_two_clusters():
    clusters = Group.objects.filter(kind="cluster").order_by("name")

    assert [(one.name, one.area.name) for one in clusters] == [
        ("Klaster kue kering Purwantoro", "Purwantoro"),
        ("Klaster tempe Sanan", "Purwantoro"),
    ]


@pytest.mark.parametrize(
    ("title", "days", "organiser", "registered", "attendances"),
    [
        ("Kerajinan kain perca dan lukis kain", "2017-08-08 2017-08-10", "office", 40, 110),
        ("Kue kering untuk lima kecamatan", "2023-01-06 2023-01-06", "office", 130, 130),
        ("Kue hias Dinoyo", "2024-10-07 2024-10-07", "candidate", 30, 30),
        ("Potong rambut gratis Dinoyo", "2024-10-07 2024-10-07", "candidate", 18, 17),
        (
            "Konten media sosial untuk mengurangi kemiskinan",
            "2024-05-31 2024-05-31", "office", 40, 38,
        ),
        ("Ecoprint", "2021-04-05 2021-04-07", "office", 24, 68),
    ],
)  # fmt: skip
def test_documented_class_stands_with_its_source(title, days, organiser, registered, attendances):
    found = class_of(title)
    counts = class_counts(found)

    assert f"{found.starts_on} {found.ends_on}" == days
    assert found.organiser == organiser
    assert (counts.registered, counts.attendances) == (registered, attendances)
    assert found.source.startswith("Laporan pers S")
    assert found.doubt


def test_doubtful_weekday_of_2023_is_kept_as_a_doubt():
    found = class_of("Kue kering untuk lima kecamatan")

    assert doubt_about(found.starts_on, "Senin")
    assert "Senin" in found.doubt
    assert "Jumat" in found.doubt
    assert found.starts_on.weekday() == 4
    assert date(2023, 2, 6).weekday() == 0


def test_cookies_of_2023_drew_the_same_number_from_each_kecamatan():
    keys = Registration.objects.filter(
        training_class=class_of("Kue kering untuk lima kecamatan")
    ).values_list("person__area_id", flat=True)

    assert Counter(key // 10**10 for key in keys) == {357301 + place: 26 for place in range(5)}


def test_candidate_stays_nameless_and_outside_the_counts():
    candidates = Class.objects.filter(organiser="candidate")
    figure = figures("35.73")[Slug.REGISTRATIONS]
    of_malang = Registration.objects.of_classes_in(city("35.73"))
    of_candidates = of_malang.filter(training_class__in=candidates)
    cancelled = of_malang.filter(training_class__cancellation__isnull=False)
    withdrawn = of_malang.filter(withdrawal__isnull=False)
    expected = of_malang.count() - 48 - cancelled.count() - withdrawn.count()

    assert {one.organiser_name for one in candidates} == {"Pasangan calon (nama tidak disimpan)"}
    assert of_candidates.count() == 48
    assert figure.number == expected
    assert {one.verdict: one.number for one in figure.left_out}[Verdict.CANDIDATE] == 48


def test_claim_of_april_2021_is_kept_apart_and_never_counted():
    mojokerto = city("35.76")
    told = {row.unit: row for row in claims(mojokerto, Reach.everywhere(), None)}
    figure = figures("35.76")

    assert (told["unstated"].number, told["unstated"].at_least) == (6000, True)
    assert told["enterprises"].number == 300
    assert Registration.objects.filter(training_class_id=told["unstated"].class_id).count() == 0
    standing = Registration.objects.of_classes_in(mojokerto).standing().count()
    assert figure[Slug.REGISTRATIONS].number == standing < 200
    of_mojokerto = Attendance.objects.of_classes_in(mojokerto).count()
    assert figure[Slug.ATTENDANCES].number == of_mojokerto < 400
    assert figure[Slug.PEOPLE].number == 126


def test_running_class_has_the_roll_of_yesterday_only():
    found = class_of("Bordir dua hari")
    first, second = found.sessions.order_by("number")

    assert (first.on, second.on) == (TODAY - timedelta(days=1), TODAY)
    assert first.attendances.count() == 28
    assert hasattr(first, "roll")
    assert not hasattr(second, "roll")


def test_coming_classes_show_every_state():
    shown = {one.title: one for one in coming(TODAY, city("35.73"))}
    cancelled = class_of("Ecoprint lanjutan")
    planned = class_of("Inkubasi usaha, angkatan berikutnya")

    assert shown["Konten media sosial untuk pemula"].seats_left == 2 + 1
    assert shown["Kue kering Purwantoro, angkatan baru"].seats_left == 18
    assert all(one.starts_on > TODAY for one in shown.values())
    assert cancelled.cancellation.why
    assert cancelled.title not in shown
    assert planned.starts_on > TODAY
    assert planned.title not in shown


def test_citizens_signed_up_themselves():
    signed_up = Registration.objects.filter(door="public").select_related("person")

    assert signed_up.count() == 5
    assert all(one.person.nik_masked == "" for one in signed_up)
    facts = Fact.objects.filter(event="registry.person.enrolled", by_kind="citizen")
    # One more asks for a seat by a rule, and waits for it.
    assert facts.count() == 5 + 1


def test_some_enterprises_changed_owners():
    ended = Ownership.objects.exclude(ends_on=None)

    assert ended.count() == 3
    for one in ended:
        (heir,) = Ownership.objects.filter(enterprise=one.enterprise, ends_on=None)
        assert heir.starts_on == one.ends_on
        assert heir.person_id != one.person_id


def test_consents_stand_for_each_purpose_with_its_text():
    texts = ConsentText.objects.values_list("purpose", "version", "language")
    given = Counter(Consent.objects.values_list("text__purpose", flat=True))

    assert sorted(texts) == [
        (purpose, 1, "id") for purpose in ("contact", "photo", "programme", "publicity")
    ]
    assert given == {"programme": 40, "contact": 20, "photo": 10, "publicity": 6}
    assert Consent.objects.exclude(withdrawal=None).count() == 3


@pytest.mark.parametrize("sign_in", DEMO_SIGN_INS, ids=lambda one: one[0])
def test_sign_in_works(sign_in):
    username, password, role, _place = sign_in

    officer = authenticate(username=username, password=password)

    assert officer == Officer.objects.get(username=username)
    assert {Role(duty.role).label for duty in officer.duties.all()} == {role}


def test_every_role_can_sign_in():
    assert {role for _name, _password, role, _place in DEMO_SIGN_INS} == set(Role.labels)
    assert {password for _name, password, _role, _place in DEMO_SIGN_INS} == {"jembol-demo-2026"}


@pytest.mark.parametrize(
    ("username", "codes"),
    [
        ("admin", ["35.73", "35.76"]),
        ("lapangan", ["35.73.05.1004"]),
        ("lapangan.rw3", ["35.73.05.1004.003"]),
        ("lapangan.mojokerto", ["35.76"]),
        ("pelatihan.mojokerto", ["35.76"]),
    ],
)
def test_duties_lie_where_documented(username, codes):
    duties = Officer.objects.get(username=username).duties.order_by("area_id")

    assert [duty.area.code for duty in duties] == codes


def test_officer_of_the_rw_has_people_to_visit():
    low, high = Area.objects.get(code="35.73.05.1004.003").span

    assert Person.objects.filter(area_id__gte=low, area_id__lt=high).count() >= 3


def test_journal_is_intact_and_tells_nothing_of_the_future():
    assert [verify(stream) for stream in streams()] == [None] * 3
    assert not Fact.objects.filter(at__gt=NOW).exists()
    assert Fact.objects.filter(event="registry.person.enrolled").count() == 430 + 6 + 1
