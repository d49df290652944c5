"""What tests of possible duplicates share: two records, and the doubt about them."""

from city import area, by, system
from jembol.accounts.models import Officer
from jembol.registry.actions.linkage_runs import note_doubts
from jembol.registry.found_pairs import FoundPair
from jembol.registry.models import PersonDoubt

PARTS = (
    ("name", "like-3", 5.1),
    ("nik", "two-digits", 7.4),
    ("birth", "equal", 3.2),
    ("phone", "missing", 0.0),
    ("sex", "different", -4.0),
)
MALANG = "35.73"


def doubt(one, other, *, probability=0.8, value=1.0, parts=PARTS, city=MALANG, at=None):
    """Put a pair into the queue."""
    low, high = sorted((one.pk, other.pk))
    found = FoundPair(low, high, probability, parts, value)
    actor = system(at) if at else system()
    note_doubts([found], city=area(city), by=actor)
    return PersonDoubt.objects.filter(low=low, high=high).first()


def acting(username, permission="registry.change", **more):
    """What the desk gives to an action of this officer."""
    return by(Officer.objects.get(username=username), permission, **more)
