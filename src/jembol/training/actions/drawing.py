"""Draw the seats of a class: by lot from a secret fixed before, or by need in points."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record, record_many
from jembol.methods.draw.entries import Entry as Ticket
from jembol.methods.draw.entries import Quota as DrawQuota
from jembol.methods.draw.filling import Reason, Why, fill
from jembol.methods.draw.order import commitment
from jembol.methods.draw.published import Rule, drawn_by, drawn_text, entries_text, rule_text
from jembol.training import errors, events
from jembol.training.actions.answering import seat_entry
from jembol.training.actions.entries import fact
from jembol.training.actions.holding import hold, officer_id, refuse_when_cancelled
from jembol.training.actions.offers import promote
from jembol.training.choices import DrawOutcome, SelectionKind
from jembol.training.models import (
    Class,
    Commitment,
    Draw,
    Drawn,
    SelectionRule,
    WaitingEntry,
)
from jembol.training.queries.eligibility import eligibility_of, not_met
from jembol.training.queries.room import facts_of, people_of, room_of, rule_of, shares_of
from jembol.training.rules import Facts, Share, need_parts
from jembol.vault.sealing import open_sealed, seal

_BATCH: Final = 500
_SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with its people, as the draw sees them."""

    entry: WaitingEntry
    people: tuple[int, ...]
    facts: tuple[Facts, ...]
    is_eligible: bool

    def ticket(self, shares: Sequence[Share]) -> Ticket:
        """Return the entry as the draw counts it."""
        counts = {share.category: sum(map(share.counts, self.facts)) for share in shares}
        return Ticket(
            self.entry.pseudonym, self.entry.size, {name: n for name, n in counts.items() if n}
        )


@dataclass(frozen=True, slots=True)
class Result:
    """The order of the eligible, who is placed, why, and what is published of it."""

    order: tuple[str, ...]
    placed: frozenset[str]
    reasons: dict[str, Reason]
    files: dict[str, str]
    secret: str


@transaction.atomic
def commit_to_secret(*, training_class: Class, by: By) -> Commitment:
    """Fix the secret of a lottery and publish its digest, while people may still register.

    The secret is made here, sealed, and seen by nobody before the draw.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        NotByTheRule: the rule of the class is no lottery.
        CommittedBefore: it was fixed before.
        RegistrationNotOpen: registration is closed, so it would be too late.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    rule = rule_of(held)
    if rule is None or rule.kind != SelectionKind.LOTTERY:
        raise errors.NotByTheRule(
            _("The rule of %(title)s is no lottery.") % {"title": held.title}, class_id=held.pk
        )
    if Commitment.objects.filter(training_class=held).exists():
        raise errors.CommittedBefore(
            _("The secret of %(title)s was fixed before. It cannot be exchanged.")
            % {"title": held.title},
            class_id=held.pk,
        )
    if by.at >= rule.closes_at:
        raise errors.RegistrationNotOpen(
            _("Registration for %(title)s is closed: a secret fixed now would prove nothing.")
            % {"title": held.title},
            class_id=held.pk,
        )
    secret = secrets.token_hex(_SECRET_BYTES)
    row = Commitment.objects.create(
        training_class=held,
        digest=commitment(secret),
        secret_sealed=seal(secret, _place(held)),
        closes_at=rule.closes_at,
        officer_id=officer_id(by),
        at=by.at,
    )
    details = {"class": held.public_id, "digest": row.digest}
    record(events.COMMITTED, about=row, by=by, area=held.area_id, details=details)
    return row


@transaction.atomic
def draw_seats(*, training_class: Class, by: By) -> Draw:
    """Give the seats by the rule, once: those drawn have them, the others wait in that order.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        NotByTheRule: the class has no rule, or gives its seats to whoever comes first.
        AlreadyDrawn: it was done before.
        NotYetClosed: registration is still open.
        NotCommitted: the lottery's secret was not fixed before registration closed.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    rule = rule_of(held)
    if rule is None or rule.kind == SelectionKind.FIRST_COME:
        raise errors.NotByTheRule(
            _("The seats of %(title)s are not drawn.") % {"title": held.title}, class_id=held.pk
        )
    refuse_draw(held, rule, by)
    shares = shares_of(held)
    candidates = candidates_of(held, by)
    by_lot = rule.kind == SelectionKind.LOTTERY
    method = _by_lot if by_lot else _by_need
    result = method(held, rule, [one for one in candidates if one.is_eligible], shares, by)
    return keep_draw(held, rule, candidates, result, by)


