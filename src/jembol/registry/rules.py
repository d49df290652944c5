"""What the register accepts, how people are found, and when two records are one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from jembol.kit.ids import NotAPublicId, PublicId
from jembol.kit.nib import Nib, NotANib
from jembol.kit.nik import Nik, NotANik
from jembol.kit.phone import NotAPhone, Phone
from jembol.kit.text import NotCleanText, clean_line, fold_name, without_titles
from jembol.places.rules import slips
from jembol.registry import errors
from jembol.registry.choices import Reason, Strength

NAME_LENGTH: Final = 150


# What is accepted.


def line(text: str, *, field: str, longest: int) -> str:
    """Return one clean line in NFC; may be empty.

    Raises:
        TextUnreadable: the text holds NUL or half a character.
        TextTooLong: it has more signs than its place.
    """
    try:
        clean = clean_line(text)
    except NotCleanText as fault:
        raise errors.TextUnreadable(_unreadable(fault.code), field=field, sign=fault.code) from None
    if len(clean) > longest:
        raise errors.TextTooLong(
            _("The text has %(length)d signs; at most %(longest)d fit. Shorten it.")
            % {"length": len(clean), "longest": longest},
            field=field,
            length=len(clean),
            longest=longest,
        )
    return clean


def required_line(text: str, *, field: str, longest: int = NAME_LENGTH) -> str:
    """Return one clean line that holds something.

    Raises:
        ValueMissing: nothing is left of the text.
        TextUnreadable: the text holds NUL or half a character.
        TextTooLong: it has more signs than its place.
    """
    clean = line(text, field=field, longest=longest)
    if not clean:
        raise errors.ValueMissing(
            _("This is blank. Write it as the person writes it; one word is enough."), field=field
        )
    return clean


def text_lines(text: str, *, field: str, longest: int) -> str:
    """Return a text of several clean lines that holds something.

    Raises:
        ValueMissing: nothing is left of the text.
        TextUnreadable: the text holds NUL or half a character.
        TextTooLong: it has more signs than its place.
    """
    lines = [line(one, field=field, longest=longest) for one in text.splitlines()]
    required_line(" ".join(lines), field=field, longest=longest)
    return "\n".join(lines).strip()


def reason(text: str, *, longest: int = 1000) -> str:
    """Return the reason for an action that needs one.

    Raises:
        ReasonMissing: the reason is blank.
        TextUnreadable: it holds NUL or half a character.
        TextTooLong: it has more signs than its place.
    """
    clean = line(text, field="why", longest=longest)
    if not clean:
        raise errors.ReasonMissing(
            _("Write the reason; it stays in the journal beside your name."), field="why"
        )
    return clean


def phone_number(value: Phone | str | None) -> str:
    """Return the number in E.164, or nothing for a blank.

    Raises:
        PhoneUnreadable: the text is no telephone number.
    """
    if isinstance(value, Phone):
        return value.e164
    if value is None or not value.strip():
        return ""
    try:
        return Phone.parse(value).e164
    except NotAPhone as fault:
        raise errors.PhoneUnreadable(
            _("This is no phone number of Indonesia. Write it like 0812-3456-7890."),
            field="phone",
            reason=fault.code,
        ) from None


def nib_number(value: Nib | str | None) -> str:
    """Return the 13 digits, or nothing for a blank.

    Raises:
        NibUnreadable: the text is no NIB.
    """
    if isinstance(value, Nib):
        return value.digits
    if value is None or not value.strip():
        return ""
    try:
        return Nib.parse(value).digits
    except NotANib as fault:
        raise errors.NibUnreadable(
            _("This is no NIB. Copy the 13 digits from the OSS certificate, or leave it blank."),
            field="nib",
            reason=fault.code,
        ) from None


def kbli_pair(code: str, edition: str) -> tuple[str, str]:
    """Return code and edition of the industry; both or none (BPS Reg 7/2025 splits codes).

    Raises:
        KbliUnreadable: the code does not have two to five digits.
        KbliWithoutEdition: one of the two is missing.
    """
    digits = code.strip()
    if not digits and not edition:
        return "", ""
    if not digits or not edition:
        raise errors.KbliWithoutEdition(
            _("Give the KBLI code together with its edition, or leave both blank."),
            field="kbli_edition" if digits else "kbli",
        )
    if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 5):
        raise errors.KbliUnreadable(
            _("A KBLI code has two to five digits, like 10710. Copy it from the OSS certificate."),
            field="kbli",
        )
    return digits, edition


def past_day(day: date | None, *, today: date, field: str) -> date | None:
    """Return the day.

    Raises:
        DayInFuture: it lies ahead.
    """
    if day is not None and day > today:
        raise errors.DayInFuture(
            _("%(day)s lies in the future. Check day, month and year.") % {"day": day.isoformat()},
            field=field,
        )
    return day


def _unreadable(code: str) -> str:
    if code == "nul":
        return _("The text holds a NUL sign. Remove it, or save the file again as UTF-8.")
    return _("The text holds half a character. Type that character again.")


# How people are found.

LONGEST_WORD: Final = 48
"""Bytes of a word that are kept; a longer word is found by its beginning."""

_TAIL: Final = "*"
_TAIL_DIGITS: Final = 4
_MASK_DOT: Final = "•"
_SHORTEST_PREFIX: Final = 2
_SHORTEST_PHONE: Final = 5
_NIK_DIGITS: Final = 16


@lru_cache(maxsize=2048)
def folded_name(name: str) -> str:
    """Return the name without titles, case, accents and punctuation; empty without letters."""
    # Folding can lengthen a text: one Arabic ligature becomes 18 letters (UAX #15, table 4).
    return (fold_name(without_titles(name)) or fold_name(name))[:NAME_LENGTH].strip()


def folded_label(text: str) -> str:
    """Return the name of a thing without case, accents and punctuation."""
    return fold_name(text)[:NAME_LENGTH].strip()


def words_of_texts(*texts: str) -> frozenset[bytes]:
    """Return the words by which these texts are found, as bytes of UTF-8."""
    words = (word for text in texts for word in fold_name(text).split())
    return frozenset(map(_bytes, words))


def words_of_person(name: str, phone: str, nik_masked: str) -> frozenset[bytes]:
    """Return the words by which a person is found: of the name, the phone and two tails.

    Titles stay among the words, so that "Aminah SE" is found by all that was typed.
    """
    tails = {f"{_TAIL}{number[-_TAIL_DIGITS:]}" for number in (phone, nik_masked) if number}
    extra = tails | ({phone} if phone else set())
    return words_of_texts(name, folded_name(name)) | frozenset(map(_bytes, extra))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query: the span of stored words [low, high) that answer it."""

    low: bytes
    high: bytes


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody typed into a search box, read.

    Attributes:
        public_id: An id that Jembol may have printed; a name of ten letters can look like one,
            so it counts when somebody has it.
        nik: A whole NIK.
        words: Words that must all be found, the most telling one first.
        is_blank: Nothing was typed, so everything answers.
    """

    public_id: str = ""
    nik: Nik | None = None
    words: tuple[Word, ...] = ()
    is_blank: bool = False


def read_query(text: str) -> Query:
    """Read what was typed: an id, a NIK, a phone number or part of it, or words of a name."""
    try:
        clean = clean_line(text)
    except NotCleanText:
        return Query()
    if not clean:
        return Query(is_blank=True)
    digits = "".join(filter(str.isdigit, clean))
    if digits and not any(map(str.isalpha, clean)):
        return _numeric_query(clean, digits)
    return Query(public_id=_id_in(clean), words=_name_words(clean))


def _numeric_query(clean: str, digits: str) -> Query:
    if len(digits) == _NIK_DIGITS:
        return _nik_query(clean)
    if len(digits) == _TAIL_DIGITS or _MASK_DOT in clean:
        return Query(words=(_exact(_TAIL + digits[-_TAIL_DIGITS:]),))
    try:
        return Query(words=(_exact(Phone.parse(clean).e164),))
    except NotAPhone:
        return _phone_beginning(digits)


def _nik_query(clean: str) -> Query:
    try:
        return Query(nik=Nik.parse(clean))
    except NotANik:
        return Query()


def _phone_beginning(digits: str) -> Query:
    if len(digits) < _SHORTEST_PHONE:
        return Query(words=_name_words(digits))
    national = digits.removeprefix("62") if digits.startswith("62") else digits.lstrip("0")
    return Query(words=(_prefix(f"+62{national}"),))


def _id_in(clean: str) -> str:
    try:
        return PublicId.parse(clean).compact
    except NotAPublicId:
        return ""


def _name_words(clean: str) -> tuple[Word, ...]:
    return words_in(folded_name(clean))


def words_in(text: str) -> tuple[Word, ...]:
    """Return the words of a text to be found, the longest first, because it tells most."""
    words = sorted(set(fold_name(text).split()), key=lambda word: (-len(word), word))
    return tuple(_prefix(word) for word in words)


def _prefix(word: str) -> Word:
    # One letter is a name of its own and would match a tenth of the register as a beginning.
    if len(word) < _SHORTEST_PREFIX:
        return _exact(word)
    low = _bytes(word)
    return Word(low, low + b"\xff")  # no byte of UTF-8 is FF (RFC 3629, 1)


def _exact(word: str) -> Word:
    low = _bytes(word)
    return Word(low, low + b"\0")


def _bytes(word: str) -> bytes:
    return word.encode()[:LONGEST_WORD]


# When two records are one person.


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of a record; an empty value is unknown and agrees with nothing.

    Attributes:
        public_id: Id that Jembol gave.
        folded: Name, folded and without titles.
        nik: Digest of a NIK whose structure holds; never of "0" or a float.
        phone: E.164.
        born_on: Date of birth.
        kelurahan: Area key of the kelurahan; 0 when only the city is known.
    """

    public_id: str = ""
    folded: str = ""
    nik: str = ""
    phone: str = ""
    born_on: date | None = None
    kelurahan: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """How strong it is, and what it rests on, the strongest first."""

    strength: Strength
    reasons: tuple[Reason, ...] = ()


