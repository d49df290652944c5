"""Hand out cards, and take their worth away."""

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.cards import errors, events
from jembol.cards.actions.keys import ensure_key
from jembol.cards.actions.serials import draw_serials
from jembol.cards.models import Card, CardRevocation
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.ids import IdKind
from jembol.registry import rules
from jembol.registry.models import Person
from jembol.registry.queries.identity import members_of


@transaction.atomic
def issue_card(*, person: Person, by: By) -> Card:
    """Give the person a card; who lost one has it revoked first.

    Raises:
        OutOfReach: the person lives outside the actor's duty.
        CardStands: the person has a card that was not revoked.
    """
    by.must_cover(person.area_id)
    theirs = Card.objects.filter(person__in=members_of(person))
    standing = theirs.standing().first()
    if standing is not None:
        raise errors.CardStands(
            _("%(name)s has the card %(serial)s. Revoke it first if it is lost.")
            % {"name": person.name, "serial": standing.serial},
            serial=standing.serial,
        )
    ensure_key(by=by)
    card = Card.objects.create(
        person=person,
        number=Card.objects.filter(person=person).count() + 1,
        serial=draw_serials(Card.objects.all(), IdKind.CARD, 1)[0],
        officer_id=by.id if by.kind == "officer" else None,
        issued_at=by.at,
    )
    _tell(events.CARD_ISSUED, card, by)
    return card


@transaction.atomic
def revoke_card(*, card: Card, why: str, by: By) -> CardRevocation:
    """End a card, as when it is lost; from the next fetch on no door takes it.

    Raises:
        OutOfReach: the person lives outside the actor's duty.
        CardRevokedBefore: it was revoked before.
        ReasonMissing: the reason is empty.
        TextTooLong: the reason does not fit.
        TextUnreadable: the reason holds signs that cannot be stored.
    """
    by.must_cover(card.person.area_id)
    reason = rules.reason(why, longest=300)
    revocation, is_new = CardRevocation.objects.get_or_create(
        card=card,
        defaults={
            "officer_id": by.id if by.kind == "officer" else None,
            "why": reason,
            "at": by.at,
        },
    )
    if not is_new:
        raise errors.CardRevokedBefore(
            _("The card %(serial)s was revoked before.") % {"serial": card.serial},
            serial=card.serial,
        )
    _tell(events.CARD_REVOKED, card, by, why=reason)
    return revocation


def _tell(event: str, card: Card, by: By, why: str = "") -> None:
    """Write the fact, placed where the person lives."""
    record(
        event,
        about=card,
        by=by,
        area=card.person.area_id,
        person_id=card.person_id,
        why=why,
        details={"serial": card.serial},
    )
