"""How identity numbers, phones and birth dates are written down."""

import random
from collections.abc import Callable
from datetime import date

from bench.linkage.people import Person
from bench.linkage.styles import Style

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
)  # fmt: skip
DATES = ("iso", "slash", "short", "words", "dash", "caps", "dots")
PHONES = ("plain", "plain", "plus", "dashes", "spaces", "dots", "no_zero", "bare62")


def written_nik(person: Person, style: Style, care: float, dice: random.Random) -> tuple[str, str]:
    """Return the identity number as a list holds it, and the kind of slip."""
    roll = dice.random() / max(care, 0.05)
    for kind, rate in (
        ("nik_blank", style.nik_blank),
        ("nik_filler", style.nik_filler),
        ("nik_digit", style.nik_digit),
        ("nik_card", style.nik_card),
        ("nik_other", style.nik_other),
        ("nik_excel", style.nik_excel),
        ("nik_dressed", style.nik_dressed),
    ):
        if roll < rate:
            return _nik(kind, person, dice)
        roll -= rate
    return person.nik, ""


def _nik(kind: str, person: Person, dice: random.Random) -> tuple[str, str]:
    nik = person.nik
    if kind == "nik_other":
        others = [one.nik for one in person.household.people if one is not person]
        return (dice.choice(others), kind) if others else (nik, "")
    if kind == "nik_excel":
        rounded = f"{nik[:15]}0" if dice.random() < 0.7 else _scientific(nik)
        return rounded, kind if len(rounded) == 16 else "nik_scientific"
    made: dict[str, Callable[[], str]] = {
        "nik_blank": lambda: dice.choice(("", "", "", "-", "0", "tidak ada", "belum punya")),
        "nik_filler": lambda: dice.choice(
            ("0" * 16, "1234567890123456", nik[:6] + "0" * 10, "9" * 16, "1" * 16, nik[:6])
        ),
        "nik_digit": lambda: _slipped(nik, dice),
        "nik_card": lambda: person.household.card,
        "nik_dressed": lambda: _dressed(nik, dice),
    }
    # A dressed number still tells the same digits, so it is no slip.
    return made[kind](), "" if kind == "nik_dressed" else kind


def _scientific(nik: str) -> str:
    return f"{nik[0]},{nik[1:3]}E+15"


def _dressed(nik: str, dice: random.Random) -> str:
    groups = (nik[:6], nik[6:12], nik[12:])
    return dice.choice((f"'{nik}", " ".join(groups), ".".join(groups), f"{nik}.0", f" {nik} "))


def _slipped(digits: str, dice: random.Random) -> str:
    place = dice.randrange(len(digits) - 1)
    kind = dice.randrange(5)
    if kind == 0 and digits[place] != digits[place + 1]:
        return digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    if kind == 1:
        return digits[:place] + digits[place + 1 :]
    if kind == 2:
        return digits[:place] + digits[place] + digits[place:]
    return (
        digits[:place] + str((int(digits[place]) + dice.randint(1, 9)) % 10) + digits[place + 1 :]
    )


def written_phone(
    person: Person, on: date, style: Style, form: str, dice: random.Random
) -> tuple[str, str]:
    """Return the phone number as a list holds it, and the kind of slip."""
    roll = dice.random()
    if roll < style.phone_blank:
        return dice.choice(("", "", "-", "0", "08", "tidak punya")), "phone_blank"
    roll -= style.phone_blank
    own, kind = _phone_on(person, on), ""
    if person.household.phone and dice.random() < 0.8:
        own, kind = person.household.phone, "phone_family"
    if roll < style.phone_relative:
        own, kind = dice.choice(person.household.people).phone, "phone_relative"
    elif roll < style.phone_relative + style.phone_digit:
        own, kind = _slipped(own, dice), "phone_digit"
    told = _phone(own, form)
    if dice.random() < style.phone_two:
        other = _phone(dice.choice(person.household.people).phone, form)
        told = dice.choice((" / ", ", ", "/", " atau ")).join(dice.sample((told, other), 2))
        kind = kind or "phone_two"
    return told, kind


def _phone_on(person: Person, on: date) -> str:
    return person.phone if on >= person.phone_changed_on else person.old_phone


def _phone(number: str, form: str) -> str:
    rest = number[1:]
    groups = (rest[:3], rest[3:7], rest[7:])
    forms = {
        "plus": f"+62{rest}",
        "dashes": "0" + "-".join(groups),
        "spaces": "+62 " + " ".join(groups),
        "dots": "0" + ".".join(groups),
        "no_zero": rest,
        "bare62": f"62{rest}",
    }
    return forms.get(form, number)


def written_birth(
    born_on: date, style: Style, care: float, form: str, dice: random.Random
) -> tuple[str, str]:
    """Return the birth date as a list holds it, and the kind of slip."""
    roll = dice.random() / max(care, 0.05)
    for kind, rate in (
        ("birth_blank", style.birth_blank),
        ("birth_swapped", style.birth_swapped),
        ("birth_new_year", style.birth_new_year),
        ("birth_slip", style.birth_slip),
    ):
        if roll < rate:
            return _birth(kind, born_on, form, dice)
        roll -= rate
    return _date(born_on, form), ""


def _birth(kind: str, born_on: date, form: str, dice: random.Random) -> tuple[str, str]:
    if kind == "birth_blank":
        return dice.choice(("", "", "-", "00/00/0000", str(born_on.year))), kind
    if kind == "birth_new_year":
        return _date(date(born_on.year, 1, 1), form), kind
    if kind == "birth_swapped":
        if born_on.day > 12 or born_on.day == born_on.month:
            return _date(born_on, form), ""
        return _date(date(born_on.year, born_on.day, born_on.month), form), kind
    year = born_on.year + dice.choice((-10, -2, -1, 1, 1, 2, 10))
    slipped = (
        date(year, born_on.month, min(born_on.day, 28)),
        date(born_on.year, born_on.month, dice.randint(1, 28)),
        date(born_on.year, dice.randint(1, 12), min(born_on.day, 28)),
    )
    return _date(dice.choice(slipped), form), kind


def _date(day: date, form: str) -> str:
    month = MONTHS[day.month - 1]
    forms = {
        "slash": f"{day.day:02}/{day.month:02}/{day.year}",
        "short": f"{day.day:02}-{day.month:02}-{day.year % 100:02}",
        "words": f"{day.day} {month} {day.year}",
        "dash": f"{day.day:02}-{day.month:02}-{day.year}",
        "caps": f"{day.day:02} {month[:3].upper()} {day.year}",
        "dots": f"{day.day}.{day.month}.{day.year}",
    }
    return forms.get(form, day.isoformat())
