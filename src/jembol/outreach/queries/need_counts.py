"""What is counted for the need of areas: one grouped query each, never one for every area.

Rows are counted for their RW, or for their kelurahan where no RW is known. A past day is counted
from the rows that bear dates (docs/algorithms/need.md tells what cannot be counted back).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Avg, Count, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from jembol.kit.area import kelurahan_key
from jembol.kit.reach import Reach
from jembol.outreach.choices import VisitOutcome
from jembol.outreach.models import AreaEstimate, Need, Promise, Referral, Visit, Wish
from jembol.outreach.rules.need import POOR_DECILES
from jembol.registry.choices import EnterpriseStatus
from jembol.registry.models import Enterprise, EnterpriseWord, Person, WelfareDecile
from jembol.registry.rules import words_of_texts
from jembol.training.models import Attendance

KEYS_OF_A_KELURAHAN: Final = 10**6
KEYS_OF_AN_RW: Final = 10**3

FOOD_CODES: Final = ("10", "11", "56")
"""Groups of KBLI 2020 and 2025: food, drinks, and the serving of both."""

FOOD_WORDS: Final = (
    "abon bakery bakpia bakso bolu brownies camilan catering cookies dapur dawet donat es jajanan "
    "jamu jenang kastengel katering keripik kerupuk kopi kue kuliner lapis lauk lemper madu "
    "makanan martabak mendol mi mie minuman molen nasi nastar onde pastel pecel permen pisang "
    "puding rawon rempeyek risoles roti salad sambal sari sate selai sirup soto susu tahu tape "
    "tempe warung wingko"
)
"""Words by which an enterprise without KBLI is taken for a food maker."""

ROOT: Final = Coalesce("person__survivor_id", "person_id")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where and of which day is counted; `end` is the first moment after that day."""

    reach: Reach
    on: date
    end: datetime

    @classmethod
    def of(cls, reach: Reach, on: date) -> "Scope":
        """Return the scope of a day in the zone that is in force."""
        return cls(reach, on, timezone.make_aware(datetime.combine(on + timedelta(days=1), time())))


@dataclass(frozen=True, slots=True)
class Seen:
    """The visits of an area: when last, how often, and their middle where positions are known."""

    last: date
    lat: float | None
    lon: float | None


def unit_of(key: int) -> int:
    """Return the RW that holds this key, else its kelurahan; 0 above one."""
    if key % KEYS_OF_A_KELURAHAN >= KEYS_OF_AN_RW:
        return key - key % KEYS_OF_AN_RW
    return kelurahan_key(key)


def people(scope: Scope) -> Mapping[int, int]:
    """Return how many people of the register live there."""
    return _by_unit(_people(scope))


def reached(scope: Scope) -> Mapping[int, int]:
    """Return how many people were met at a visit or came to a class of the city."""
    met = Visit.objects.filter(
        outcome=VisitOutcome.MET, person__isnull=False, at__lt=scope.end
    ).order_by()
    came = Attendance.objects.counted().filter(session__on__lte=scope.on).order_by()
    at_class = Coalesce("registration__person__survivor_id", "registration__person_id")
    return _by_unit(
        _people(scope).filter(
            Q(pk__in=met.values(root=ROOT)) | Q(pk__in=came.values(root=at_class))
        )
    )


def enterprises(scope: Scope) -> Mapping[int, int]:
    """Return how many enterprises of the register stand there and are not closed."""
    return _by_unit(_enterprises(scope).exclude(status=EnterpriseStatus.CLOSED))


def food(scope: Scope) -> Mapping[int, int]:
    """Return how many running enterprises make food and have no NIB."""
    running = _enterprises(scope).exclude(
        status__in=(EnterpriseStatus.CLOSED, EnterpriseStatus.IDEA)
    )
    by_code = Q()
    for code in FOOD_CODES:
        by_code |= Q(kbli__startswith=code)
    # Several words may speak of one enterprise, so they are asked about apart.
    spoken = EnterpriseWord.objects.filter(word__in=words_of_texts(FOOD_WORDS)).order_by()
    by_word = Q(kbli="", pk__in=spoken.values("enterprise"))
    return _by_unit(running.filter(by_code | by_word, nib=""))


def needs(scope: Scope) -> Mapping[int, int]:
    """Return how many needs were told and not met."""
    rows = Need.objects.within(scope.reach).filter(at__lt=scope.end)
    return _by_unit(rows.filter(Q(met_at__isnull=True) | Q(met_at__gte=scope.end)))


def referrals(scope: Scope) -> Mapping[int, int]:
    """Return how many referrals wait for an answer."""
    rows = Referral.objects.within(scope.reach).filter(at__lt=scope.end)
    return _by_unit(rows.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=scope.end)))


