"""Malang and Mojokerto with one of everything, each text marked with where it stands.

Every text field that people can write into holds the canary of its place, so that a page, a file
or an error that shows a row from elsewhere gives itself away.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from corner_doors import build_door_step
from corner_lessons import teach
from corner_weeks import plan_a_week
from corner_wishes import ask

from city import DINOYO, MALANG, MOJOKERTO, NOW, PURWANTORO, area, system
from city import by as acting
from jembol.accounts.models import Duty, Officer
from jembol.cards import actions as cards
from jembol.cards.signing import signer_on
from jembol.intake import actions as intake
from jembol.intake.models import Import
from jembol.kit.area import city_key
from jembol.kit.ids import new_ulid
from jembol.kit.money import Rupiah
from jembol.outbox.tasks import discover
from jembol.outbox.worker import Worker
from jembol.papers import actions as papers
from jembol.papers.queries import city_of
from jembol.places import actions as places
from jembol.places.models import Area, Venue
from jembol.registry import actions as registry
from jembol.registry.actions import EnterpriseDetails, PersonDetails
from jembol.registry.actions.families import ENTERPRISES as SHOPS
from jembol.registry.actions.linkage_runs import note_doubts
from jembol.registry.found_pairs import FoundPair
from jembol.registry.models import (
    Enterprise,
    EnterpriseDoubt,
    EnterpriseMerge,
    Group,
    Person,
    PersonDoubt,
    PersonMerge,
)
from jembol.registry.orders import ask_to_accept
from jembol.sync.actions import receive
from jembol.sync.parcels import Letter, Parcel
from jembol.sync.rules import Moment
from jembol.training import actions as training
from jembol.training.choices import ConditionKind, SelectionKind
from jembol.training.models import (
    Certificate,
    Class,
    Invitation,
    Mentor,
    Registration,
    Scan,
    WaitingEntry,
)
from jembol.training.queries.tickets import ticket_code
from jembol.training.rules import Condition, Cost, Day

KAUMAN_MOJOKERTO = "35.76.01.1004"
CANARIES = {
    DINOYO: "KANARI-DINOYO",
    PURWANTORO: "KANARI-PURWANTORO",
    KAUMAN_MOJOKERTO: "KANARI-MOJOKERTO",
    MALANG: "KANARI-KOTA-MALANG",
}
ORDER = list(CANARIES)


@dataclass(frozen=True)
class Corner:
    """One of everything in one place."""

    canary: str
    person: Person
    enterprise: Enterprise
    group: Group
    venue: Venue
    training_class: Class
    registration: Registration
    certificate: Certificate
    batch: Import
    merge: PersonMerge
    enterprise_merge: EnterpriseMerge
    doubt: PersonDoubt
    enterprise_doubt: EnterpriseDoubt
    bulk: str
    mentor: Mentor
    entry: WaitingEntry
    offered: WaitingEntry
    scan: Scan
    ticket: str
    letter: Invitation


def build_corner(code):
    """Put one of everything into an area, only through actions."""
    here, canary, by = area(code), CANARIES[code], system()
    number = ORDER.index(code) + 1
    person = registry.enrol(
        details=PersonDetails(
            name=f"{canary} Orang",
            area=here,
            birth_place=f"{canary} Lahir",
            address=f"{canary} Jalan",
            phone=f"08120000000{number}",
            sex="P",
        ),
        by=by,
    )
    enterprise = registry.add_enterprise(
        details=EnterpriseDetails(
            name=f"{canary} Usaha",
            area=here,
            activity=f"{canary} Kegiatan",
            product=f"{canary} Produk",
            address=f"{canary} Alamat",
        ),
        owners=[person],
        by=by,
    )
    registry.change(person=person, changes={"address": f"{canary} Gang"}, by=by, why=f"{canary} a")
    group = registry.form_group(name=f"{canary} Kelompok", area=here, kind="cluster", by=by)
    registry.join(group=group, person=person, by=by)
    venue = places.add_venue(name=f"{canary} Balai", area=here, address=f"{canary} Tempat", by=by)
    training_class, registration = build_class(here, canary, venue, person, by)
    batch = build_import(here, canary, person)
    ask(here, canary)
    return Corner(
        canary, person, enterprise, group, venue, training_class, registration,
        build_certificate(training_class, canary, by), batch,
        *build_merges(person, enterprise, canary, by),
        *build_doubts(person, enterprise, canary, by),
        training_class.mentors.get(mentor__isnull=False).mentor,
        *build_line(here, canary, training_class),
        *build_door(training_class, registration, person, canary, by),
        build_letter(here, canary, person, by),
    )  # fmt: skip


def build_door(training_class, registration, person, canary, by):
    """A ticket, a card, a scan that counts, and one of nobody that waits for an answer."""
    training.issue_tickets(training_class=training_class, by=by)
    cards.issue_card(person=person, by=by)
    seat = Registration.objects.select_related("person", "ticket").get(pk=registration.pk)
    code = ticket_code(seat, training_class, signer_on(NOW.date()))
    device = new_ulid(NOW)
    letters = [
        Letter(
            id=new_ulid(NOW),
            kind="training.scan",
            seq=number,
            written=Moment(NOW, None, ""),
            body={"class": training_class.public_id, "way": "in", "by": "code", "code": said},
        )
        for number, said in enumerate((code, f"{canary} Kode"), start=1)
    ]
    sent = Moment(NOW, None, "")
    parcel = Parcel(device_id=device, device_label=f"{canary} HP", sent=sent, letters=letters)
    receive(parcel=parcel, by=by)
    return Scan.objects.get(envelope=letters[1].id), code


def build_merges(person, enterprise, canary, by):
    """The person and the enterprise were entered a second time under other names."""
    again = registry.enrol(details=PersonDetails(name=f"{canary} Lain", area=person.area), by=by)
    details = EnterpriseDetails(name=f"{canary} Warung", area=enterprise.area)
    shop = registry.add_enterprise(details=details, owners=[], by=by)
    why = f"{canary} Kembar"
    return (
        registry.merge(survivor=person, absorbed=again, by=by, why=why),
        registry.merge_enterprises(survivor=enterprise, absorbed=shop, by=by, why=why),
    )


def build_doubts(person, enterprise, canary, by):
    """Two pairs that wait for an answer, and one that was accepted together with others."""
    others = [
        registry.enrol(
            details=PersonDetails(name=f"{canary} Mirip {place}", area=person.area), by=by
        )
        for place in range(3)
    ]
    details = EnterpriseDetails(name=f"{canary} Kedai", area=enterprise.area)
    shop = registry.add_enterprise(details=details, owners=[], by=by)
    parts = (("name", "like-2", 3.0), ("phone", "equal", 6.0))
    city = Area.objects.get(key=city_key(person.area_id))
    found = [
        FoundPair(person.pk, others[0].pk, 0.8, parts, 1.0),
        FoundPair(others[1].pk, others[2].pk, 0.999, parts, 0.5),
    ]
    note_doubts(found, city=city, by=by)
    note_doubts([FoundPair(enterprise.pk, shop.pk, 0.7, parts, 1.0)], city=city, by=by, of=SHOPS)
    username = "pelatihan" if is_in_malang(city.code) else "pelatihan.mojokerto"
    officer = acting(officer_of(username), "registry.link")
    job = ask_to_accept(city, above=0.999, share=0.05, why=f"{canary} Sekaligus", by=officer)
    work()
    return (
        PersonDoubt.objects.get(low=person),
        EnterpriseDoubt.objects.get(low=enterprise),
        job.pk,
    )


def build_class(here, canary, venue, person, by):
    """A class of two past days to which the person came once, with a claim about it."""
    yesterday = NOW.date() - timedelta(days=1)
    opened = training.open_class(
        course=training.seed_courses(by=by)["kue-kering"],
        title=f"{canary} Kelas",
        area=here,
        organiser="office",
        organiser_name=f"{canary} Panitia",
        days=[Day(yesterday), Day(date(2026, 2, 20))],
        venue=venue,
        mentors=[f"{canary} Mentor", build_mentor(here, canary, by)],
        source=f"{canary} Sumber",
        doubt=f"{canary} Ragu",
        by=by,
    )
    seat = training.register(training_class=opened, person=person, by=by, door="desk")
    first = opened.sessions.order_by("number").first()
    training.take_roll(session=first, present={seat.pk}, by=by)
    training.add_claim(
        training_class=opened, unit="people", number=77, source=f"{canary} Berita", by=by
    )
    build_plan(opened, canary, by)
    teach(opened, seat, canary, by)
    return opened, seat


def build_mentor(here, canary, by):
    """Somebody on the list of mentors."""
    details = training.MentorDetails(
        name=f"{canary} Pendamping",
        area=here,
        expertise=f"{canary} Keahlian",
        honorarium_per_hour=Rupiah(100_000),
    )
    return training.add_mentor(details=details, by=by)


def build_plan(opened, canary, by):
    """A plan and one cost line."""
    details = training.PlanDetails(
        budget_line=f"{canary} Anggaran", accessibility=f"{canary} Akses"
    )
    training.make_plan(training_class=opened, details=details, by=by)
    cost = Cost(f"{canary} 5.1", "food", f"{canary} Makan", 3, f"{canary} dus", Rupiah(20_000))
    training.add_cost(training_class=opened, cost=cost, by=by)


def build_certificate(training_class, canary, by):
    """The person's certificate, for which one day of the two is enough."""
    training.set_certificate_rule(
        training_class=training_class, least_share=Decimal("0.5"), least_score=None, by=by
    )
    values = {"address": f"{canary} Kantor", "signatory_name": f"{canary} Kepala"}
    papers.change_letterhead(city=city_of(training_class.area), by=by, values=values)
    address = "https://kota.example/sertifikat/"
    batch = training.issue_certificates(training_class=training_class, address=address, by=by)
    training.issue_next(batch=batch, limit=10, by=by)
    return training_class.certificates.get()


