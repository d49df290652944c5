"""Exact amounts of money in whole rupiah."""

import re
from dataclasses import dataclass
from decimal import InvalidOperation
from typing import Final, Self

from lokal import ParsedRupiah, format_rupiah, format_rupiah_short, parse_rupiah, terbilang

from jembol.kit.unreadable import Unreadable


class NotAnAmount(Unreadable):
    """A text is not one exact amount of rupiah.

    Codes: blank, unreadable, several (a range or broken groups of digits), approximate, fraction.
    """


# Amounts written with digits only are read without floats, which are exact only up to 2**53.
_DIGITS: Final = re.compile(
    r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?P<group>[., ])[0-9]{3}(?:(?P=group)[0-9]{3})*)"
    r"(?:(?!(?P=group))[.,](?P<sen>[0-9]{1,2})|,-+|\.-+)?"
)
_SIGN_AND_UNIT: Final = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+]|minus\b)?\s*(?:(?:rp|idr)\b\.?|rp\.?(?=[\s0-9+-]))?\s*"
    r"(?P<inner>[-+])?\s*(?P<rest>.*?)\s*(?P<close>\))?"
)
_WELL_FORMED: Final = re.compile(
    # "0.500" is half of something in one country and a slip in the other.
    r"(?!0+[.,][0-9]{3}$)"
    r"(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
    r"|[0-9]+[.,][0-9]+)"
)
_NUMBER: Final = re.compile(r"[0-9][0-9.,]*[0-9]|[0-9]")
_ONES: Final = r"(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)"
_SCALES: Final = r"(?:ribu|rbu|rebu|rb|k|juta|jt|miliar|milyar|m|triliun|t)"
# lokal adds up neighbouring numbers: "2 - 3 juta" would become 5 million and "1 500" 501.
_SEVERAL: Final = re.compile(
    rf"[0-9][^0-9a-z]+[0-9]|\b{_ONES}\W+(?:{_ONES}|[0-9])|[a-z0-9]\s*[-/]\s*(?!an\b)[a-z0-9]"
    rf"|{_SCALES}\W+[0-9][0-9.,]*\W*$"
)
# lokal reads "0 juta" as one million, taking the zero for a number that was not said.
_NOTHING: Final = re.compile(rf"(?:0+(?:[.,]0+)?|nol)\s*{_SCALES}\b(?:\s*rupiah)?[.,-]*")
_HIDDEN_ZERO: Final = re.compile(rf"(?<![0-9.,])(?:0+(?:[.,]0+)?|\bnol)\s*{_SCALES}\b")
# lokal reckons words as a float of sen, which is exact below this many rupiah.
_EXACT_LIMIT: Final = 2**53 // 100
# A column of 64 bits holds every amount below this.
_TOO_MUCH: Final = 10**18
_DASHES: Final = str.maketrans("−–—", "---")
# lokal drops signs at the edge of a word, so "> 5 juta" and "2½ juta" would pass for exact.
_READABLE: Final = re.compile(r"\(?\+?[a-z0-9.,:;/~±\s-]{1,300}\)?")


