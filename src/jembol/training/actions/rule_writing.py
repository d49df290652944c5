"""Write the rule by which the seats of a class are given, and change it with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.registry import rules as texts
from jembol.training import errors, events
from jembol.training.actions.holding import hold, officer_id, refuse_when_cancelled
from jembol.training.actions.offers import promote
from jembol.training.choices import SelectionKind
from jembol.training.models import (
    Class,
    Commitment,
    Draw,
    Quota,
    RuleRevision,
    SelectionRule,
    WaitingEntry,
)
from jembol.training.orders import SETTLE
from jembol.training.queries.room import rule_of
from jembol.training.rules import PARTS, Condition, Share, ShareFault, fault_of_shares

_LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """A whole rule, as it is published.

    Attributes:
        kind: How seats are given.
        text: The rule in Indonesian, for everybody.
        text_en: The same in English, or empty.
        opens_at: From when people may register.
        closes_at: Until when.
        offer_hours: How long somebody may think about an offered seat.
        conditions: Who may come.
        weights: Points by part, for need in points.
        shares: The quotas.
    """

    kind: SelectionKind
    text: str
    opens_at: datetime
    closes_at: datetime
    text_en: str = ""
    offer_hours: int = 24
    conditions: Sequence[Condition] = ()
    weights: Mapping[str, int] = field(default_factory=dict)
    shares: Sequence[Share] = ()

    def written(self) -> dict[str, Any]:
        """Return it as plain values, as a revision keeps it."""
        return {
            "kind": self.kind.value,
            "text": self.text,
            "text_en": self.text_en,
            "opens_at": self.opens_at.isoformat(),
            "closes_at": self.closes_at.isoformat(),
            "offer_hours": self.offer_hours,
            "conditions": [one.written() for one in self.conditions],
            "weights": dict(self.weights),
            "quotas": [
                {"category": one.category, "at_least": one.at_least, "at_most": one.at_most}
                for one in self.shares
            ],
        }


@transaction.atomic
def write_rule(*, training_class: Class, rule: RuleText, by: By, why: str = "") -> SelectionRule:
    """Publish the rule of a class, or a new version of it; earlier versions stay readable.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        BadRule: it contradicts itself, or the class.
        ReasonMissing: registration has opened, and no reason for the change is given.
        RuleInUse: seats were drawn, people are on the list and the kind would change, or the
            window would close before the secret was committed to.
        TextTooLong: a text does not fit.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    _refuse_bad(rule, held)
    before = rule_of(held)
    reason = ""
    if before is not None:
        _refuse_in_use(held, before, rule)
        has_opened = by.at >= before.opens_at
        reason = texts.line(why, field="why", longest=300)
        if has_opened:
            texts.reason(reason)
    row = _saved(held, before, rule)
    _set_quotas(held, rule.shares)
    RuleRevision.objects.create(
        rule=row, version=row.version, content=rule.written(), why=reason,
        officer_id=officer_id(by), at=by.at,
    )  # fmt: skip
    event = events.RULE_WRITTEN if before is None else events.RULE_REVISED
    details = {"version": row.version, "kind": row.kind, "text": row.text}
    record(event, about=row, by=by, area=held.area_id, why=reason, details=details)
    SETTLE.enqueue(
        by=by,
        dedup=f"window:{held.pk}:{row.version}",
        area_key=held.area_id,
        run_after=row.closes_at,
        class_id=held.pk,
    )
    promote(held, by)
    return row


def drop_rule(held: Class) -> None:
    """Remove the rule of a class that is removed whole."""
    Quota.objects.filter(training_class=held).delete()
    Commitment.objects.filter(training_class=held).delete()
    RuleRevision.objects.filter(rule__training_class=held).delete()
    SelectionRule.objects.filter(training_class=held).delete()


def _saved(held: Class, before: SelectionRule | None, rule: RuleText) -> SelectionRule:
    row = before or SelectionRule(training_class=held, version=0)
    row.kind, row.offer_hours = rule.kind, rule.offer_hours
    row.text, row.text_en = _text(rule.text, "text"), _text(rule.text_en, "text_en")
    row.opens_at, row.closes_at = rule.opens_at, rule.closes_at
    row.conditions = [one.written() for one in rule.conditions]
    row.weights = dict(rule.weights) if rule.kind == SelectionKind.NEED_SCORE else {}
    row.version += 1
    row.save()
    return row


def _text(text: str, name: str) -> str:
    """Return a text with its line ends kept; whole, it must fit."""
    texts.line(text.replace("\n", " ").replace("\r", " "), field=name, longest=_LONGEST)
    lines = (texts.line(line, field=name, longest=_LONGEST) for line in text.splitlines())
    return "\n".join(lines).strip()


def _set_quotas(held: Class, shares: Sequence[Share]) -> None:
    Quota.objects.filter(training_class=held).delete()
    Quota.objects.bulk_create(
        Quota(
            training_class=held,
            kind=share.kind,
            value=share.value,
            at_least=share.at_least,
            at_most=share.at_most,
        )
        for share in shares
    )


def _refuse_in_use(held: Class, before: SelectionRule, rule: RuleText) -> None:
    commitment = Commitment.objects.filter(training_class=held).first()
    faults = (
        (
            Draw.objects.filter(training_class=held).exists(),
            _("The seats of %(title)s were drawn by this rule, so it stands."),
        ),
        (
            rule.kind != before.kind and WaitingEntry.objects.filter(training_class=held).exists(),
            _("People registered for %(title)s by this rule, so its kind stands."),
        ),
        (
            commitment is not None and rule.closes_at <= commitment.at,
            _("The secret of %(title)s was fixed later than that. Close registration after it."),
        ),
    )
    for is_so, message in faults:
        if is_so:
            raise errors.RuleInUse(message % {"title": held.title}, class_id=held.pk)


def _refuse_bad(rule: RuleText, held: Class) -> None:
    if not rule.text.strip():
        raise errors.BadRule(_("Write the rule as people shall read it."), field="text")
    if rule.closes_at <= rule.opens_at:
        raise errors.BadRule(
            _("Registration closes before it opens. Correct the window."), field="closes_at"
        )
    if rule.kind != SelectionKind.FIRST_COME and held.seats is None:
        raise errors.BadRule(
            _("Seats can only be drawn when their number is known. Give the class its seats."),
            field="kind",
        )
    if rule.offer_hours < 1:
        raise errors.BadRule(_("Give people one hour at least to answer."), field="offer_hours")
    if unknown := sorted(rule.weights.keys() - set(PARTS)):
        raise errors.BadRule(_("No points for %(names)s.") % {"names": ", ".join(unknown)})
    if fault := fault_of_shares(rule.shares, held.seats):
        raise errors.BadRule(_share_words(fault), field="quotas", fault=fault.value)


def _share_words(fault: ShareFault) -> str:
    words = {
        ShareFault.TWICE: _("A quota is given twice. Remove one of the two."),
        ShareFault.NO_VALUE: _("A quota does not say whom it is about. Choose one."),
        ShareFault.OVERLAP: _("Two bands of deciles overlap. Let each decile be in one."),
        ShareFault.AT_MOST_BELOW_AT_LEAST: _("A quota allows fewer seats than it keeps."),
        ShareFault.BEYOND_SEATS: _("The quotas keep more seats than the class has."),
    }
    return words[fault]