def build_line(here, canary, training_class):
    """A rule for the class; somebody on its list, an override, and a class with an offered seat."""
    by = system()
    rule = training.RuleText(
        kind=SelectionKind.LOTTERY,
        text=f"{canary} Aturan",
        text_en=f"{canary} Rule",
        opens_at=NOW - timedelta(days=3),
        closes_at=NOW + timedelta(days=1),
        conditions=[Condition(ConditionKind.LIVES_IN, areas=(here.code,))],
    )
    training.change_class(training_class=training_class, changes={"seats": 9}, by=by)
    training.write_rule(training_class=training_class, rule=rule, by=by)
    people = [
        registry.enrol(details=PersonDetails(name=f"{canary} Antre {n}", area=here), by=by)
        for n in range(3)
    ]
    held = training.apply(training_class=training_class, person=people[0], by=by, door="desk")
    training.override(
        training_class=training_class, person=people[1], why=f"{canary} Titipan", by=by, door="desk"
    )
    return held.entry, build_offer(here, canary, people, by)


def build_offer(here, canary, people, by):
    """A class of one seat, given back, and offered to the second."""
    opened = training.open_class(
        course=training.seed_courses(by=by)["ecoprint"],
        title=f"{canary} Antrean",
        area=here,
        organiser="office",
        days=[Day(NOW.date() + timedelta(days=30))],
        seats=1,
        by=by,
    )
    rule = training.RuleText(
        kind=SelectionKind.FIRST_COME,
        text=f"{canary} Cepat",
        opens_at=NOW - timedelta(days=3),
        closes_at=NOW + timedelta(days=1),
    )
    training.write_rule(training_class=opened, rule=rule, by=by)
    seats = [
        training.apply(training_class=opened, person=person, by=by, door="desk")
        for person in people[:2]
    ]
    training.withdraw(registration=seats[0].registrations[0], why=f"{canary} Batal", by=by)
    return seats[1].entry


