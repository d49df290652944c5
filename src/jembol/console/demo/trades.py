"""Invented enterprises: what micro-enterprises of the two cities make and sell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from jembol.console.demo.numbers import Numbers
from jembol.console.demo.people import Invented, Quarter
from jembol.kit.nib import Nib
from jembol.kit.text import fold_name, without_titles
from jembol.registry.choices import EnterpriseStatus, KbliEdition, Sex

_WITH_NIB: Final = 0.45
_WITH_START: Final = 0.6
_OF_THE_QUARTER: Final = 0.75
_STARTED_FROM: Final = date(2005, 1, 1)
_STARTED_DAYS: Final = 7_000
# "Moch." and "Tri" alone name no shop.
_SHORT: Final = 4
_CALLS_OF_WOMEN: Final = frozenset({"Bu", "Mbak"})
_CALLS_OF_MEN: Final = frozenset({"Cak"})
_STATUS: Final[tuple[tuple[str, int], ...]] = (
    (EnterpriseStatus.OPERATING, 82), (EnterpriseStatus.STARTER, 11),
    (EnterpriseStatus.DORMANT, 5), (EnterpriseStatus.IDEA, 2),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trade:
    """One trade: codes are of KBLI 2020 and left out where none fits well."""

    slug: str
    activity: str
    products: tuple[str, ...]
    names: tuple[str, ...]
    kbli: str = ""
    weight_malang: int = 0
    weight_mojokerto: int = 0


# In names, {} becomes a word of the owner's name.
TRADES: Final = (
    Trade("kue-kering", "Membuat kue kering", ("nastar", "kastengel", "putri salju", "kue semprit"),
          ("Kue Kering Bu {}", "Dapur {}", "{} Cookies"), "10710", 8, 4),
    Trade("tempe", "Membuat tempe dan keripik tempe", ("keripik tempe", "tempe", "mendol"),
          ("Keripik Tempe {}", "Tempe {}", "Sumber Tempe {}"), "10391", 5, 2),
    Trade("kue-basah", "Membuat kue basah dan jajanan", ("onde-onde", "lemper", "kue lapis"),
          ("Jajanan {}", "Onde-onde {}", "Kue Basah Mbak {}"), "10792", 8, 14),
    Trade("keripik", "Membuat keripik dan kerupuk",
          ("keripik singkong", "keripik apel", "rempeyek"),
          ("Keripik {}", "Camilan {}", "{} Snack"), "10794", 8, 5),
    Trade("warung", "Menjual makanan matang",
          ("nasi pecel", "rawon", "bakso", "soto", "nasi campur"),
          ("Warung {}", "Pecel Bu {}", "Bakso Cak {}"), "56103", 16, 12),
    Trade("kelontong", "Menjual kebutuhan sehari-hari", ("sembako", "kebutuhan rumah tangga"),
          ("Toko {}", "Pracangan {}"), "47112", 14, 10),
    Trade("jahit", "Menjahit pakaian", ("kebaya", "seragam", "gamis", "permak pakaian"),
          ("Jahit {}", "Modiste {}", "Konveksi {}"), "14120", 8, 6),
    Trade("batik", "Membatik", ("batik tulis", "batik cap", "ecoprint"),
          ("Batik {}", "Rumah Batik {}"), "13134", 4, 12),
    Trade("perca", "Membuat kerajinan kain", ("tas perca", "sarung bantal", "kain lukis"),
          ("Perca {}", "Kriya {}"), "", 5, 3),
    Trade("alas-kaki", "Membuat sepatu dan sandal", ("sepatu kulit", "sandal", "sepatu wanita"),
          ("Sepatu {}", "Sandal {}"), "15201", 1, 20),
    Trade("kuningan", "Mengecor kuningan", ("patung kuningan", "gantungan kunci kuningan"),
          ("Kuningan {}", "Cor {}"), "24320", 0, 5),
    Trade("rambut", "Memotong dan merawat rambut", ("potong rambut", "rias pengantin"),
          ("Salon {}", "Pangkas Rambut {}"), "", 5, 3),
    Trade("minuman", "Membuat minuman", ("kopi bubuk", "sari apel", "jamu", "es dawet"),
          ("Jamu Bu {}", "Kopi {}", "Es {}"), "", 8, 5),
    Trade("keramik", "Membuat keramik", ("vas keramik", "cangkir keramik"),
          ("Keramik {}",), "", 3, 0),
    Trade("hidroponik", "Menanam sayur hidroponik", ("selada", "pakcoy"),
          ("Kebun {}",), "", 2, 3),
)  # fmt: skip
_BY_SLUG: Final = {trade.slug: trade for trade in TRADES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """One invented enterprise; `owner` is the place of its owner in the list it was made from."""

    owner: int
    name: str
    trade: Trade
    product: str
    status: str
    nib: Nib | None
    started_on: date | None


def businesses_of(
    rng: Random, numbers: Numbers, quarter: Quarter, owners: Sequence[Invented], count: int
) -> list[Business]:
    """Return so many enterprises of these owners; some own several, many none."""
    return [_business(rng, numbers, quarter, owners) for _place in range(count)]


def _business(
    rng: Random, numbers: Numbers, quarter: Quarter, owners: Sequence[Invented]
) -> Business:
    owner = rng.randrange(len(owners))
    trade = _trade(rng, quarter)
    has_nib = rng.random() < _WITH_NIB
    started_on = _STARTED_FROM + timedelta(days=rng.randrange(_STARTED_DAYS))
    states = [state for state, _weight in _STATUS]
    return Business(
        owner=owner,
        name=_sign(rng, trade, owners[owner]),
        trade=trade,
        product=rng.choice(trade.products),
        status=rng.choices(states, [weight for _state, weight in _STATUS])[0],
        nib=numbers.nib() if has_nib else None,
        started_on=started_on if rng.random() < _WITH_START else None,
    )


def kbli_of(business: Business) -> tuple[str, str]:
    """Return code and edition: the OSS gives the code together with the NIB."""
    if business.nib is None or not business.trade.kbli:
        return "", ""
    return business.trade.kbli, KbliEdition.KBLI_2020


def _trade(rng: Random, quarter: Quarter) -> Trade:
    if quarter.trade and rng.random() < _OF_THE_QUARTER:
        return _BY_SLUG[quarter.trade]
    is_malang = quarter.city == "35.73"
    weights = [one.weight_malang if is_malang else one.weight_mojokerto for one in TRADES]
    return rng.choices(TRADES, weights)[0]


def _sign(rng: Random, trade: Trade, owner: Invented) -> str:
    """Return what stands on the sign: nobody calls a man Bu, nor a woman Cak."""
    unfit = _CALLS_OF_MEN if owner.sex == Sex.WOMAN else _CALLS_OF_WOMEN
    fitting = [name for name in trade.names if not unfit & set(name.split())]
    return rng.choice(fitting).format(rng.choice(_words_of(owner.name)))


def _words_of(name: str) -> list[str]:
    """Return the words of a name that may stand on a shop sign."""
    words = [word.title() for word in fold_name(without_titles(name)).split()]
    return [word for word in words if len(word) > _SHORT] or words
