"""Issue certificates with numbers that have no gap, and revoke those that should not stand."""

import secrets
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.canonical import canonical
from jembol.journal.record import Entry, record, record_many
from jembol.kit.ids import ALPHABET
from jembol.kit.indonesian import days_together, long_day
from jembol.outbox.queries import job_row
from jembol.papers.actions import keep_source
from jembol.papers.kinds import CERTIFICATE
from jembol.papers.queries import city_of, letterhead_data, letterhead_of
from jembol.places.models import Area
from jembol.training import errors, events
from jembol.training.actions.holding import (
    given_in,
    hold,
    officer_id,
    refuse_when_cancelled,
)
from jembol.training.models import (
    Certificate,
    CertificateBatch,
    CertificateNumbering,
    CertificateRevocation,
    CertificateRule,
    CertificateSeries,
    Class,
    Session,
)
from jembol.training.orders import ISSUE
from jembol.training.queries import certificates as queries
from jembol.training.queries.certificates import Candidate
from jembol.training.rules import (
    CODE_LENGTH,
    Day,
    fault_of_form,
    hours_in_words,
    minutes_of,
    written_number,
)

BATCH: Final = 500


@transaction.atomic
def set_certificate_rule(
    *, training_class: Class, least_share: Decimal, least_score: int | None, by: By
) -> CertificateRule:
    """Say what earns the certificate of a class; what was issued before stays.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        BadTerms: the share is no share of the days, or the score is not of a hundred.
    """
    if not 0 < least_share <= 1 or not (least_score is None or 0 <= least_score <= 100):
        raise errors.BadTerms(
            _("Write a share of the days above 0 and up to 100 %, and a score from 0 to 100."),
            field="least_share",
        )
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    values = {"least_share": least_share, "least_score": least_score, "changed_at": by.at}
    row, _is_new = CertificateRule.objects.update_or_create(training_class=held, defaults=values)
    details = {"least_share": str(least_share), "least_score": least_score}
    record(events.CERTIFICATE_RULE_SET, about=held, by=by, area=held.area_id, details=details)
    return row


@transaction.atomic
def set_certificate_numbering(*, city: Area, form: str, code: str, by: By) -> CertificateNumbering:
    """Say how a city writes the numbers of certificates from now on.

    Raises:
        OutOfReach: the city lies outside the actor's duty.
        BadNumberForm: a term is unknown, or number or year is missing.
        ValueMissing: the form or the code is blank.
        TextTooLong: one of them does not fit.
    """
    by.must_cover(city.key)
    clean = given_in(CertificateNumbering, "form", form)
    if fault := fault_of_form(clean):
        raise errors.BadNumberForm(
            _(
                "%(fault)s is unknown here, or missing. {nomor} and {tahun} must stand in the "
                "form; {kode}, {bulan} and {bulan_romawi} may."
            )
            % {"fault": fault},
            field="form",
        )
    values = {"form": clean, "code": given_in(CertificateNumbering, "code", code)}
    row, _is_new = CertificateNumbering.objects.update_or_create(
        area=city, defaults={**values, "changed_at": by.at}
    )
    record(events.CERTIFICATE_NUMBERING_SET, about=row, by=by, area=city.key, details=values)
    return row


