"""Who earned a certificate, which ones there are, and what one says to whoever checks it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from jembol.kit.reach import Reach
from jembol.outbox.queries import JobRow, job_row
from jembol.places.models import Area
from jembol.registry.models import Person
from jembol.registry.queries.identity import rows_of
from jembol.training.choices import ExamMoment
from jembol.training.models import (
    Attendance,
    Certificate,
    CertificateBatch,
    CertificateBundle,
    CertificateNumbering,
    CertificateQuerySet,
    CertificateRule,
    Class,
    Registration,
    Session,
    Sitting,
)
from jembol.training.queries.aftermath import share_of
from jembol.training.rules import (
    DEFAULT_CODE,
    DEFAULT_FORM,
    Performance,
    Shortfall,
    Terms,
    code_read,
    days_needed,
    shortfall_of,
)
from jembol.training.rules.aftermath import LEAST_OF_A_DAY


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person of a class and how they stand to its certificate.

    Attributes:
        registration: The seat that speaks for the person.
        person: Whose name is printed: the surviving entry of a merged person.
        attended: Days on which the person came.
        score: Score in the last test, or None.
        certificate: The one that stands, or None.
        shortfall: Why none can be issued, or None.
    """

    registration: Registration
    person: Person
    attended: int
    score: Decimal | None
    certificate: Certificate | None
    shortfall: Shortfall | None

    @property
    def is_due(self) -> bool:
        """Whether the certificate is earned and not issued yet."""
        return self.certificate is None and self.shortfall is None


