"""Mentors, plans and costs of the demo; names, codes and prices are invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jembol.console.demo.classes import DemoClass
from jembol.console.demo.sign_ins import DINOYO, MALANG, MOJOKERTO
from jembol.kit.money import Rupiah
from jembol.training.actions import PlanDetails
from jembol.training.choices import CostKind, Language
from jembol.training.models import Mentor
from jembol.training.rules import Cost

HOURS_A_DAY: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMentor:
    """Somebody who gives classes in the demo; invented."""

    name: str
    area: str
    expertise: str
    honorarium_per_hour: Rupiah | None = None


MENTORS: Final = (
    DemoMentor(name="Ibu Wartini (pendamping contoh)", area=MALANG,
               expertise="Kue kering dan kue hias", honorarium_per_hour=Rupiah(150_000)),
    DemoMentor(name="Ibu Sumarti (pendamping contoh)", area=MALANG, expertise="Bordir dan jahit",
               honorarium_per_hour=Rupiah(150_000)),
    DemoMentor(name="Bapak Lanjar (pendamping contoh)", area=MALANG,
               expertise="Foto produk dan media sosial", honorarium_per_hour=Rupiah(200_000)),
    DemoMentor(name="Ibu Rukmini (pendamping contoh)", area=DINOYO, expertise="Kue hias"),
    DemoMentor(name="Bapak Parjo (pendamping contoh)", area=MALANG, expertise="Potong rambut",
               honorarium_per_hour=Rupiah(125_000)),
    DemoMentor(name="Ibu Lastri (pendamping contoh)", area=MOJOKERTO,
               expertise="Onde-onde dan jajanan", honorarium_per_hour=Rupiah(150_000)),
)  # fmt: skip

_MATERIALS: Final = {
    "kue-kering": ("Tepung, mentega, gula", Rupiah(45_000)),
    "kue-hias": ("Krim, pewarna, spuit", Rupiah(55_000)),
    "potong-rambut": ("Gunting, sisir, jubah (pinjam pakai)", Rupiah(60_000)),
    "jajanan-tradisional": ("Tepung ketan, kacang hijau, wijen", Rupiah(30_000)),
}
_OTHER_MATERIALS: Final = ("Alat dan bahan praktik", Rupiah(40_000))


def plan_of(planned: DemoClass) -> PlanDetails:
    """Return the plan of a class in the demo."""
    return PlanDetails(
        budget_code="2.17.00.0.00.00.0000 (contoh)",
        budget_line="Pemberdayaan usaha mikro: pelatihan keterampilan (contoh)",
        budget_year=planned.days[0].year,
        language=Language.BOTH,
        companions=1 if planned.course == "kue-hias" else 0,
        materials_note="Bahan disediakan; peserta membawa celemek.",
    )


def costs_of(planned: DemoClass, mentors: list[Mentor]) -> Iterator[Cost]:
    """Yield what a class of the demo is planned to cost."""
    seats, days = planned.seats or 0, len(planned.days)
    for mentor in mentors:
        if mentor.honorarium_per_hour is not None:
            yield Cost("5.1.02.02 (contoh)", CostKind.HONORARIUM, "Honorarium narasumber",
                       HOURS_A_DAY * days, "jam", Rupiah(mentor.honorarium_per_hour),
                       mentor.pk)  # fmt: skip
    what, price = _MATERIALS.get(planned.course, _OTHER_MATERIALS)
    yield Cost("5.1.02.01 (contoh)", CostKind.MATERIALS, what, seats, "orang", price)
    yield Cost("5.1.02.01 (contoh)", CostKind.FOOD, "Nasi kotak dan kudapan", seats * days,
               "dus", Rupiah(35_000))  # fmt: skip
    yield Cost("5.1.02.01 (contoh)", CostKind.PRINTING, "Spanduk dan fotokopi modul", 1, "paket",
               Rupiah(350_000))  # fmt: skip
