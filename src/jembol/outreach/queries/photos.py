"""Which photos of a visit somebody may look at."""

from django.db.models import Q, QuerySet

from jembol.kit.reach import Reach
from jembol.outreach.models import Photo, Visit
from jembol.registry.choices import Purpose
from jembol.registry.models import Consent, Person


def shown_photos(visit: Visit, reach: Reach) -> list[Photo]:
    """Return the photos of a visit that are whole, and that whoever is on them agreed to.

    None are shown once the person took their consent to photographs back, or once the person or
    the enterprise lies outside the reader's reach.
    """
    about = [row for row in (visit.person, visit.enterprise) if row is not None]
    if not all(reach.covers(row.area_id) for row in about):
        return []
    if visit.person is not None and _took_back(visit.person):
        return []
    rows = _whole(visit).filter(has_consent=True)
    return list(rows.select_related("file").order_by("at", "pk"))


def count_photos(visit: Visit) -> int:
    """Return how many whole photos are kept of a visit, shown or not."""
    return _whole(visit).count()


def _whole(visit: Visit) -> QuerySet[Photo]:
    return Photo.objects.filter(visit=visit, file__isnull=False, is_refused=False)


def _took_back(person: Person) -> bool:
    """Whether the person, under whatever number, once agreed to photographs and does not now."""
    key = person.survivor_id or person.pk
    said = Consent.objects.filter(Q(person=key) | Q(person__survivor=key))
    said = said.filter(text__purpose=Purpose.PHOTO)
    return said.exists() and not said.standing().exists()
