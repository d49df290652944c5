"""The last step: links of RT heads, what they wish for, and one gathering with its answer."""

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.console.demo.sign_ins import DINOYO, DINOYO_RW, MALANG, MOJOKERTO
from jembol.console.demo.sizes import PURWANTORO
from jembol.console.demo.stage import Stage, Town
from jembol.journal.by import By
from jembol.kit.area import AreaCode
from jembol.kit.reach import Reach
from jembol.outreach import actions as outreach
from jembol.outreach.actions import ReplyText, WishText
from jembol.outreach.choices import NeedKind, OwnBudget, ReplyKind, WishSource
from jembol.outreach.models import Wish
from jembol.places import actions as places
from jembol.places.models import Area

LINKED_DAYS_AGO: Final = 20
TOLD_DAYS_AGO: Final = 12
GATHERED_DAYS_AGO: Final = 4
_RW: Final = AreaCode.parse(DINOYO_RW).parts[-1]
_OVENS: Final = "oven besar"


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented wish: of which RT, what, and by whom it was told."""

    kelurahan: str
    rw: int
    rt: int
    kind: NeedKind
    words: str
    people: int | None = None
    source: WishSource = WishSource.RT_HEAD
    in_own_budget: OwnBudget = OwnBudget.UNKNOWN


_HEAD, _MINUTES, _OFFICER = WishSource.RT_HEAD, WishSource.MUSKELSUS, WishSource.OFFICER
WISHES: Final = (
    Invented(DINOYO, _RW, 1, NeedKind.SKILL, "Pelatihan foto produk untuk jualan", 15),
    Invented(DINOYO, _RW, 2, NeedKind.SKILL, "Belajar foto produk", 10),
    Invented(DINOYO, _RW, 4, NeedKind.SKILL, "foto produk", 12, _MINUTES, OwnBudget.YES),
    Invented(DINOYO, _RW, 2, NeedKind.LICENCE, "NIB untuk pedagang kue", 6),
    Invented(DINOYO, _RW, 1, NeedKind.MARKET, "Pasar UMKM di RW tiap bulan", None, _OFFICER),
    Invented(PURWANTORO, 1, 1, NeedKind.TOOL, "Oven besar untuk kue kering", 14),
    Invented(PURWANTORO, 1, 3, NeedKind.TOOL, "oven besar", 9),
    Invented(PURWANTORO, 2, 2, NeedKind.TOOL, "Oven besar bersama", 11, _MINUTES, OwnBudget.NO),
    Invented(PURWANTORO, 2, 5, NeedKind.SKILL, "Kelas kemasan", 20),
    Invented(PURWANTORO, 1, 3, NeedKind.SKILL, "Kemasan dan merek", 8),
)


def tell_wishes(stage: Stage) -> None:
    """Give a few RT their link, let them tell wishes, and gather those for an oven."""
    town = stage.towns[MALANG]
    told = _told(stage, town)
    _gathered(stage, town, [wish for wish in told if _OVENS in wish.said])
    _one_elsewhere(stage)
    stage.tell(_("%(number)d wishes of RT heads") % {"number": len(told) + 1})


@transaction.atomic
def _told(stage: Stage, town: Town) -> list[Wish]:
    linking = stage.officer(town, LINKED_DAYS_AGO)
    # The RW of the field officer has a link of its own.
    outreach.open_rt_door(area=Area.objects.get(code=DINOYO_RW), by=linking)
    return [
        _one(stage, town, each, linking, days_ago=TOLD_DAYS_AGO - place // 3)
        for place, each in enumerate(WISHES)
    ]


def _one(stage: Stage, town: Town, each: Invented, linking: By, *, days_ago: int) -> Wish:
    area = places.rt_in(
        kelurahan=town.kelurahan[each.kelurahan], rw=each.rw, rt=each.rt, by=linking
    )
    door = outreach.open_rt_door(area=area, by=linking)
    text = WishText(each.kind, each.words, each.people, None, each.in_own_budget)
    if each.source != WishSource.RT_HEAD:
        by = stage.officer(town, days_ago)
        return outreach.tell_wish(area=area, source=each.source, text=text, by=by).wish
    return outreach.tell_wish_by_link(door=door, text=text, by=_head(stage, days_ago)).wish


def _head(stage: Stage, days_ago: int) -> By:
    """Return whoever holds the link as actor."""
    return By(
        kind="citizen",
        id=None,
        label="",
        at=stage.moment(days_ago, 19),
        door="public",
        reach=Reach.everywhere(),
    )


@transaction.atomic
def _gathered(stage: Stage, town: Town, wishes: list[Wish]) -> None:
    by = stage.officer(town, GATHERED_DAYS_AGO)
    made = outreach.gather_wishes(wishes=wishes, topic=_OVENS, by=by)
    text = ReplyText(
        kind=ReplyKind.TOOL,
        words="Satu oven bersama untuk klaster kue kering diusulkan; jadwal pakai menyusul.",
    )
    outreach.answer_gathering(gathering=made, text=text, by=by)


@transaction.atomic
def _one_elsewhere(stage: Stage) -> None:
    town = stage.towns[MOJOKERTO]
    by = stage.officer(town, TOLD_DAYS_AGO)
    kelurahan = next(iter(town.kelurahan.values()))
    area = places.rt_in(kelurahan=kelurahan, rw=1, rt=1, by=by)
    text = WishText(NeedKind.ADVICE, "Pendampingan jualan daring", 7)
    outreach.tell_wish(area=area, source=_OFFICER, text=text, by=by)