def compare(one: Traits, other: Traits) -> Evidence:
    """Return the evidence that two records are one person; the order of the two is no matter.

    An equal id settles it. An equal NIK does when the names agree, because clerks have typed one
    NIK for a whole list (OpenSID issues 1032 and 5249). A phone is shared in families, so it takes
    the same name, and a name takes the same kelurahan. Only the first two are never contradicted.
    """
    if one.public_id and one.public_id == other.public_id:
        return Evidence(Strength.SURE, (Reason.SAME_ID,))
    against = _against(one, other)
    found = _by_nik(one, other) or _by_phone(one, other, against) or _by_name(one, other, against)
    if not found:
        return Evidence(Strength.NONE)
    strength, ground = found
    # Two ids are two records of the register: merging them is a decision for a person.
    if Reason.OTHER_ID in against:
        strength = Strength.POSSIBLE
    return Evidence(strength, (ground, *against))


def names_agree(one: str, other: str) -> bool:
    """Whether the folded names are equal, or all words of one are among the other's."""
    if not one or not other:
        return False
    left, right = set(one.split()), set(other.split())
    return left <= right or right <= left


def names_alike(one: str, other: str) -> bool:
    """Whether the folded names agree or differ by two letters at most, by one in short names."""
    if not one or not other:
        return False
    allowed = 2 if min(len(one), len(other)) > _SHORT_NAME else 1
    return names_agree(one, other) or slips(one, other, at_most=allowed) <= allowed