def keep_draw(
    held: Class, rule: SelectionRule, candidates: Sequence[Candidate], result: Result, by: By
) -> Draw:
    """Keep what a draw gave, seat those who are placed, and offer what is left down the line."""
    shares = shares_of(held)
    row = Draw.objects.create(
        training_class=held,
        kind=rule.kind,
        rule_version=rule.version,
        seats=held.seats or 0,
        secret=result.secret,
        files=result.files,
        officer_id=officer_id(by),
        at=by.at,
    )
    _keep(row, candidates, result, rule, shares)
    _seat(held, candidates, result, by)
    details = {"class": held.public_id, "entries": len(candidates), "placed": len(result.placed)}
    record(events.DRAWN, about=row, by=by, area=held.area_id, details=details)
    promote(held, by)
    return row


def refuse_draw(held: Class, rule: SelectionRule, by: By) -> None:
    """Let the seats of a class be drawn once, after registration, by a secret fixed before.

    Raises:
        AlreadyDrawn: it was done before.
        NotYetClosed: registration is still open.
        NotCommitted: the lottery's secret was not fixed before registration closed.
    """
    if Draw.objects.filter(training_class=held).exists():
        raise errors.AlreadyDrawn(
            _("The seats of %(title)s were drawn before; one draw is all there is.")
            % {"title": held.title},
            class_id=held.pk,
        )
    if by.at < rule.closes_at:
        raise errors.NotYetClosed(
            _("Registration for %(title)s is still open. Draw after it has closed.")
            % {"title": held.title},
            class_id=held.pk,
        )
    if (
        rule.kind == SelectionKind.LOTTERY
        and not Commitment.objects.filter(training_class=held).exists()
    ):
        raise errors.NotCommitted(
            _(
                "No secret was fixed for %(title)s before registration closed, so lots would prove "
                "nothing. Open registration again with a reason, fix the secret, and close it."
            )
            % {"title": held.title},
            class_id=held.pk,
        )


def candidates_of(held: Class, by: By) -> list[Candidate]:
    """Return who waits for a held class, with what the register tells of each."""
    waiting = WaitingEntry.objects.waiting().filter(training_class=held)
    entries = list(waiting.select_related("person", "group").order_by("at", "pk"))
    people = {entry.pk: tuple(people_of(entry)) for entry in entries}
    every = [one for some in people.values() for one in some]
    facts = facts_of(every, held, by.at)
    answers = eligibility_of(every, held, by.at)
    return [
        Candidate(
            entry,
            people[entry.pk],
            tuple(facts[one] for one in people[entry.pk]),
            not any(not_met(answers[one]) for one in people[entry.pk]),
        )
        for entry in entries
    ]


def free_seats(held: Class, by: By) -> int:
    """Return the seats that nobody has: some may have been given before, with a reason."""
    return room_of(held, by.at).left or 0


def _open_quotas(held: Class, shares: Sequence[Share], by: By) -> tuple[DrawQuota, ...]:
    """Return what of the quotas is still open beside those who have a seat."""
    counts = room_of(held, by.at).counts
    return tuple(
        DrawQuota(
            share.category,
            max(share.at_least - count, 0),
            None if share.at_most is None else max(share.at_most - count, 0),
        )
        for share, count in zip(shares, counts, strict=True)
    )


