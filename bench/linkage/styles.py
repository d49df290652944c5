"""How often what goes wrong, in each of the manners that a register can be made."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Style:
    """Rates of one manner; every rate is a share of rows or people."""

    cultures: dict[str, float]
    lists: dict[str, float]
    """Weights of the kinds of lists, see `bench.linkage.lists`."""
    # People.
    twins: float = 0.012
    namesakes: float = 0.015
    moves: float = 0.09
    moves_away: float = 0.12  # of those who move, to another city
    changes_phone: float = 0.25
    family_phone: float = 0.22  # households with one phone
    born_here: float = 0.78
    old_single: float = 0.5  # one-word names among those born before 1970
    young_single: float = 0.14
    # The identity number, of rows whose list asks for it.
    nik_blank: float = 0.07
    nik_filler: float = 0.025
    nik_digit: float = 0.06
    nik_card: float = 0.03
    nik_other: float = 0.016
    nik_excel: float = 0.04
    nik_dressed: float = 0.03
    # Names.
    title: float = 0.16
    degree: float = 0.03
    family: float = 0.5  # of those named Muhammad, Siti, Abdul, ...
    spelling: float = 0.13
    dropped: float = 0.10
    extra: float = 0.035
    initial: float = 0.08
    swapped: float = 0.025
    joined: float = 0.04
    nickname: float = 0.018
    husband: float = 0.008
    typo: float = 0.10
    # Everything else.
    phone_blank: float = 0.08
    phone_relative: float = 0.06
    phone_digit: float = 0.03
    phone_two: float = 0.03
    birth_blank: float = 0.05
    birth_swapped: float = 0.02
    birth_new_year: float = 0.02
    birth_slip: float = 0.04
    sex_wrong: float = 0.008
    place_typo: float = 0.10
    place_blank: float = 0.04
    rt_blank: float = 0.12
    rt_wrong: float = 0.03
    street_blank: float = 0.15
    business_blank: float = 0.35


A = Style(
    cultures={
        "javanese": 0.58, "arabic": 0.24, "madurese": 0.08, "chinese": 0.045, "sundanese": 0.025,
        "batak": 0.015, "balinese": 0.015,
    },
    lists={
        "siak": 0.14, "training": 0.30, "form": 0.18, "rt": 0.10, "market": 0.08, "hurried": 0.10,
        "city": 0.05, "aid": 0.05,
    },
)  # fmt: skip
"""For learning: a city such as Malang."""
B = replace(
    A,
    cultures={
        "javanese": 0.70, "arabic": 0.20, "madurese": 0.04, "chinese": 0.03, "sundanese": 0.015,
        "batak": 0.01, "balinese": 0.005,
    },
    lists={
        "siak": 0.10, "training": 0.34, "form": 0.12, "rt": 0.12, "market": 0.10, "hurried": 0.12,
        "city": 0.04, "aid": 0.06,
    },
    family_phone=0.30, old_single=0.6, typo=0.12, title=0.20, nik_card=0.04, phone_blank=0.11,
    birth_new_year=0.03, moves=0.06, dropped=0.08, spelling=0.15,
)  # fmt: skip
"""For testing: a city such as Mojokerto."""
C = replace(
    A,
    cultures={
        "javanese": 0.38, "arabic": 0.22, "madurese": 0.20, "chinese": 0.06, "sundanese": 0.08,
        "batak": 0.03, "balinese": 0.03,
    },
    lists={
        "siak": 0.08, "training": 0.24, "form": 0.22, "rt": 0.08, "market": 0.08, "hurried": 0.10,
        "city": 0.15, "aid": 0.05,
    },
    moves=0.16, moves_away=0.2, nik_digit=0.05, nik_excel=0.06, nik_blank=0.10,
    typo=0.08, initial=0.10, joined=0.05, place_typo=0.14, rt_blank=0.2, phone_two=0.05,
    changes_phone=0.3,
)  # fmt: skip
"""For testing: an invented city with another mixture, more movers and more city-wide sheets."""
HARD = replace(
    C,
    lists={
        "siak": 0.05, "training": 0.2, "form": 0.15, "rt": 0.18, "market": 0.10, "hurried": 0.17,
        "city": 0.10, "aid": 0.05,
    },
    namesakes=0.04, family_phone=0.4, changes_phone=0.4, nik_blank=0.2, nik_digit=0.09,
    nik_card=0.06, nik_other=0.04, nik_excel=0.08, spelling=0.2, dropped=0.15, extra=0.06,
    initial=0.12, swapped=0.05, joined=0.06, nickname=0.05, husband=0.03, typo=0.16,
    phone_blank=0.2, phone_relative=0.1, phone_digit=0.05, birth_blank=0.15, birth_swapped=0.04,
    birth_new_year=0.06, birth_slip=0.08, sex_wrong=0.02, place_typo=0.2, place_blank=0.1,
    rt_blank=0.3, rt_wrong=0.08, street_blank=0.3,
)  # fmt: skip
"""Harder than we believe real lists to be."""

STYLES = {"a": A, "b": B, "c": C, "hard": HARD}
