"""What the register exports, and its own templates, come back as no change."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from importing import DAY, csv_of

from jembol.intake.templates import template_for
from jembol.kit.nik import Kk, Nik
from jembol.kit.text import clean_line
from jembol.registry.actions import EnterpriseDetails, PersonDetails, add_enterprises, enrol_many
from jembol.registry.choices import Education, EnterpriseStatus
from jembol.registry.models import Enterprise, Person
from jembol.registry.queries import (
    ENTERPRISE_COLUMNS,
    PEOPLE_COLUMNS,
    enterprise_rows,
    people_rows,
)
from jembol.training.actions import open_class, register_many, take_roll, withdraw
from jembol.training.choices import Door, Organiser
from jembol.training.models import Attendance, Class, Course, Registration, Roll
from jembol.training.queries import attendance_header, attendance_rows
from jembol.training.rules import Day
from jembol.ui.export import write_csv, write_xlsx

pytestmark = pytest.mark.django_db
IN_ONE_DATABASE = settings(
    max_examples=5,
    deadline=None,
    # To shrink a failing example would store it hundreds of times, for minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

NASTY = st.sampled_from(
    [
        "=cmd|' /C calc'!A0", "+1+1", "-2+5", "@SUM(1)", "'=1", "''", "|x", "%0A", "{{7*7}}",
        "<script>alert(1)</script>", "idem", "s.d.a.", '"', "Total", "Jumlah", "Ma'ruf", "X",
        "H. Slamet, S.Pd.", "ꦱꦶꦠꦶ", "سيتي أمينة", "👩‍👩‍👧", "\u202eabc", "1.500.000,00",
        "3.57305E+15", "TRUE", "0812-0000-0001", "2026-01-01", "a;b,c\td", 'say "no"', "-", "0",
    ]
)  # fmt: skip
TEXT = NASTY | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30
).filter(clean_line)
PHONES = st.integers(0, 9999).map(lambda number: f"+6281200{number:06d}")
# Serials of 9001 and above: no kecamatan registers so many in a day, so nobody has such a NIK.
NIKS = st.integers(9001, 9999).map(lambda serial: Nik(f"357305410790{serial}"))


@st.composite
def people(draw, places):
    return PersonDetails(
        name=draw(TEXT),
        area=draw(st.sampled_from(places)),
        sex=draw(st.sampled_from(["", "L", "P"])),
        born_on=draw(st.none() | st.dates(date(1900, 1, 1), date(2020, 1, 1))),
        birth_place=draw(st.just("") | TEXT),
        phone=draw(st.just("") | PHONES),
        address=draw(st.just("") | TEXT),
        education=draw(st.sampled_from(["", *Education.values])),
        has_disability=draw(st.sampled_from([None, True, False])),
        nik=draw(st.none() | NIKS),
        kk=draw(st.none() | st.just(Kk("3573050000009001"))),
    )


def places_of(areas):
    return [
        areas.malang,
        areas.lowokwaru,
        areas.dinoyo,
        areas.kauman_malang,
        areas.dinoyo_rw,
        areas.dinoyo_rt,
    ]


def files_of(columns, found):
    yield from files_with(columns, [row.cells for row in found])


def files_with(columns, lines):
    with write_xlsx(list(columns), lines) as book:
        yield "ekspor.xlsx", book.read()
    yield "ekspor.csv", write_csv(list(columns), lines)
    yield "ekspor.csv", write_csv(list(columns), lines, delimiter=";", bom=False)


def test_an_export_of_people_changes_nothing(desk):
    @IN_ONE_DATABASE
    @given(st.lists(people(places_of(desk.areas)), min_size=6, max_size=30))
    def check(details):
        made = enrol_many(details, by=desk.by)
        mine = Person.objects.filter(pk__in=[person.pk for person in made])
        for name, content in files_of(PEOPLE_COLUMNS, people_rows(mine)):
            batch = desk.preview(content, name=name)

            verdicts = [(str(row.verdict), row.changes, row.problems) for row in desk.rows(batch)]
            assert [verdict for verdict, *_rest in verdicts] == ["unchanged"] * len(made), verdicts

    check()


@st.composite
def enterprises(draw, places):
    kbli = draw(st.sampled_from(["", "10710", "47911"]))
    return EnterpriseDetails(
        name=draw(TEXT),
        area=draw(st.sampled_from(places)),
        activity=draw(st.just("") | TEXT),
        product=draw(st.just("") | TEXT),
        status=draw(st.sampled_from(EnterpriseStatus.values)),
        kbli=kbli,
        kbli_edition="2025" if kbli else "",
        phone=draw(st.just("") | PHONES),
        address=draw(st.just("") | TEXT),
        started_on=draw(st.none() | st.dates(date(1950, 1, 1), date(2020, 1, 1))),
    )


def test_an_export_of_enterprises_changes_nothing(desk):
    @IN_ONE_DATABASE
    @given(st.lists(enterprises(places_of(desk.areas)), min_size=4, max_size=20), st.data())
    def check(details, data):
        owners = enrol_many([data.draw(people(places_of(desk.areas)))], by=desk.by)
        made = add_enterprises([(one, owners) for one in details], by=desk.by)
        mine = Enterprise.objects.filter(pk__in=[one.pk for one in made])
        for name, content in files_of(ENTERPRISE_COLUMNS, enterprise_rows(mine)):
            batch = desk.preview(content, name=name, kind="enterprises")

            verdicts = [(str(row.verdict), row.changes, row.problems) for row in desk.rows(batch)]
            assert [verdict for verdict, *_rest in verdicts] == ["unchanged"] * len(made), verdicts

    check()


def held_class(desk, details, data):
    """A class of three days: two rolls, in any way, a third day not taken, and one who left."""
    days = [Day(DAY + timedelta(days=step)) for step in range(3)]
    training_class = open_class(
        course=Course.objects.get(slug="kue-kering"),
        title="Kue kering",
        area=desk.areas.malang,
        organiser=Organiser.OFFICE,
        days=days,
        by=desk.by,
    )
    made = enrol_many(details, by=desk.by)
    seats = register_many(training_class=training_class, people=made, by=desk.by, door=Door.DESK)
    keys = sorted(seats.ids.values())
    for session in training_class.sessions.filter(number__lte=2):
        present = data.draw(st.sets(st.sampled_from(keys))) | {keys[0]}
        take_roll(session=session, present=present, by=desk.by)
    withdraw(registration=Registration.objects.get(pk=keys[0]), why="pindah", by=desk.by)
    return training_class


def what_is_known(training_class):
    """Every value of the people, seats, rolls and attendances of a class."""
    seats = Registration.objects.filter(training_class=training_class)
    return [
        list(found.order_by("pk").values())
        for found in (
            Person.objects.filter(registrations__in=seats),
            seats,
            Attendance.objects.filter(registration__in=seats),
            Roll.objects.filter(session__training_class=training_class),
            Class.objects.all(),
        )
    ]


def test_an_export_of_attendance_changes_nothing(desk):
    @IN_ONE_DATABASE
    @given(st.lists(people(places_of(desk.areas)), min_size=4, max_size=20), st.data())
    def check(details, data):
        training_class = held_class(desk, details, data)
        known = what_is_known(training_class)
        header = attendance_header(training_class)
        found = list(attendance_rows(training_class, desk.by.reach))
        for name, content in files_with(header, found):
            batch = desk.upload(content, name=name, kind="attendance")
            plan = desk.plan(batch, class_id=training_class.pk)
            stored = desk.commit(desk.preview_of(batch, plan))

            told = [(str(row.verdict), row.problems) for row in desk.rows(stored)]
            assert told == [("unchanged", [])] * len(details)
            assert what_is_known(training_class) == known

    check()


def test_a_mark_added_to_an_export_of_attendance_is_the_only_change(desk):
    details = PersonDetails(name="Siti Aminah", area=desk.areas.dinoyo)
    made = enrol_many([details], by=desk.by)
    training_class = open_class(
        course=Course.objects.get(slug="kue-kering"),
        title="Kue kering",
        area=desk.areas.malang,
        organiser=Organiser.OFFICE,
        days=[Day(DAY), Day(DAY + timedelta(days=1))],
        by=desk.by,
    )
    register_many(training_class=training_class, people=made, by=desk.by, door=Door.DESK)
    (line,) = attendance_rows(training_class, desk.by.reach)
    changed = csv_of(attendance_header(training_class), [*line[:-1], "v"])

    batch = desk.upload(changed, kind="attendance")
    stored = desk.commit(desk.preview_of(batch, desk.plan(batch, class_id=training_class.pk)))

    (row,) = desk.rows(stored)
    assert (str(row.verdict), row.days, row.registers, row.changes) == ("update", [2], False, {})
    assert list(Attendance.objects.values_list("session__number", flat=True)) == [2]


@pytest.mark.parametrize("kind", ["people", "enterprises", "attendance"])
def test_a_template_with_only_its_example_line_stores_nothing(desk, kind):
    template = template_for(kind)
    with write_xlsx(template.header, template.rows) as book:
        batch = desk.preview(book.read(), name="contoh.xlsx", kind=kind)

    assert desk.verdicts(batch) == ["blank"]


def test_a_filled_template_is_read_without_a_question(desk):
    template = template_for("people")
    line = ["", *template.example[1:]]
    batch = desk.store(csv_of(template.header, template.example, line))

    (row,) = desk.rows(batch, verdict="create")
    person = Person.objects.get(pk=row.person_id)
    assert batch.counts["create"] == 1
    assert (person.name, person.phone, str(person.born_on)) == (
        "Siti Aminah",
        "+6281234567890",
        "1990-12-31",
    )
    assert person.nik_masked == "3573••••••••0012"
    assert person.area.code == "35.73.05.1004.006.002"