def _by_lot(
    held: Class,
    _rule: SelectionRule,
    candidates: Sequence[Candidate],
    shares: Sequence[Share],
    by: By,
) -> Result:
    committed = Commitment.objects.get(training_class=held)
    secret = open_sealed(committed.secret_sealed, _place(held))
    rule = Rule(
        label=held.public_id,
        seats=free_seats(held, by),
        quotas=_open_quotas(held, shares, by),
        commitment=committed.digest,
        title=held.title,
    )
    tickets = [one.ticket(shares) for one in candidates]
    drawn = drawn_by(rule, tickets, secret)
    files = {
        "rule.json": rule_text(rule),
        "entries.csv": entries_text(tickets),
        "secret.txt": f"{secret}\n",
        "drawn.csv": drawn_text(tickets, drawn),
    }
    return Result(tuple(drawn.tickets), frozenset(drawn.placed), dict(drawn.reasons), files, secret)


def _by_need(
    held: Class,
    rule: SelectionRule,
    candidates: Sequence[Candidate],
    shares: Sequence[Share],
    by: By,
) -> Result:
    """Place by points; a group has the mean of its people's, and the earlier breaks a tie."""
    ordered = sorted(
        candidates,
        key=lambda one: (-_points(rule, one) / one.entry.size, one.entry.at, one.entry.pk),
    )
    tickets = [one.ticket(shares) for one in ordered]
    filled = fill(tickets, free_seats(held, by), _open_quotas(held, shares, by))
    order = tuple(ticket.id for ticket in tickets)
    return Result(order, frozenset(filled.placed), dict(filled.reasons), {}, "")


def _points(rule: SelectionRule, candidate: Candidate) -> int:
    return sum(part.points for one in candidate.facts for part in need_parts(rule.weights, one))


def _keep(
    row: Draw,
    candidates: Sequence[Candidate],
    result: Result,
    rule: SelectionRule,
    shares: Sequence[Share],
) -> None:
    """Keep for ever what everybody got, the losers too, and put them in line."""
    by_name = {one.entry.pseudonym: one for one in candidates}
    left_out = [one.entry.pseudonym for one in candidates if not one.is_eligible]
    rows, entries = [], []
    for place, name in enumerate((*result.order, *left_out), start=1):
        one = by_name[name]
        one.entry.place = place
        entries.append(one.entry)
        rows.append(
            Drawn(
                draw=row,
                entry=one.entry,
                pseudonym=name,
                person=one.entry.person,
                group=one.entry.group,
                size=one.entry.size,
                stratum=";".join(sorted(one.ticket(shares).members))[:100],
                place=place,
                outcome=_outcome(one, result),
                reason=result.reasons[name].why.value if one.is_eligible else "",
                points=_points(rule, one) if rule.weights else None,
                parts=_parts(rule, one),
            )
        )
    Drawn.objects.bulk_create(rows, batch_size=_BATCH)
    WaitingEntry.objects.bulk_update(entries, ["place"], batch_size=_BATCH)


def _outcome(candidate: Candidate, result: Result) -> DrawOutcome:
    if not candidate.is_eligible:
        return DrawOutcome.NOT_ELIGIBLE
    name = candidate.entry.pseudonym
    is_placed = name in result.placed
    if result.reasons[name].why is Why.ELSEWHERE:
        return DrawOutcome.ELSEWHERE
    return DrawOutcome.DRAWN if is_placed else DrawOutcome.NOT_DRAWN


def _parts(rule: SelectionRule, candidate: Candidate) -> list[dict[str, object]]:
    if not rule.weights or candidate.entry.group_id is not None:
        return []
    return [
        {"name": part.name, "points": part.points, "is_known": part.is_known}
        for part in need_parts(rule.weights, candidate.facts[0])
    ]


def _seat(held: Class, candidates: Sequence[Candidate], result: Result, by: By) -> None:
    placed = [one.entry for one in candidates if one.entry.pseudonym in result.placed]
    for entry in placed:
        seat_entry(held, entry, by)
    record_many([fact(events.DRAWN, entry, held, by) for entry in placed])


def _place(held: Class) -> str:
    return f"training.commitment.secret:{held.public_id}"
