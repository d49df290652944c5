"""Act on one envelope and store it, together or not at all."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, OperationalError, transaction

from jembol.journal.by import By
from jembol.journal.canonical import canonical
from jembol.journal.record import record
from jembol.kit.refusal import Refusal
from jembol.sync import events
from jembol.sync.choices import WORDS, State
from jembol.sync.errors import SetAside, Wait
from jembol.sync.kinds import Arrived, EnvelopeKind
from jembol.sync.models import Conflict, Envelope
from jembol.vault.sealing import open_sealed, seal

log = logging.getLogger(__name__)

LONGEST_WORDS: Final = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an envelope."""

    state: State
    code: str = ""
    words: str = ""
    result: Mapping[str, Any] | None = None
    held_for: str = ""

    @classmethod
    def coded(cls, state: State, code: str, *, held_for: str = "") -> "Outcome":
        """Return an outcome whose words go with its code."""
        return cls(state, code, str(WORDS[code]), held_for=held_for)


def act_and_store(
    envelope: Envelope,
    kind: EnvelopeKind,
    body: Mapping[str, Any],
    by: By,
    *,
    is_late: bool = False,
) -> None:
    """Do what the envelope asks, and store it with the answer, in one transaction.

    Whatever goes wrong stops this envelope alone, and it is stored all the same.

    Raises:
        IntegrityError: the envelope was stored meanwhile, by another request.
        OperationalError: the database is not there, or too busy; nothing is stored.
    """
    arrived = Arrived(
        id=envelope.pk,
        body=body,
        device_id=envelope.device_id,
        device_at=envelope.device_at,
        corrected_at=envelope.corrected_at,
        officer_id=envelope.officer_id,
        sender_id=envelope.sender_id,
        area_key=envelope.area_key,
        seq=envelope.seq,
        is_late=is_late,
    )
    try:
        with transaction.atomic():
            result = kind.act(arrived, by=by)
            _store(envelope, Outcome(State.ACCEPTED, result=result))
    except OperationalError:
        raise
    except (SetAside, Refusal) as reason:
        store(envelope, _not_done(envelope, reason, by), by)
    except Wait as wait:
        store(envelope, _waiting(wait.envelope_id, is_late=is_late), by)
    except IntegrityError:
        # Two requests brought it at once, or the kind broke a constraint of its own.
        if _is_new(envelope) and Envelope.objects.filter(pk=envelope.pk).exists():
            raise
        log.exception("envelope %s (%s) is set aside", envelope.pk, envelope.kind)
        store(envelope, Outcome.coded(State.PARKED, "parked"), by)
    except Exception:
        log.exception("envelope %s (%s) is set aside", envelope.pk, envelope.kind)
        store(envelope, Outcome.coded(State.PARKED, "parked"), by)


def _not_done(envelope: Envelope, reason: SetAside | Refusal, by: By) -> Outcome:
    """Return what becomes of an envelope that its kind did not take.

    What another officer sent is never refused for them: the writer would not hear of it, and
    perhaps the sender alone may not.
    """
    if isinstance(reason, SetAside):
        return Outcome.coded(State.QUARANTINED, reason.code)
    is_another = envelope.sender_id is not None and envelope.sender_id != envelope.officer_id
    if is_another and by.door == "field":
        return Outcome.coded(State.QUARANTINED, "another-writer")
    return Outcome(State.REFUSED, reason.code, reason.message)


def _waiting(for_: str, *, is_late: bool) -> Outcome:
    """Return what becomes of an envelope that cannot act before another one.

    While somebody has still to decide the other one, it waits. After that it is never refused,
    because nobody would hear of it: the office looks at it, and it acts when the other one does.
    """
    if is_late and not Envelope.objects.set_aside().filter(pk=for_).exists():
        return Outcome.coded(State.PARKED, "never-came", held_for=for_)
    return Outcome.coded(State.HELD, "waits-for-another", held_for=for_)


@transaction.atomic
def store(envelope: Envelope, outcome: Outcome, by: By) -> None:
    """Store an envelope with what became of it, and tell the journal when it was set aside.

    Raises:
        IntegrityError: the envelope was stored meanwhile, by another request.
    """
    _store(envelope, outcome)
    told = {State.QUARANTINED: events.QUARANTINED, State.PARKED: events.PARKED}
    is_bad = outcome.code == "bad-signature"
    if event := events.BAD_SIGNATURE if is_bad else told.get(outcome.state):
        details = {"kind": envelope.kind, "officer": envelope.officer_id}
        record(event, about=envelope, by=by, area=envelope.area_key, details=details)


def body_of(envelope: Envelope) -> Mapping[str, Any]:
    """Return what the envelope says, opened if it is sealed."""
    if envelope.body_sealed is None:
        body: Mapping[str, Any] = envelope.body
        return body
    opened: Mapping[str, Any] = json.loads(open_sealed(envelope.body_sealed, place_of(envelope.pk)))
    return opened


def open_conflict(conflict: Conflict) -> Mapping[str, Any]:
    """Return what a second content says."""
    if conflict.body_sealed is None:
        body: Mapping[str, Any] = conflict.body
        return body
    place = conflict_place(conflict.envelope_id, conflict.fingerprint)
    opened: Mapping[str, Any] = json.loads(open_sealed(conflict.body_sealed, place))
    return opened


def conflict_place(envelope_id: str, fingerprint: str) -> str:
    """Return the place to which a sealed second content belongs."""
    return f"sync.conflict.body:{envelope_id}:{fingerprint}"


def sealed(body: Mapping[str, Any], place: str) -> bytes:
    """Return the body encrypted and bound to its place."""
    return seal(canonical(body), place)


def place_of(envelope_id: str) -> str:
    """Return the place to which a sealed body belongs."""
    return f"sync.envelope.body:{envelope_id}"


def signed_place(envelope_id: str) -> str:
    """Return the place to which the sealed text belongs that a phone signed."""
    return f"sync.envelope.signed:{envelope_id}"


def _store(envelope: Envelope, outcome: Outcome) -> None:
    envelope.state = outcome.state
    envelope.code = outcome.code
    envelope.words = outcome.words[:LONGEST_WORDS]
    envelope.held_for = outcome.held_for
    envelope.result = dict(outcome.result or {})
    if _is_new(envelope):
        # INSERT and nothing else: the primary key decides which of two requests acted.
        envelope.save(force_insert=True)
    else:
        envelope.save(update_fields=["state", "code", "words", "held_for", "result"])


def _is_new(envelope: Envelope) -> bool:
    return bool(envelope._state.adding)  # noqa: SLF001 - Django documents `_state` as public
