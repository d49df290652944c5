"""Consents: the texts that are put to people, their yes, and their later no."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import Entry, record, record_many
from jembol.kit.area import AreaCode
from jembol.kit.text import NotCleanText, clean_line
from jembol.registry import errors, events, rules
from jembol.registry.choices import Channel, Purpose
from jembol.registry.models import Consent, ConsentText, ConsentWithdrawal, Person
from jembol.registry.queries.identity import members_of


@transaction.atomic
def publish_consent_text(
    *, purpose: str, version: int, body: str, on: date, by: By, language: str = "id"
) -> ConsentText:
    """Publish the words of one version; the same words again give the row that is there.

    A published text never changes, because people have said yes to it (UU 27/2022 art. 22).

    Raises:
        OutOfReach: the actor does not reach the whole nation, to which texts belong.
        ChoiceUnknown: the purpose is none of its list.
        ValueMissing: the text is blank.
        TextUnreadable: it holds NUL or half a character.
        ConsentTextTaken: this version has other words.
    """
    by.must_cover(AreaCode.nation().key)
    _must_be(purpose, Purpose, "purpose")
    clean = _paragraphs(body)
    text, is_new = ConsentText.objects.get_or_create(
        purpose=purpose,
        version=version,
        language=language,
        defaults={"body": clean, "published_on": on},
    )
    if not is_new and text.body != clean:
        raise errors.ConsentTextTaken(
            _("Version %(version)d has other words. Publish yours as the next version.")
            % {"version": version},
            field="version",
        )
    if is_new:
        details = {"purpose": purpose, "version": version, "language": language}
        nation = AreaCode.nation().key
        record(events.CONSENT_TEXT_PUBLISHED, about=text, by=by, area=nation, details=details)
    return text


@transaction.atomic
def give_consent(
    *, person: Person, text: ConsentText, channel: str, by: By, witness: str = ""
) -> Consent:
    """Record a person's yes to one text: when, through which door, and before whom.

    Raises:
        OutOfReach: the person stands outside the actor's areas.
        ChoiceUnknown: the channel is none of its list.
        TextTooLong: the witness has more than 150 signs.
        TextUnreadable: the witness holds NUL or half a character.
        AlreadyConsented: their yes to this very text stands.
    """
    by.must_cover(person.area_id)
    _must_be(channel, Channel, "channel")
    clean = rules.line(witness, field="witness", longest=rules.NAME_LENGTH)
    # Two doors queue at the person; otherwise both could record the same yes.
    Person.objects.select_for_update().get(pk=person.pk)
    if Consent.objects.standing().filter(person__in=members_of(person), text=text).exists():
        raise errors.AlreadyConsented(
            _("%(name)s has said yes to this text already.") % {"name": person.name}
        )
    consent = Consent.objects.create(
        person=person, text=text, channel=channel, witness=clean, given_at=by.at
    )
    details = {
        "purpose": text.purpose,
        "version": text.version,
        "channel": channel,
        "witness": clean,
    }
    record(
        events.CONSENT_GIVEN,
        about=consent,
        by=by,
        area=person.area_id,
        person_id=person.pk,
        details=details,
    )
    return consent


@transaction.atomic
def withdraw_consent(
    *, person: Person, purpose: str, channel: str, by: By, why: str = ""
) -> list[ConsentWithdrawal]:
    """Withdraw every standing yes of a person for one purpose (UU 27/2022 art. 9 and 40).

    A no is meant by the person, under whichever of their entries the yes was written.

    Raises:
        OutOfReach: the person stands outside the actor's areas.
        ChoiceUnknown: purpose or channel is none of its list.
        NothingToWithdraw: no yes for this purpose stands.
    """
    by.must_cover(person.area_id)
    _must_be(purpose, Purpose, "purpose")
    _must_be(channel, Channel, "channel")
    reason = rules.line(why, field="why", longest=1000)
    Person.objects.select_for_update().get(pk=person.pk)
    standing = list(
        Consent.objects.standing()
        .filter(person__in=members_of(person), text__purpose=purpose)
        .select_related("text")
        .order_by("pk")
    )
    if not standing:
        raise errors.NothingToWithdraw(
            _("%(name)s has no standing consent for this purpose.") % {"name": person.name},
            field="purpose",
        )
    withdrawals = ConsentWithdrawal.objects.bulk_create(
        ConsentWithdrawal(consent=consent, channel=channel, withdrawn_at=by.at)
        for consent in standing
    )
    record_many([_withdrawn(consent, person, channel, by, reason) for consent in standing])
    return withdrawals


def _withdrawn(consent: Consent, person: Person, channel: str, by: By, why: str) -> Entry:
    text = consent.text
    return Entry(
        event=events.CONSENT_WITHDRAWN,
        about=consent,
        by=by,
        area=person.area_id,
        person_id=person.pk,
        why=why,
        details={"purpose": text.purpose, "version": text.version, "channel": channel},
    )


def _must_be(value: str, choices: type[Purpose] | type[Channel], field: str) -> None:
    if value not in choices.values:
        raise errors.ChoiceUnknown(
            _("“%(value)s” is not in the list. Choose one of: %(known)s.")
            % {"value": value, "known": ", ".join(choices.values)},
            field=field,
        )


def _paragraphs(body: str) -> str:
    """Return the text with clean lines; unlike a name it has several."""
    try:
        lines = [clean_line(line) for line in body.splitlines()]
    except NotCleanText as fault:
        raise errors.TextUnreadable(
            _("The text holds a sign that cannot be stored. Type it again."),
            field="body",
            sign=fault.code,
        ) from None
    clean = "\n".join(lines).strip()
    if not clean:
        raise errors.ValueMissing(_("Write the words that are put to people."), field="body")
    return clean
