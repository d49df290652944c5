"""The two queues of possible duplicates, people and enterprises: what differs between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.areas import NEAR_AREA, named
from jembol.kit.phone import NotAPhone, Phone
from jembol.registry.choices import Answer
from jembol.registry.models import (
    Enterprise,
    EnterpriseDoubt,
    EnterpriseVerdict,
    Person,
    PersonDoubt,
    PersonVerdict,
)
from jembol.registry.queries.doubts import (
    ENTERPRISE_COLUMNS,
    PERSON_COLUMNS,
    enterprises_waiting,
    people_waiting,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from jembol.kit.reach import Reach

Doubt = PersonDoubt | EnterpriseDoubt
Record = Person | Enterprise
Fields = Mapping[str, tuple[str, Callable[[Any], str]]]
"""Name of a field: its title, and what a record says in it, as text."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One queue.

    Attributes:
        word: In the name of a file.
        queue: Address name of the queue.
        title: Of the queue.
        question: What a pair page asks.
        unit: What is counted.
        waiting: The pairs inside a reach.
        verdicts: Where answers are kept.
        records: What the pairs are of.
        takeable: Fields that the survivor may take over.
        fields: What is shown side by side.
        buttons: Its key on the keyboard, the answer, and what its button says.
        detail: Address name of the page of one pair.
        verdict: Address name of the form of one pair.
        record: Address name of the page of one record.
        near: Relations of a record that its fields need.
    """

    word: str
    queue: str
    title: _StrPromise
    question: _StrPromise
    unit: _StrPromise
    waiting: Callable[[Reach], QuerySet[Any]]
    verdicts: type[PersonVerdict | EnterpriseVerdict]
    records: type[Record]
    takeable: Mapping[str, str]
    fields: Callable[[], Fields]
    buttons: Sequence[tuple[str, Answer, _StrPromise]]
    detail: str
    verdict: str
    record: str
    near: Sequence[str] = ()

    def pairs(self, reach: Reach) -> QuerySet[Any]:
        """Return the pairs that wait inside the reach, with all that a page shows of them."""
        near = [f"area__{NEAR_AREA}", *self.near]
        sides = [f"{side}{root}" for side in ("low", "high") for root in ("", "__survivor")]
        return self.waiting(reach).select_related(
            *(f"{side}__{relation}" for side in sides for relation in near)
        )


def standing(doubt: Any) -> tuple[Any, Any]:
    """Return the two records that stand for the pair: what an officer sees and decides about."""
    return doubt.low.survivor or doubt.low, doubt.high.survivor or doubt.high


def day_text(day: Any) -> str:
    """Return a day in words; unknown is empty."""
    return format_date(day, "j M Y") if day else ""


def phone_text(text: str) -> str:
    """Return a telephone number as people write it here; unknown is empty."""
    try:
        return Phone.parse(text).national if text else ""
    except NotAPhone:
        return text


def percent(share: float) -> str:
    """Return a probability in percent; nothing is ever quite certain, so 100 % does not occur."""
    return f"{min(share * 100, 99.9):.1f}\N{NO-BREAK SPACE}%".replace(".", ",")


def _person_fields() -> Fields:
    return {
        "name": (_("Name"), lambda one: one.name),
        "nik": ("NIK", lambda one: one.nik_masked),
        "born_on": (_("Date of birth"), lambda one: day_text(one.born_on)),
        "birth_place": (_("Place of birth"), lambda one: one.birth_place),
        "sex": (_("Sex"), lambda one: str(one.get_sex_display()) if one.sex else ""),
        "phone": (_("Phone"), lambda one: phone_text(one.phone)),
        "address": (_("Address"), lambda one: one.address),
        "area": (_("Lives in"), lambda one: named(one.area)),
        "education": (
            _("Education"),
            lambda one: str(one.get_education_display()) if one.education else "",
        ),
        "household": (
            _("Family card"),
            lambda one: one.household.kk_masked or one.household.public_id if one.household else "",
        ),
        **_both(),
    }


def _enterprise_fields() -> Fields:
    return {
        "name": (_("Name"), lambda one: one.name),
        "nib": ("NIB", lambda one: one.nib),
        "activity": (_("What it does"), lambda one: one.activity),
        "product": (_("Main product"), lambda one: one.product),
        "kbli": ("KBLI", lambda one: one.kbli),
        "phone": (_("Phone"), lambda one: phone_text(one.phone)),
        "address": (_("Address"), lambda one: one.address),
        "area": (_("Area"), lambda one: named(one.area)),
        "status": (_("State"), lambda one: str(one.get_status_display())),
        "started_on": (_("Began on"), lambda one: day_text(one.started_on)),
        **_both(),
    }


def _both() -> Fields:
    return {
        "public_id": ("ID Jembol", lambda one: one.public_id),
        "created_at": (
            _("In the register since"),
            lambda one: day_text(timezone.localtime(one.created_at)),
        ),
    }


PEOPLE: Final = Kind(
    word="orang",
    queue="desk:doubt_list",
    title=gettext_lazy("People"),
    question=gettext_lazy("The same person?"),
    unit=gettext_lazy("pairs of people wait for an answer"),
    waiting=people_waiting,
    verdicts=PersonVerdict,
    records=Person,
    takeable=PERSON_COLUMNS,
    fields=_person_fields,
    buttons=(
        ("1", Answer.SAME, gettext_lazy("The same person")),
        ("2", Answer.DIFFERENT, gettext_lazy("Two people")),
        ("3", Answer.HOUSEHOLD, gettext_lazy("One household, two people")),
        ("4", Answer.UNSURE, gettext_lazy("I cannot tell")),
    ),
    detail="desk:doubt_detail",
    verdict="desk:verdict_create",
    record="desk:person_detail",
    near=("household",),
)
ENTERPRISES: Final = Kind(
    word="usaha",
    queue="desk:enterprise_doubt_list",
    title=gettext_lazy("Enterprises"),
    question=gettext_lazy("The same enterprise?"),
    unit=gettext_lazy("pairs of enterprises wait for an answer"),
    waiting=enterprises_waiting,
    verdicts=EnterpriseVerdict,
    records=Enterprise,
    takeable=ENTERPRISE_COLUMNS,
    fields=_enterprise_fields,
    buttons=(
        ("1", Answer.SAME, gettext_lazy("The same enterprise")),
        ("2", Answer.DIFFERENT, gettext_lazy("Two enterprises")),
        ("4", Answer.UNSURE, gettext_lazy("I cannot tell")),
    ),
    detail="desk:enterprise_doubt_detail",
    verdict="desk:enterprise_verdict_create",
    record="desk:enterprise_detail",
)
KINDS: Final = (PEOPLE, ENTERPRISES)