@dataclass(frozen=True, order=True, slots=True)
class Rupiah:
    """An exact amount in whole rupiah (IDR); may be negative."""

    amount: int

    def __post_init__(self) -> None:
        if isinstance(self.amount, bool) or not isinstance(self.amount, int):
            raise TypeError(f"an amount of rupiah is a whole number, got {self.amount!r}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an amount as people write it: "Rp 1.500.000,00", "1,5 jt", "500rb", "-2 juta".

        Raises:
            NotAnAmount: the text is blank, no amount, several amounts, only roughly an amount
                ("2 jutaan"), or holds sen.
        """
        folded = " ".join(text.lower().split()).translate(_DASHES)
        found = _SIGN_AND_UNIT.fullmatch(folded)
        if found is None or not found["rest"]:
            raise _refuse("blank", "the amount is blank", text)
        lopsided = bool(found["open"]) != bool(found["close"])
        if lopsided or (found["sign"] and found["inner"]) or not _READABLE.fullmatch(folded):
            raise _refuse("unreadable", f"{text!r} is not an amount", text)
        digits = _DIGITS.fullmatch(found["rest"])
        size = _from_digits(digits, text) if digits else _from_words(found["rest"], text)
        if size >= _TOO_MUCH:
            raise _refuse("unreadable", f"{text!r} has too many digits for an amount", text)
        # Accounts write a negative amount in brackets.
        negative = bool(found["open"]) or (found["sign"] or found["inner"]) in {"-", "minus"}
        return cls(-size if negative else size)

    def share(self, parts: int) -> list["Rupiah"]:
        """Split into parts that sum to the whole and differ by at most Rp1.

        Raises:
            ValueError: `parts` is below one.
        """
        if parts < 1:
            raise ValueError(f"parts must be at least 1, got {parts}")
        each, left_over = divmod(self.amount, parts)
        return [Rupiah(each + (place < left_over)) for place in range(parts)]

    def format(self) -> str:
        """Write the amount in full: "Rp1.500.000"."""
        return format_rupiah(self.amount)

    def short(self) -> str:
        """Write the amount roughly, for charts and narrow tables: "Rp1,5 jt"."""
        return format_rupiah_short(self.amount)

    def words(self) -> str:
        """Write the amount in Indonesian words, as on a receipt (terbilang).

        Raises:
            ValueError: the amount has more than 21 digits.
        """
        return terbilang(self.amount, currency=True)

    def __str__(self) -> str:
        return self.format()

    def __add__(self, other: object) -> "Rupiah":
        return Rupiah(self.amount + other.amount) if isinstance(other, Rupiah) else NotImplemented

    def __radd__(self, other: object) -> "Rupiah":
        # The built-in `sum` begins with the number 0.
        return self if other == 0 and isinstance(other, int) else NotImplemented

    def __sub__(self, other: object) -> "Rupiah":
        return Rupiah(self.amount - other.amount) if isinstance(other, Rupiah) else NotImplemented

    def __mul__(self, times: object) -> "Rupiah":
        # A float would bring back the rounding that this type exists to avoid.
        return Rupiah(self.amount * times) if isinstance(times, int) else NotImplemented

    __rmul__ = __mul__

    def __neg__(self) -> "Rupiah":
        return Rupiah(-self.amount)

    def __bool__(self) -> bool:
        return self.amount != 0


def _from_digits(found: re.Match[str], text: str) -> int:
    if int(found["sen"] or 0):
        raise _refuse("fraction", f"{text!r} holds a part of a rupiah", text)
    return int(re.sub(r"[., ]", "", found["whole"]))


def _from_words(rest: str, text: str) -> int:
    numbers = _NUMBER.findall(rest)
    shape = _NUMBER.sub("0", rest)
    if _NOTHING.fullmatch(rest):
        return 0
    if (
        _HIDDEN_ZERO.search(rest)
        or _SEVERAL.search(shape)
        or not all(_WELL_FORMED.fullmatch(number) for number in numbers)
    ):
        raise _refuse("several", f"{text!r} can be read as more than one amount", text)
    parsed = _parsed(rest)
    if parsed is None:
        raise _refuse("unreadable", f"{text!r} is not an amount", text)
    if parsed.approximate:
        raise _refuse("approximate", f"{text!r} says only roughly how much", text)
    if not isinstance(parsed.amount, int):
        raise _refuse("fraction", f"{text!r} is not a whole number of rupiah", text)
    return parsed.amount


def _parsed(rest: str) -> ParsedRupiah | None:
    try:
        parsed = parse_rupiah(rest)
    except InvalidOperation:
        # It rounds with 28 digits and cannot hold "99999999999999999999999 juta".
        return None
    return parsed if parsed is None or parsed.amount < _EXACT_LIMIT else None


def _refuse(code: str, fact: str, text: str) -> NotAnAmount:
    remedy = "write one exact amount in rupiah, such as 1500000, Rp1.500.000 or 1,5 juta"
    return NotAnAmount(code, fact, remedy=remedy, text=text)
