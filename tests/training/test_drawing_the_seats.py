"""A draw: fixed before, done once, checked by strangers; points by need, every part shown."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from city import NOW, system
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training import errors
from jembol.training.choices import (
    ConditionKind,
    Door,
    DrawOutcome,
    EntryState,
    QuotaKind,
    SelectionKind,
)
from jembol.training.models import Commitment, Drawn
from jembol.training.rules import Condition, Share
from training.classroom import enrol
from training.published import AFTER, CLOSES, apply, open_by_rule, rule_text
from training.selection_checker import broken


def lottery(areas, count=8, **more):
    people = enrol(areas.dinoyo, count)
    opened = open_by_rule(areas.dinoyo, SelectionKind.LOTTERY, seats=3, **more)
    training.commit_to_secret(training_class=opened, by=system())
    for person in people:
        apply(opened, person)
    return opened, people


def draw(opened, at=AFTER):
    return training.draw_seats(training_class=opened, by=system(at))


def test_before_the_draw_everybody_waits_and_after_it_those_drawn_have_seats(areas):
    opened, people = lottery(areas)
    before = opened.registrations.count()

    draw(opened)

    assert (before, opened.registrations.count()) == (0, 3)
    assert opened.entries.waiting().count() == len(people) - 3
    assert broken() == {}


def test_who_was_not_drawn_is_remembered_with_stratum_and_class(areas):
    shares = [Share(QuotaKind.KECAMATAN, "35.73.05", 1, None)]
    opened, _people = lottery(areas, shares=shares)

    draw(opened)

    losers = Drawn.objects.compared().filter(draw__training_class=opened)
    assert {one.stratum for one in losers} == {"kecamatan:35.73.05"}
    assert losers.count() == 5
    assert all(one.person_id and one.entry.state == EntryState.WAITING for one in losers)


def test_the_published_files_drawn_again_give_the_same_list(areas, tmp_path):
    shares = [Share(QuotaKind.KECAMATAN, "35.73.05", 2, None)]
    opened, _people = lottery(areas, shares=shares)
    files = draw(opened).files
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    call_command(
        "redraw",
        *(str(tmp_path / name) for name in ("entries.csv", "rule.json", "secret.txt")),
        out=tmp_path / "again.csv",
        against=tmp_path / "drawn.csv",
    )

    assert (tmp_path / "again.csv").read_text() == files["drawn.csv"]

    seated = opened.entries.filter(state=EntryState.SEATED)
    placed = {line.split(",")[1] for line in files["drawn.csv"].splitlines() if ",placed," in line}
    assert placed == {one.pseudonym for one in seated}
    told = "".join(files.values())
    assert "Warga" not in told


def test_a_freed_seat_goes_down_the_order_of_the_draw(areas):
    opened, _people = lottery(areas)
    draw(opened)
    first = opened.entries.waiting().in_line().first()

    seat = opened.registrations.order_by("pk").first()
    training.withdraw(registration=seat, why="", by=system(AFTER))

    assert opened.offers.live().get().entry == first


def test_no_secret_is_fixed_or_exchanged_after_the_closing(areas):
    opened = open_by_rule(areas.dinoyo, SelectionKind.LOTTERY)

    with pytest.raises(errors.RegistrationNotOpen):
        training.commit_to_secret(training_class=opened, by=system(CLOSES))
    with pytest.raises(errors.NotCommitted):
        draw(opened)
    training.commit_to_secret(training_class=opened, by=system())
    with pytest.raises(errors.CommittedBefore):
        training.commit_to_secret(training_class=opened, by=system())


def test_the_secret_is_sealed_until_the_draw(areas):
    opened, _people = lottery(areas)
    sealed = bytes(Commitment.objects.get().secret_sealed)

    secret = draw(opened).secret

    assert secret.encode() not in sealed
    assert len(secret) == 64


def test_nothing_is_drawn_while_people_may_still_register(areas):
    opened, _people = lottery(areas)

    with pytest.raises(errors.NotYetClosed):
        draw(opened, NOW)
    draw(opened)
    with pytest.raises(errors.AlreadyDrawn):
        draw(opened)


def test_the_rule_stands_once_the_seats_are_drawn(areas):
    opened, _people = lottery(areas)
    draw(opened)

    with pytest.raises(errors.RuleInUse):
        training.write_rule(
            training_class=opened,
            rule=rule_text(SelectionKind.LOTTERY, text="Lain."),
            by=system(AFTER),
            why="ingin",
        )


def test_who_does_not_meet_a_condition_is_not_drawn_and_told_apart_from_the_losers(areas):
    condition = Condition(ConditionKind.LIVES_IN, areas=("35.73.05",))
    (elsewhere,) = enrol(areas.purwantoro, prefix="Jauh")
    opened, _people = lottery(areas, count=2, conditions=[condition])
    apply(opened, elsewhere)

    draw(opened)

    row = Drawn.objects.get(person=elsewhere)
    assert row.outcome == DrawOutcome.NOT_ELIGIBLE
    assert opened.registrations.count() == 2


def test_a_group_is_drawn_as_one(areas):
    group = registry.form_group(name="Melati", area=areas.dinoyo, kind="training", by=system())
    members = enrol(areas.dinoyo, 3, prefix="Melati")
    for person in members:
        registry.join(group=group, person=person, by=system())
    opened, _people = lottery(areas, count=5)
    training.register_group(
        training_class=opened, group=group, people=members, by=system(), door=Door.DESK
    )

    draw(opened)

    assert opened.registrations.filter(group=group).count() in {0, 3}
    assert broken() == {}


def test_need_in_points_shows_its_parts_and_says_what_is_not_known(areas):
    weights = {"decile_1": 40, "decile_2": 30, "never_trained": 20}
    poor, unknown, poorer = enrol(areas.dinoyo, 3)
    for person, decile in ((poor, 2), (poorer, 1)):
        registry.note_decile(
            person=person, decile=decile, as_of=NOW.date(), source="DTSEN 2026-1", by=system()
        )
    opened = open_by_rule(areas.dinoyo, SelectionKind.NEED_SCORE, seats=2, weights=weights)
    for person in (poor, unknown, poorer):
        apply(opened, person)

    draw(opened)

    rows = {row.person: row for row in Drawn.objects.all()}
    assert [rows[one].points for one in (poorer, poor, unknown)] == [60, 50, 20]
    assert [rows[one].place for one in (poorer, poor, unknown)] == [1, 2, 3]
    assert rows[unknown].parts[0] == {"name": "decile", "points": 0, "is_known": False}
    assert rows[unknown].outcome == DrawOutcome.NOT_DRAWN


def test_equal_points_go_to_the_earlier(areas):
    first, second = enrol(areas.dinoyo, 2)
    opened = open_by_rule(
        areas.dinoyo, SelectionKind.NEED_SCORE, seats=1, weights={"never_trained": 1}
    )
    apply(opened, second)
    apply(opened, first, NOW + timedelta(minutes=1))

    draw(opened)

    assert opened.registrations.get().person == second