_SHORT_NAME: Final = 5

TABLES: Final = {"short_name": _SHORT_NAME, "name_length": NAME_LENGTH}
"""What comparing equal values rests on, for an implementation in another language."""


def _against(one: Traits, other: Traits) -> tuple[Reason, ...]:
    pairs = (
        (Reason.OTHER_ID, one.public_id, other.public_id),
        (Reason.OTHER_NIK, one.nik, other.nik),
        (Reason.OTHER_BIRTH, one.born_on, other.born_on),
    )
    return tuple(reason for reason, left, right in pairs if left and right and left != right)


def _by_nik(one: Traits, other: Traits) -> tuple[Strength, Reason] | None:
    if not one.nik or one.nik != other.nik:
        return None
    if names_agree(one.folded, other.folded):
        return Strength.SURE, Reason.SAME_NIK
    return Strength.POSSIBLE, Reason.SAME_NIK_OTHER_NAME


def _by_phone(
    one: Traits, other: Traits, against: Iterable[Reason]
) -> tuple[Strength, Reason] | None:
    if not one.phone or one.phone != other.phone:
        return None
    contradicted = _is_contradicted(against)
    if one.folded and one.folded == other.folded:
        return (Strength.POSSIBLE if contradicted else Strength.SURE), Reason.SAME_PHONE
    if names_alike(one.folded, other.folded) and not contradicted:
        return Strength.POSSIBLE, Reason.SAME_PHONE_LIKE_NAME
    return None


def _by_name(
    one: Traits, other: Traits, against: Iterable[Reason]
) -> tuple[Strength, Reason] | None:
    nearby = one.kelurahan and one.kelurahan == other.kelurahan
    same = one.folded and one.folded == other.folded
    if nearby and same and not _is_contradicted(against):
        return Strength.POSSIBLE, Reason.SAME_NAME_NEARBY
    return None


def _is_contradicted(against: Iterable[Reason]) -> bool:
    return any(reason is not Reason.OTHER_ID for reason in against)
