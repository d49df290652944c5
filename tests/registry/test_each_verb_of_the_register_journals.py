"""Each action writes at least one fact in its own transaction, and a refused one writes none."""

from datetime import date

import pytest
from django.db import transaction

from jembol.journal.models import Fact
from jembol.kit.nik import Kk, Nik
from jembol.kit.refusal import Refusal
from jembol.outbox.actions import send
from jembol.registry import actions
from jembol.registry.actions import EnterpriseDetails, PersonDetails, PersonEdit, Telling
from jembol.registry.models import Consent, Enterprise, Group, Household, Ownership, Person

DAY, LATER = date(2026, 3, 1), date(2026, 6, 1)


class Rows:
    """The rows on which actions act, made by actions."""

    def __init__(self, ground):
        self.ground, by = ground, ground.by
        # Invented numbers with our own serials.
        self.siti = ground.enrol("Siti", nik=Nik("3573054508859901"), kk=Kk("3573050101209902"))
        self.budi, self.free = ground.enrol("Budi"), ground.enrol("Wati")
        details = EnterpriseDetails(name="Kue Siti", area=ground.dinoyo)
        self.enterprise = actions.add_enterprise(
            details=details, owners=[self.siti], since=DAY, by=by
        )
        self.group = actions.form_group(name="Melati", area=ground.dinoyo, by=by)
        self.empty_group = actions.form_group(name="Mawar", area=ground.dinoyo, by=by)
        actions.join(group=self.group, person=self.siti, on=DAY, by=by)
        self.free_enterprise = actions.add_enterprise(
            details=EnterpriseDetails(name="Batik Siti", area=ground.dinoyo), owners=[], by=by
        )
        self.telling = Telling(self.enterprise, {"sales": 12_000_000}, year=2025, as_of=DAY)
        self.told = actions.report(telling=self.telling, source="SIDT", by=by)
        self.check = actions.begin_number_check(city=ground.malang, by=by, why="mutu data")
        self.household = self.siti.household
        self.text = actions.publish_consent_text(
            purpose="contact", version=1, body="Boleh dihubungi?", on=DAY, by=by
        )
        actions.give_consent(person=self.siti, text=self.text, channel="desk", by=by)
        self.merge = actions.merge(
            survivor=ground.enrol("Ani"), absorbed=ground.enrol("Anni"), by=by
        )
        one, other = actions.add_enterprises(
            [(EnterpriseDetails(name=name, area=ground.dinoyo), []) for name in ("Jamu", "Jamoe")],
            by=by,
        )
        self.enterprise_merge = actions.merge_enterprises(survivor=one, absorbed=other, by=by)
        # Invented numbers.
        self.reached = ground.enrol("Tini", phone="081200000001")
        self.message, self.unwanted = (
            send(recipient=number, body="Halo", by=by, purpose="tests:1")
            for number in ("+6281200000002", "+6281200000003")
        )
        actions.stop_messages_by_link(message=self.unwanted, by=by)