@dataclass(frozen=True, slots=True)
class CertificateStanding:
    """A class and its certificates.

    Attributes:
        terms: What the class asks for.
        days: Days of the class.
        needed: Days that somebody must have come.
        candidates: Everybody in the reach who holds a seat or came, by name.
    """

    terms: Terms
    days: int
    needed: int
    candidates: tuple[Candidate, ...]

    @property
    def due(self) -> tuple[Candidate, ...]:
        """Who has earned a certificate that is not issued yet."""
        return tuple(one for one in self.candidates if one.is_due)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the public page says of a certificate: what is printed on it, and whether it stands."""

    code: str
    name: str
    title: str
    length: str
    place: str
    written_number: str
    issued_on: date
    issuer: str
    government: str
    revoked_on: date | None


def terms_of(training_class: Class) -> Terms:
    """Return what the class asks for; the default until somebody sets it."""
    rule = CertificateRule.objects.filter(training_class=training_class).first()
    return Terms(rule.least_share, rule.least_score) if rule else Terms()


def numbering_of(city: Area) -> tuple[str, str]:
    """Return the form of numbers of a city and the code in it."""
    row = CertificateNumbering.objects.filter(area=city).first()
    return (row.form, row.code) if row else (DEFAULT_FORM, DEFAULT_CODE)


def post_test_scores(training_class: Class) -> Mapping[int, Decimal]:
    """Return the score in the test after the class by the key of the registration, 0 to 100."""
    of_class = Sitting.objects.filter(
        exam__training_class=training_class, exam__moment=ExamMoment.POST
    )
    rows = of_class.order_by("pk").values_list("registration_id", "right", "exam__key")
    return {seat: Decimal(100 * right) / len(key) for seat, right, key in rows}


def days_held(training_class: Class) -> tuple[Session, ...]:
    """Return the days that count for the certificate, from first to last, with their rolls."""
    rows = Session.objects.standing().filter(training_class=training_class)
    return tuple(rows.select_related("roll").order_by("number"))


def certificate_standing(training_class: Class, reach: Reach) -> CertificateStanding:
    """Return who in the reach has earned the certificate, who has it, and why others get none."""
    terms, sessions = terms_of(training_class), days_held(training_class)
    seats = _seats(training_class, reach)
    marks = _Marks.of(training_class, sessions)
    rolls = sum(hasattr(one, "roll") for one in sessions)
    candidates = [
        _candidate(group, marks, terms, days=len(sessions), rolls=rolls) for group in seats.values()
    ]
    candidates.sort(key=lambda one: (one.person.folded, one.registration.pk))
    return CertificateStanding(
        terms=terms,
        days=len(sessions),
        needed=days_needed(terms.least_share, len(sessions)),
        candidates=tuple(candidates),
    )


def certificates_in(training_class: Class, reach: Reach) -> CertificateQuerySet:
    """Return the certificates of a class that a reader may see, in no order yet."""
    rows = Certificate.objects.filter(training_class=training_class).of_people_in(reach)
    return rows.select_related("revocation", "replaced_by", "registration__person")


def certificates_of(person: Person) -> list[Certificate]:
    """Return the certificates of one person, under whichever id, the newest first."""
    rows = Certificate.objects.filter(registration__person__in=rows_of(person).values("pk"))
    return list(rows.select_related("training_class", "replaced_by").order_by("-issued_on", "-pk"))


def checked(text: str) -> Checked | None:
    """Return what the certificate of this code says, or None when there is none."""
    code = code_read(text)
    row = Certificate.objects.filter(code=code).first() if code else None
    if row is None:
        return None
    said = row.frozen
    return Checked(
        code=row.code,
        name=row.name,
        title=row.title,
        length=said["lama"],
        place=said["tempat"],
        written_number=row.written_number,
        issued_on=row.issued_on,
        issuer=said["kop"]["dinas"],
        government=said["kop"]["pemerintah"],
        revoked_on=timezone.localdate(row.revoked_at) if row.revoked_at else None,
    )


def newest_batch(training_class: Class) -> tuple[CertificateBatch, JobRow | None] | None:
    """Return the last batch of a class with its work, or None when there was none."""
    rows = CertificateBatch.objects.filter(training_class=training_class)
    batch = rows.order_by("-pk").first()
    return None if batch is None else (batch, job_row(batch.job_id))


def own_bundle(
    training_class: Class, officer: int
) -> tuple[CertificateBundle, JobRow | None] | None:
    """Return the last files that this officer had made of the class, with the work."""
    rows = CertificateBundle.objects.filter(training_class=training_class, officer_id=officer)
    bundle = rows.select_related("pdf", "archive").order_by("-pk").first()
    return None if bundle is None else (bundle, job_row(bundle.job_id))


# --- steps --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Marks:
    """What is noted in a class, by person or by seat.

    Attributes:
        came: The sessions at which each person was for half of the day at least, by the person.
        scores: Scores by the seat.
        standing: The certificate that stands, by the person.
        revoked: People of whom a certificate was revoked.
    """

    came: Mapping[int, set[int]]
    scores: Mapping[int, Decimal]
    standing: Mapping[int, Certificate]
    revoked: frozenset[int]

    @classmethod
    def of(cls, training_class: Class, sessions: Sequence[Session]) -> "_Marks":
        came: dict[int, set[int]] = defaultdict(set)
        rows = Attendance.objects.filter(session__in=[one.pk for one in sessions])
        for row in rows.select_related("session", "partial", "registration__person"):
            if share_of(row) >= LEAST_OF_A_DAY:
                came[_root(row.registration.person)].add(row.session_id)
        issued = Certificate.objects.filter(training_class=training_class)
        by_person = [
            (_root(one.registration.person), one)
            for one in issued.select_related("registration__person").order_by("pk")
        ]
        return cls(
            came=came,
            scores=post_test_scores(training_class),
            standing={root: one for root, one in by_person if one.revoked_at is None},
            revoked=frozenset(root for root, one in by_person if one.revoked_at is not None),
        )


def _seats(training_class: Class, reach: Reach) -> dict[int, list[Registration]]:
    """Return the seats that stand or were used, by the person who holds them."""
    of_class = Registration.objects.filter(training_class=training_class)
    involved = (of_class.standing() | of_class.attended()).of_people_in(reach)
    seats: dict[int, list[Registration]] = defaultdict(list)
    for seat in involved.select_related("person__survivor", "withdrawal").order_by("pk"):
        seats[_root(seat.person)].append(seat)
    return seats


def _candidate(
    group: Sequence[Registration], marks: _Marks, terms: Terms, *, days: int, rolls: int
) -> Candidate:
    seat = min(
        group,
        key=lambda one: (hasattr(one, "withdrawal"), one.person.survivor_id is not None, one.pk),
    )
    root = _root(seat.person)
    attended = len(marks.came.get(root, ()))
    scores = [marks.scores[one.pk] for one in group if one.pk in marks.scores]
    score = max(scores, default=None)
    certificate = marks.standing.get(root)
    done = Performance(
        days=days,
        rolls=rolls,
        attended=attended,
        score=score,
        was_revoked=root in marks.revoked and certificate is None,
    )
    return Candidate(
        registration=seat,
        person=seat.person.survivor or seat.person,
        attended=attended,
        score=score,
        certificate=certificate,
        shortfall=None if certificate else shortfall_of(done, terms),
    )


def _root(person: Person) -> int:
    return person.survivor_id or person.pk
