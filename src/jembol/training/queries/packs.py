"""What the papers of a class say, each date and name taken once, and which papers lack what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from jembol.kit.money import Rupiah
from jembol.kit.reach import Reach
from jembol.outbox.queries import JobRow, job_row
from jembol.papers.models import Letterhead
from jembol.papers.queries import city_of, letterhead_of
from jembol.places.models import Area
from jembol.training.choices import CostKind, PaperKind
from jembol.training.models import (
    Certificate,
    Class,
    CostLine,
    HandOver,
    LetterNumber,
    Minutes,
    Pack,
    Photo,
    Session,
)
from jembol.training.queries.certificates import certificate_standing, certificates_in
from jembol.training.queries.classes import AttendanceGrid, attendance_grid
from jembol.training.rules.packs import Lack, PackFacts, is_needed, lacks_of

PHOTOS_IN_A_PACK: Final = 24


@dataclass(frozen=True, slots=True)
class PaperState:
    """One paper of the pack.

    Attributes:
        kind: Which.
        is_needed: Whether this class has it at all.
        lacks: What it still lacks.
        number: The number and date that it has, or None.
    """

    kind: PaperKind
    is_needed: bool
    lacks: tuple[Lack, ...]
    number: LetterNumber | None


@dataclass(frozen=True, slots=True)
class PackContents:
    """Everything that the papers of one class are made of, read once.

    Attributes:
        training_class: The class, with course, venue, area and plan.
        city: Its city.
        letterhead: Who signs.
        sessions: The days that stand, from first to last.
        grid: Who came on which day.
        numbers: By word of the paper.
        minutes: What happened, or None.
        costs: The plan with what was paid.
        hand_overs: What everybody is given.
        certificates: Those that stand, by number.
        photos: In their order, at most 24.
        facts: What is there.
        papers: Every paper with what it lacks.
    """

    training_class: Class
    city: Area
    letterhead: Letterhead
    sessions: tuple[Session, ...]
    grid: AttendanceGrid
    numbers: dict[str, LetterNumber]
    minutes: Minutes | None
    costs: tuple[CostLine, ...]
    hand_overs: tuple[HandOver, ...]
    certificates: tuple[Certificate, ...]
    photos: tuple[Photo, ...]
    facts: PackFacts
    papers: tuple[PaperState, ...]

    @property
    def missing(self) -> int:
        """How many papers lack something."""
        return sum(bool(paper.lacks) for paper in self.papers if paper.is_needed)

    @property
    def honoraria(self) -> tuple[CostLine, ...]:
        """The lines that pay a mentor."""
        return _honoraria(self.costs)


def pack_contents(training_class: Class, reach: Reach, today: date) -> PackContents:
    """Return what the papers of a class are made of, for one reader.

    The class comes with `course`, `area`, `venue` and `plan`.
    """
    city = city_of(training_class.area)
    letterhead = letterhead_of(city)
    sessions = tuple(
        training_class.sessions.filter(cancellation__isnull=True)
        .select_related("venue", "roll")
        .order_by("number")
    )
    grid = attendance_grid(training_class, reach)
    numbers = {row.kind: row for row in training_class.letter_numbers.order_by("pk")}
    related = training_class.cost_lines.select_related("mentor", "spending")
    costs = tuple(related.order_by("pk"))
    hand_overs = tuple(training_class.hand_overs.order_by("pk"))
    found = certificates_in(training_class, reach).standing().order_by("year", "number")
    # Photographs kept for the papers only are sealed, and opened here for their purpose.
    photos = tuple(
        training_class.photos.select_related("file", "session").order_by("session__number", "pk")
    )[:PHOTOS_IN_A_PACK]
    minutes = Minutes.objects.filter(training_class=training_class).first()
    certificates = tuple(found)
    facts = PackFacts(
        numbered=frozenset(numbers),
        people=sum(not row.is_withdrawn for row in grid.rows),
        hidden=grid.hidden,
        has_venue=training_class.venue is not None or all(one.venue for one in sessions),
        has_hours=all(one.starts_at and one.ends_at for one in sessions),
        days_past=sum(one.on <= today for one in sessions),
        rolls=sum(hasattr(one, "roll") for one in sessions),
        has_minutes=minutes is not None,
        mentors=training_class.mentors.count(),
        honoraria=len(_honoraria(costs)),
        unpaid_honoraria=sum(not hasattr(one, "spending") for one in _honoraria(costs)),
        costs=len(costs),
        unpaid_costs=sum(not hasattr(one, "spending") for one in costs),
        has_budget=hasattr(training_class, "plan") and bool(training_class.plan.budget_code),
        hand_overs=len(hand_overs),
        due_certificates=len(certificate_standing(training_class, reach).due),
        certificates=len(certificates),
        photos=len(photos),
        has_signatory=bool(letterhead.signatory_name),
    )
    papers = tuple(
        PaperState(kind, is_needed(kind, facts), lacks_of(kind, facts), numbers.get(kind))
        for kind in PaperKind
    )
    return PackContents(
        training_class, city, letterhead, sessions, grid, numbers, minutes, costs, hand_overs,
        certificates, photos, facts, papers,
    )  # fmt: skip


def class_for_papers(public_id: str) -> Class:
    """Return the class with what its papers name."""
    rows = Class.objects.select_related("course", "area__parent", "venue", "plan")
    return rows.get(public_id=public_id)


def planned(line: CostLine) -> Rupiah:
    """Return what a line was planned to come to."""
    return Rupiah(line.unit_price) * line.quantity


def spent(line: CostLine) -> Rupiah | None:
    """Return what was paid for a line, or None while that is not noted."""
    return Rupiah(line.spending.amount) if hasattr(line, "spending") else None


def own_pack(training_class: Class, officer_id: int) -> tuple[Pack, JobRow | None] | None:
    """Return the newest pack that this officer had made, with its job."""
    newest = _packs(training_class).filter(officer_id=officer_id).first()
    return (newest, job_row(newest.job_id)) if newest else None


def readable_pack(training_class: Class, officer_id: int, *, sees_all: bool) -> Pack | None:
    """Return the newest finished pack that an officer may read.

    Args:
        training_class: The class.
        officer_id: Who reads.
        sees_all: Whether the reader sees everybody of the class; then a pack that another officer
            had made names nobody outside the reach, and an auditor can read what was printed.
    """
    finished = _packs(training_class).filter(archive__isnull=False)
    return (finished if sees_all else finished.filter(officer_id=officer_id)).first()


def _packs(training_class: Class) -> QuerySet[Pack]:
    rows = Pack.objects.filter(training_class=training_class).select_related("pdf", "archive")
    return rows.order_by("-pk")


def _honoraria(costs: Sequence[CostLine]) -> tuple[CostLine, ...]:
    return tuple(one for one in costs if one.kind == CostKind.HONORARIUM and one.mentor_id)