PERSON = {"name": "Tono"}
DOINGS = {
    "enrol": lambda r, by: {"details": PersonDetails(name="Tono", area=r.ground.dinoyo)},
    "enrol_many": lambda r, by: ([PersonDetails(name="Tono", area=r.ground.dinoyo)],),
    "enter": lambda r, by: {"details": PersonDetails(name="Tono", area=r.ground.dinoyo)},
    "enter_as_told": lambda r, by: {
        "details": PersonDetails(name="Tono", area=r.ground.dinoyo),
        "answers": {},
    },
    "recognise": lambda r, by: {"details": PersonDetails(name="Tono", area=r.ground.dinoyo)},
    "tell_apart": lambda r, by: ([(r.budi, r.free)],),
    "rebuild_link_keys": lambda r, by: {"progress": lambda *_step: None, "is_all": True},
    "change": lambda r, by: {"person": r.budi, "changes": {"name": "Budi S"}},
    "change_many": lambda r, by: ([PersonEdit(r.budi, {"name": "Budi S"})],),
    "remove_person": lambda r, by: {"person": r.free, "why": "dobel"},
    "remove_many": lambda r, by: ([r.free],),
    "reveal_nik": lambda r, by: {"person": r.siti, "why": "cocokkan kartu"},
    "reveal_kk": lambda r, by: {"household": r.household, "why": "cocokkan kartu"},
    "form_household": lambda r, by: {"area": r.ground.dinoyo, "members": [r.budi]},
    "move_in": lambda r, by: {"household": r.household, "person": r.budi},
    "move_out": lambda r, by: {"person": r.siti},
    "add_enterprise": lambda r, by: {
        "details": EnterpriseDetails(name="Batik", area=r.ground.dinoyo),
        "owners": [r.budi],
    },
    "add_enterprises": lambda r, by: (
        [(EnterpriseDetails(name="Batik", area=r.ground.dinoyo), [r.budi])],
    ),
    "change_enterprise": lambda r, by: {
        "enterprise": r.enterprise,
        "changes": {"product": "onde-onde"},
    },
    "pass_on": lambda r, by: {
        "enterprise": r.enterprise,
        "from_": r.siti,
        "to": r.budi,
        "on": LATER,
    },
    "begin_ownership": lambda r, by: {"enterprise": r.enterprise, "person": r.budi},
    "remove_enterprise": lambda r, by: {"enterprise": r.free_enterprise, "why": "impor dibatalkan"},
    "form_group": lambda r, by: {"name": "Dahlia", "area": r.ground.dinoyo},
    "join": lambda r, by: {"group": r.group, "person": r.budi},
    "leave": lambda r, by: {"group": r.group, "person": r.siti, "on": LATER},
    "remove_group": lambda r, by: {"group": r.empty_group, "why": "dobel"},
    "join_many": lambda r, by: {"pairs": [(r.group, r.budi)]},
    "remove_memberships": lambda r, by: {
        "keys": [r.siti.memberships.get().pk],
        "why": "impor dibatalkan",
    },
    "report": lambda r, by: {"telling": r.telling, "source": "SIDT"},
    "report_many": lambda r, by: {"tellings": [r.telling], "source": "SIDT"},
    "withdraw_reports": lambda r, by: {"keys": [r.told.pk], "why": "impor dibatalkan"},
    "judge": lambda r, by: {"one": r.budi, "other": r.free, "answer": "different"},
    "merge": lambda r, by: {"survivor": r.budi, "absorbed": r.free},
    "unmerge": lambda r, by: {"merge": r.merge, "why": "lain orang"},
    "judge_enterprises": lambda r, by: {
        "one": r.enterprise,
        "other": r.free_enterprise,
        "answer": "same",
    },
    "merge_enterprises": lambda r, by: {
        "survivor": r.enterprise,
        "absorbed": r.free_enterprise,
    },
    "unmerge_enterprises": lambda r, by: {"merge": r.enterprise_merge, "why": "lain usaha"},
    "begin_number_check": lambda r, by: {"city": r.ground.malang, "why": "mutu data"},
    "finish_number_check": lambda r, by: {
        "check": r.check,
        "counts": {"numbers": 3, "with_sex": 2, "other_sex": 1},
    },
    "publish_consent_text": lambda r, by: {
        "purpose": "photo",
        "version": 1,
        "body": "Boleh difoto?",
        "on": DAY,
    },
    "give_consent": lambda r, by: {"person": r.budi, "text": r.text, "channel": "desk"},
    "withdraw_consent": lambda r, by: {
        "person": r.siti,
        "purpose": "contact",
        "channel": "desk",
    },
    "note_decile": lambda r, by: {
        "person": r.budi,
        "decile": 3,
        "as_of": DAY,
        "source": "DTSEN",
    },
    "stop_messages": lambda r, by: {"person": r.reached, "why": "minta berhenti"},
    "stop_messages_by_link": lambda r, by: {"message": r.message},
    "resume_messages_by_link": lambda r, by: {"message": r.unwanted},
}
# Who has the link of a message has no areas of duty.
AREA_BOUND = sorted(DOINGS.keys() - {"stop_messages_by_link", "resume_messages_by_link"})


def do(name, rows, by):
    given = DOINGS[name](rows, by)
    action = getattr(actions, name)
    if isinstance(given, dict):
        return action(**given, by=by)
    why = {"why": "dobel"} if name == "remove_many" else {}
    return action(*given, by=by, **why)


def state():
    models = (Person, Enterprise, Ownership, Group, Household, Consent)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_every_action_is_tried_here():
    verbs = {name for name in actions.__all__ if name[0].islower()}

    assert verbs == set(DOINGS)


@pytest.mark.parametrize("name", DOINGS)
def test_an_action_writes_a_fact_that_goes_with_its_transaction(ground, name):
    rows = Rows(ground)
    before = Fact.objects.count()

    with transaction.atomic():
        do(name, rows, ground.by)
        told = Fact.objects.count() - before
        transaction.set_rollback(True)

    assert told >= 1
    assert Fact.objects.count() == before


@pytest.mark.parametrize("name", AREA_BOUND)
def test_an_action_outside_the_areas_of_duty_is_refused_and_leaves_nothing(ground, name):
    rows = Rows(ground)
    facts, before = Fact.objects.count(), state()

    with pytest.raises(Refusal):
        do(name, rows, ground.within(ground.miji))

    assert Fact.objects.count() == facts
    assert state() == before


@pytest.mark.parametrize("why", ["", " \t", "\0"])
@pytest.mark.parametrize(
    "name", ["reveal_nik", "reveal_kk", "remove_person", "remove_enterprise", "remove_group"]
)
def test_what_needs_a_reason_is_refused_without_one(ground, name, why):
    rows = Rows(ground)
    facts, before = Fact.objects.count(), state()

    with pytest.raises(Refusal) as told:
        getattr(actions, name)(**{**DOINGS[name](rows, ground.by), "why": why}, by=ground.by)

    assert told.value.field == "why"
    assert Fact.objects.count() == facts
    assert state() == before


def test_every_fact_has_a_phrase():
    from jembol.registry import events

    names = {value for name, value in vars(events).items() if name.isupper() and name != "PHRASES"}
    assert names == set(events.PHRASES)
