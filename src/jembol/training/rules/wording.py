"""The words of messages: filled in, checked and measured; values in, values out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from django.utils import translation
from django.utils.formats import date_format

from jembol.training.choices import LetterKind, Tongue

PLACEHOLDERS: Final = ("nama", "kelas", "hari", "tempat", "tautan", "alasan")
LINK: Final = "{tautan}"
LONGEST: Final = 900

_HOLE: Final = re.compile(r"\{([a-z]+)\}")
_INVISIBLE: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_STOP: Final[Mapping[Tongue, str]] = {
    Tongue.INDONESIAN: "Keterangan, atau berhenti menerima pesan: {tautan}",
    Tongue.JAVANESE: "Katrangan, utawi mboten kersa dipunkintuni malih: {tautan}",
}

DEFAULTS: Final[Mapping[tuple[LetterKind, Tongue], str]] = {
    (LetterKind.INVITATION, Tongue.INDONESIAN): (
        "Halo {nama}, Anda diundang ke pelatihan gratis {kelas}, {hari}, di {tempat}. "
        "Daftar, tanya, atau berhenti menerima pesan: {tautan}"
    ),
    (LetterKind.INVITATION, Tongue.JAVANESE): (
        "{nama}, panjenengan dipunaturi rawuh ing pelatihan gratis {kelas}, {hari}, ing {tempat}. "
        "Ndhaftar, katrangan, utawi mboten kersa dipunkintuni malih: {tautan}"
    ),
    (LetterKind.EVE, Tongue.INDONESIAN): (
        "Halo {nama}, besok ada kelas {kelas}: {hari}, di {tempat}. "
        "Tidak bisa datang, atau berhenti menerima pesan: {tautan}"
    ),
    (LetterKind.EVE, Tongue.JAVANESE): (
        "{nama}, mbenjing wonten kelas {kelas}: {hari}, ing {tempat}. "
        "Mboten saged rawuh, utawi mboten kersa dipunkintuni malih: {tautan}"
    ),
    (LetterKind.MORNING, Tongue.INDONESIAN): (
        "Selamat pagi {nama}, hari ini kelas {kelas}: {hari}, di {tempat}. {tautan}"
    ),
    (LetterKind.MORNING, Tongue.JAVANESE): (
        "Sugeng enjing {nama}, dinten menika kelas {kelas}: {hari}, ing {tempat}. {tautan}"
    ),
    (LetterKind.MOVED, Tongue.INDONESIAN): (
        "Halo {nama}, jadwal kelas {kelas} berubah. Jadwal baru: {hari}, di {tempat}. "
        "Alasan: {alasan}. {tautan}"
    ),
    (LetterKind.MOVED, Tongue.JAVANESE): (
        "{nama}, wekdal kelas {kelas} gantos. Wekdal enggal: {hari}, ing {tempat}. "
        "Amargi: {alasan}. {tautan}"
    ),
    (LetterKind.CANCELLED, Tongue.INDONESIAN): (
        "Halo {nama}, kelas {kelas} ({hari}) dibatalkan. Alasan: {alasan}. {tautan}"
    ),
    (LetterKind.CANCELLED, Tongue.JAVANESE): (
        "{nama}, kelas {kelas} ({hari}) mboten siyos. Amargi: {alasan}. {tautan}"
    ),
}

# GSM 03.38, basic set and extension; a text with any other sign is sent as UCS-2.
_GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE: Final = frozenset("^{}\\[~]|€\f")


@dataclass(frozen=True, slots=True)
class Length:
    """How long a text is as an SMS.

    Attributes:
        signs: What it takes, in signs of its alphabet.
        parts: How many SMS it is, each of which costs.
        is_plain: Whether the alphabet of 160 signs is enough; otherwise an SMS has 70.
    """

    signs: int
    parts: int
    is_plain: bool


def length_of(text: str) -> Length:
    """Return how long a text is as an SMS: 160 signs, or 153 in each of several (70 and 67)."""
    is_plain = all(sign in _GSM or sign in _GSM_TWICE for sign in text)
    if is_plain:
        signs = sum(2 if sign in _GSM_TWICE else 1 for sign in text)
        one, several = 160, 153
    else:
        signs = len(text.encode("utf-16-be")) // 2
        one, several = 70, 67
    return Length(signs, 1 if signs <= one else -(-signs // several), is_plain)


def unknown_holes(text: str) -> list[str]:
    """Return the names in braces that nothing fills."""
    return sorted(set(_HOLE.findall(text)) - set(PLACEHOLDERS))


def with_link(text: str, language: Tongue) -> str:
    """Return the text with the link in it, by which one may stop these messages."""
    return text if LINK in text else f"{text.rstrip()}\n{_STOP[language]}"


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text with the values in it, once through; the link stays to be put in last.

    A name that looks like a placeholder is written as it is, and signs that nobody sees go.
    """

    def value(hole: re.Match[str]) -> str:
        name = hole.group(1)
        if hole.group() == LINK or name not in values:
            return hole.group()
        return " ".join(_INVISIBLE.sub("", values[name]).replace("{", "(").split())

    return _HOLE.sub(value, text)


def day_in_words(on: date, starts_at: time | None, *, clock: str, language: Tongue) -> str:
    """Return a day and its hour in words, "Senin, 2 Maret 2026 pukul 09.00 WIB".

    Args:
        on: The day.
        starts_at: When it begins, or None when that is not known.
        clock: What the zone is called there, like WIB.
        language: The words around; days and months are Indonesian in both.
    """
    with translation.override("id"):
        day = date_format(on, "l, j F Y")
    if starts_at is None:
        return day
    word = {Tongue.INDONESIAN: "pukul", Tongue.JAVANESE: "tabuh"}[language]
    return f"{day} {word} {starts_at:%H.%M} {clock}"


def days_in_words(days: Iterable[str]) -> str:
    """Return several days as one text; of more than two the first, and how many follow."""
    told = list(days)
    if len(told) <= 2:
        return " dan ".join(told)
    return f"{told[0]} ({len(told)} hari)"