@transaction.atomic
def issue_certificates(*, training_class: Class, address: str, by: By) -> CertificateBatch:
    """Have certificates issued, in the background, for everybody who earned one and has none.

    A second press while the first is at work leads to the same batch.

    Args:
        training_class: The class.
        address: Where certificates are checked; each adds its code and a slash.
        by: Who asks; only people in this reach get one.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        ClassCancelled: the class was cancelled.
        ClassNotOver: its last day is still to come.
        NobodyEarned: nobody has earned one who has none.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    if standing := _open_batch(held, by):
        return standing
    _refuse_early(held, by)
    if not queries.certificate_standing(held, by.reach).due:
        raise errors.NobodyEarned(
            _(
                "Nobody has earned a certificate that is not issued yet. See the reason beside "
                "each name, take the attendance that is missing, or change the rule."
            ),
            class_id=held.pk,
        )
    batch = CertificateBatch.objects.create(
        training_class=held,
        template=keep_source(kind=CERTIFICATE, city=city_of(held.area), by=by),
        issued_on=timezone.localdate(by.at),
        frozen=_said(held, address, timezone.localdate(by.at)),
        officer_id=officer_id(by),
        at=by.at,
    )
    job = ISSUE.enqueue(by=by, area_key=held.area_id, batch_id=batch.pk)
    batch.job_id = job.pk
    batch.save(update_fields=["job_id"])
    details = {"class": held.public_id, "batch": batch.pk}
    record(events.CERTIFICATES_ASKED, about=held, by=by, area=held.area_id, details=details)
    return batch


@transaction.atomic
def issue_next(*, batch: CertificateBatch, limit: int, by: By) -> tuple[int, int]:
    """Issue some of a batch's certificates; return how many, and how many are still due.

    When none is due any more, the batch is closed. Numbers are taken here, in the transaction that
    stores the certificates: a worker that dies takes its numbers back.

    Raises:
        OutOfReach: the class lies outside what the actor reaches now.
        ClassCancelled: the class was cancelled meanwhile.
    """
    held = hold(batch.training_class)
    by.must_cover(held.area_id)
    refuse_when_cancelled(held)
    open_now = CertificateBatch.objects.filter(pk=batch.pk, closed_at__isnull=True)
    due = queries.certificate_standing(held, by.reach).due if open_now.exists() else ()
    if not due:
        _close(batch, held, by)
        return 0, 0
    issued = _issued(batch, held, due[:limit], by)
    return len(issued), len(due) - len(issued)


@transaction.atomic
def close_batch(*, batch: CertificateBatch, by: By) -> None:
    """End a batch whose work cannot go on; what was issued stays, and a new one may begin."""
    held = hold(batch.training_class)
    _close(batch, held, by)


@transaction.atomic
def revoke_certificate(*, certificate: Certificate, why: str, by: By) -> CertificateRevocation:
    """Revoke a certificate that should not stand; its number is never used again.

    Raises:
        OutOfReach: the class or the person lies outside the actor's duty.
        AlreadyRevoked: it was revoked before.
        ValueMissing: the reason is blank.
        TextTooLong: the reason does not fit.
    """
    held = hold(certificate.training_class)
    by.must_cover(held.area_id)
    by.must_cover(certificate.registration.person.area_id)
    row = _locked(certificate)
    if row.revoked_at is not None:
        raise errors.AlreadyRevoked(
            _("Certificate %(number)s was revoked before.") % {"number": row.written_number}
        )
    return _revoked(row, given_in(CertificateRevocation, "why", why), by)


@transaction.atomic
def reissue_certificate(*, certificate: Certificate, address: str, why: str, by: By) -> Certificate:
    """Issue a new certificate in the place of one, as after a name was corrected.

    The old one is revoked, if it stands; the new one has the name as it is now, and a new number.

    Raises:
        OutOfReach: the class or the person lies outside the actor's duty.
        AlreadyReplaced: another one was issued in its place, or stands for the person.
        ClassCancelled: the class was cancelled.
        ValueMissing: the reason is blank.
        TextTooLong: the reason does not fit.
    """
    held = hold(certificate.training_class)
    by.must_cover(held.area_id)
    by.must_cover(certificate.registration.person.area_id)
    refuse_when_cancelled(held)
    reason = given_in(CertificateRevocation, "why", why)
    row = _locked(certificate)
    others = Certificate.objects.standing().filter(registration=row.registration_id)
    if Certificate.objects.filter(replaces=row).exists() or others.exclude(pk=row.pk).exists():
        raise errors.AlreadyReplaced(
            _("Another certificate was issued in the place of %(number)s already.")
            % {"number": row.written_number}
        )
    city, today = city_of(held.area), timezone.localdate(by.at)
    template = keep_source(kind=CERTIFICATE, city=city, by=by)
    if row.revoked_at is None:
        _revoked(row, reason, by)
    person = row.registration.person
    fresh = Certificate(
        registration=row.registration,
        replaces=row,
        name=(person.survivor or person).name,
        folded=(person.survivor or person).folded,
        template=template,
        issued_on=today,
        frozen=_said(held, address, today),
    )
    return _stored([fresh], held, city, by)[0]


# --- steps --------------------------------------------------------------------------------------


def take_numbers(city: Area, year: int, count: int) -> range:
    """Return the next numbers of a city in a year; others wait for them to the transaction's end.

    Here lies the whole promise of numbers without gap and reuse: the row that counts is written in
    the transaction that stores the certificates, so both are there or neither.
    """
    series = CertificateSeries.objects.select_for_update(of=("self",)).filter(city=city, year=year)
    if not series.exists():
        first_of_year = CertificateSeries(city=city, year=year)
        CertificateSeries.objects.bulk_create([first_of_year], ignore_conflicts=True)
    row = series.get()
    first = row.next_number
    row.next_number = first + count
    row.save(update_fields=["next_number"])
    return range(first, first + count)


def _open_batch(held: Class, by: By) -> CertificateBatch | None:
    """Return the batch at work; one whose work is over without an end is closed."""
    open_now = CertificateBatch.objects.filter(training_class=held, closed_at__isnull=True)
    batch = open_now.order_by("pk").first()
    if batch is None:
        return None
    job = job_row(batch.job_id)
    if job is not None and not job.is_over:
        return batch
    CertificateBatch.objects.filter(pk=batch.pk).update(closed_at=by.at)
    return None


def _refuse_early(held: Class, by: By) -> None:
    if held.ends_on > timezone.localdate(by.at):
        raise errors.ClassNotOver(
            _("%(title)s ends on %(day)s. Issue certificates on that day or later.")
            % {"title": held.title, "day": held.ends_on.isoformat()},
            class_id=held.pk,
        )


def _said(held: Class, address: str, on: date) -> dict[str, Any]:
    """Return what all certificates of a class say alike, as the paper says it."""
    city = city_of(held.area)
    sessions = queries.days_held(held)
    minutes = _minutes(sessions)
    hours = f" ({hours_in_words(minutes)})" if minutes else ""
    days = days_together([one.on for one in sessions])
    return {
        "kop": letterhead_data(letterhead_of(city)),
        "lama": f"selama {len(sessions)} hari{hours} pada {days}",
        "tempat": _place(held, city),
        "tanggal": long_day(on),
        "alamat": address,
        "situs": address.partition("://")[2].rstrip("/") or address,
    }


def _place(held: Class, city: Area) -> str:
    parts = [held.venue.name] if held.venue else []
    if held.area_id != city.key and not (held.venue and held.area.name in held.venue.name):
        parts.append(held.area.name)
    return f"di {', '.join([*parts, city.name])}"


def _minutes(sessions: Sequence[Session]) -> int | None:
    return minutes_of(Day(one.on, one.starts_at, one.ends_at) for one in sessions)


def _issued(
    batch: CertificateBatch, held: Class, due: Sequence[Candidate], by: By
) -> list[Certificate]:
    rows = [
        Certificate(
            registration=one.registration,
            batch=batch,
            name=one.person.name,
            folded=one.person.folded,
            template=batch.template,
            issued_on=batch.issued_on,
            frozen=batch.frozen,
        )
        for one in due
    ]
    return _stored(rows, held, city_of(held.area), by)


def _stored(rows: Sequence[Certificate], held: Class, city: Area, by: By) -> list[Certificate]:
    """Number, complete and store certificates of one day, and tell the journal of each."""
    on = rows[0].issued_on
    form, code = queries.numbering_of(city)
    sessions = queries.days_held(held)
    for row, number in zip(rows, take_numbers(city, on.year, len(rows)), strict=True):
        row.code = "".join(secrets.choice(ALPHABET) for _sign in range(CODE_LENGTH))
        row.city, row.year, row.number = city, on.year, number
        row.written_number = written_number(form, number=number, code=code, on=on)
        row.training_class, row.title = held, held.title
        row.days, row.minutes, row.at = len(sessions), _minutes(sessions), by.at
        row.digest = _digest(row)
    stored = Certificate.objects.bulk_create(rows, batch_size=BATCH)
    record_many([_entry(events.CERTIFICATE_ISSUED, row, by) for row in stored])
    return stored


def _digest(row: Certificate) -> str:
    """Return the hash of everything the paper says and of the template that says it."""
    said = [
        row.code, row.written_number, row.name, row.title, row.frozen, row.template.digest,
    ]  # fmt: skip
    return sha256(canonical(said).encode()).hexdigest()


def _close(batch: CertificateBatch, held: Class, by: By) -> None:
    open_now = CertificateBatch.objects.filter(pk=batch.pk, closed_at__isnull=True)
    if open_now.update(closed_at=by.at):
        count = Certificate.objects.filter(batch=batch).count()
        details = {"class": held.public_id, "batch": batch.pk, "certificates": count}
        record(events.CERTIFICATES_DONE, about=held, by=by, area=held.area_id, details=details)


def _locked(certificate: Certificate) -> Certificate:
    rows = Certificate.objects.select_for_update(of=("self",))
    return rows.select_related("registration__person__survivor", "training_class").get(
        pk=certificate.pk
    )


def _revoked(row: Certificate, why: str, by: By) -> CertificateRevocation:
    row.revoked_at = by.at
    row.save(update_fields=["revoked_at"])
    revocation = CertificateRevocation.objects.create(
        certificate=row, why=why, officer_id=officer_id(by), at=by.at
    )
    record_many([_entry(events.CERTIFICATE_REVOKED, row, by, why=why)])
    return revocation


def _entry(event: str, row: Certificate, by: By, why: str = "") -> Entry:
    """Return the fact, placed where the person lives."""
    person = row.registration.person
    details = {
        "number": row.written_number, "name": row.name, "class": row.training_class.public_id,
    }  # fmt: skip
    return Entry(
        event=event, about=row, by=by, area=person.area_id, person_id=person.pk, why=why,
        details=details,
    )  # fmt: skip
