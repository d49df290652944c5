"""Keep the catalogue of courses."""

from collections.abc import Iterable
from typing import Final

from django.db import transaction

from jembol.journal.by import By
from jembol.journal.record import Entry, record_many
from jembol.training import events
from jembol.training.actions.holding import changes_of
from jembol.training.models import Course
from jembol.training.rules import CATALOGUE, CourseKind

NATION: Final = 0


@transaction.atomic
def seed_courses(*, by: By, kinds: Iterable[CourseKind] = CATALOGUE) -> dict[str, Course]:
    """Bring the catalogue up to these kinds and return it by slug; a second call does nothing."""
    there = Course.objects.in_bulk(field_name="slug")
    entries: list[Entry] = []
    for kind in kinds:
        course = there.get(kind.slug) or Course(slug=kind.slug)
        is_new = course.pk is None
        wanted = (("name", kind.name), ("name_en", kind.name_en), ("about", kind.about))
        if changes := changes_of(course, wanted):
            course.save()
            event = events.COURSE_ADDED if is_new else events.COURSE_CHANGED
            entries.append(Entry(event=event, about=course, by=by, area=NATION, details=changes))
        there[kind.slug] = course
    record_many(entries)
    return there