def promises(scope: Scope) -> Mapping[int, int]:
    """Return how many promises are past their day and not kept."""
    rows = Promise.objects.within(scope.reach).filter(visit__at__lt=scope.end, due_on__lt=scope.on)
    return _by_unit(rows.filter(Q(kept_at__isnull=True) | Q(kept_at__gte=scope.end)))


def wishes(scope: Scope) -> Mapping[int, int]:
    """Return how many wishes of RT and RW wait for an answer."""
    rows = Wish.objects.within(scope.reach).filter(told_at__lt=scope.end)
    stands = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=scope.end)
    reply = "gathered__gathering__reply"
    waits = Q(**{f"{reply}__isnull": True}) | Q(**{f"{reply}__at__gte": scope.end})
    return _by_unit(rows.filter(stands, waits))


COUNTS: Final = {
    "food": food,
    "needs": needs,
    "referrals": referrals,
    "promises": promises,
    "wishes": wishes,
}
"""The parts that are a plain count of rows by area: one more source is one more line here."""


def visits(scope: Scope) -> Mapping[int, Seen]:
    """Return when each area was visited last, and where those visits were."""
    rows = (
        Visit.objects.within(scope.reach)
        .filter(at__lt=scope.end)
        .order_by()
        .values_list("area_id")
        .annotate(last=Max("at"), lat=Avg("lat"), lon=Avg("lon"))
    )
    found: dict[int, Seen] = {}
    for area, last, lat, lon in rows:
        unit, day = unit_of(area), timezone.localtime(last).date()
        before = found.get(unit)
        if before is None or day >= before.last:
            found[unit] = Seen(
                day,
                lat if lat is not None or before is None else before.lat,
                lon if lon is not None or before is None else before.lon,
            )
    return found


def estimates(scope: Scope) -> Mapping[tuple[int, str], AreaEstimate]:
    """Return the latest estimate of each area and unit."""
    rows = AreaEstimate.objects.within(scope.reach).filter(
        as_of__lte=scope.on, entered_at__lt=scope.end
    )
    return {(row.area_id, row.unit): row for row in rows.order_by("as_of", "pk")}


@dataclass(frozen=True, slots=True)
class Mix:
    """The deciles told of an area's people: how many in all, and how many of each."""

    told: int = 0
    each: tuple[int, ...] = (0,) * 10

    @property
    def poor(self) -> int:
        """How many are in decile 1 to 4."""
        return sum(self.each[:POOR_DECILES])


def deciles(scope: Scope) -> Mapping[int, Mix]:
    """Return the latest decile told of each person, counted by area.

    Deciles are a family's: the word on one person of a household holds for the others too.
    """
    own, of_house = _told(scope)
    if not own:
        return {}
    told = WelfareDecile.objects.order_by().values(root=ROOT)
    rows = _people(scope).filter(Q(household__isnull=False) | Q(pk__in=told))
    found: dict[int, list[int]] = defaultdict(lambda: [0] * 10)
    for key, area, house in rows.order_by("pk").values_list("pk", "area_id", "household_id"):
        words = [word for word in (own.get(key), of_house.get(house)) if word]
        if words:
            found[unit_of(area)][max(words)[1] - 1] += 1
    return {unit: Mix(sum(each), tuple(each)) for unit, each in found.items()}


Word = tuple[date, int]


def _told(scope: Scope) -> tuple[dict[int, Word], dict[int | None, Word]]:
    rows = WelfareDecile.objects.filter(as_of__lte=scope.on, entered_at__lt=scope.end)
    own: dict[int, Word] = {}
    of_house: dict[int | None, Word] = {}
    columns = (ROOT, "person__household_id", "as_of", "decile")
    for root, house, as_of, decile in rows.order_by("as_of", "pk").values_list(*columns):
        own[root] = (as_of, decile)
        if house is not None:
            of_house[house] = (as_of, decile)
    return own, of_house


def _people(scope: Scope) -> QuerySet[Person]:
    return Person.objects.standing().within(scope.reach).filter(created_at__lt=scope.end)


def _enterprises(scope: Scope) -> QuerySet[Enterprise]:
    return Enterprise.objects.standing().within(scope.reach).filter(created_at__lt=scope.end)


def _by_unit(rows: QuerySet[Any]) -> Mapping[int, int]:
    found: dict[int, int] = defaultdict(int)
    counted: Iterable[tuple[int, int]] = (
        rows.order_by().values_list("area_id").annotate(number=Count("pk"))
    )
    for area, number in counted:
        found[unit_of(area)] += number
    return found