def build_letter(here, canary, person, by):
    """An invitation of the person to a coming class, to be opened in WhatsApp."""
    coming = training.open_class(
        course=training.seed_courses(by=by)["ecoprint"],
        title=f"{canary} Undangan",
        area=here,
        organiser="office",
        days=[Day(NOW.date() + timedelta(days=9))],
        by=by,
    )
    invited = training.invite(training_class=coming, people=[person], channel="wa_link", by=by)
    return invited.invitations[0]


def build_import(here, canary, person):
    """A stored list with one new person, one who may be known, and one who cannot be stored."""
    username = "pelatihan" if is_in_malang(here.code) else "pelatihan.mojokerto"
    by = acting(officer_of(username), "intake.run")
    lines = (
        "Nama,Alamat,No HP,Kelurahan",
        f"{canary} Baru,{canary} Baris,,",
        f"{canary} Orang Kedua,,{person.phone},",
        f"{canary} Salah,,,{canary} Entah",
    )
    batch = intake.upload(
        area=here,
        kind="people",
        source_name=f"{canary} Asal",
        name=f"{canary}.csv",
        content="\n".join(lines).encode(),
        by=by,
    )
    chosen = {0: {0: "name", 1: "address", 2: "phone", 3: "kelurahan"}}
    intake.preview(batch=intake.map_columns(batch=batch, chosen=chosen, by=by), by=by)
    work()
    intake.commit(batch=batch, by=by)
    work()
    batch.refresh_from_db()
    return batch


def work():
    """Let a worker do what waits."""
    discover()
    worker = Worker("tests", clock=lambda: NOW, lease=timedelta(hours=1))
    while job := worker.run_once():
        assert job.state == "done", job.trace or job.error


def build_corners():
    """Everything once in two kelurahan of Malang, in Malang itself, and in Mojokerto."""
    corners = {code: build_corner(code) for code in CANARIES}
    for corner in corners.values():
        build_door_step(corner)
        plan_a_week(corner)
    return corners


def officer_of(username):
    """The officer with this sign-in name."""
    return Officer.objects.get(username=username)


def duty_of(username):
    """The one duty of this officer."""
    return Duty.objects.get(officer__username=username)


def is_in_malang(code):
    """Whether an area lies in Malang."""
    return not code.startswith(MOJOKERTO)
