"""The categories of evidence, and the slow, obvious way to find them for one pair.

Each field of a pair falls into one category; "missing" is a category of its own and never counts
as disagreement. `kernel` finds the same categories a thousand times faster; tests hold the two to
each other.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from jembol.methods.linkage.columns import SHARED
from jembol.methods.linkage.numbers import CARD, LONG, PERSONAL, ROUNDED, SHORT, born_in
from jembol.methods.linkage.tokens import LETTERS, unpacked
from jembol.methods.linkage.traits import Traits

MISSING: Final = "missing"

NAME: Final = (
    MISSING, "conflict", "little",
    "partial-1", "partial-2", "partial-3", "against-1", "against-2", "against-3",
    "subset-1", "subset-2", "subset-3", "subset-4", "subset-5",
    "like-subset-1", "like-subset-2", "like-subset-3", "like-subset-4",
    "like-1", "like-2", "like-3", "like-4", "like-5",
    "equal-1", "equal-2", "equal-3", "equal-4", "equal-5", "equal-6",
)  # fmt: skip
NIK: Final = (
    MISSING, "equal", "card-equal", "rounded-equal", "one-digit", "two-digits",
    "serial-one-digit", "serial", "birth", "different",
)  # fmt: skip
BIRTH: Final = (
    MISSING, "equal", "equal-default", "swapped", "one-digit", "two-parts", "different",
    "nik-equal", "nik-different",
)  # fmt: skip
PHONE: Final = (MISSING, "equal", "shared", "crowd", "one-digit", "different")
PLACE: Final = (
    MISSING, "house", "rt", "street", "rw", "kelurahan", "other-rw", "other-kelurahan",
    "other-city", "rt-only", "street-only", "other-rt-only", "kecamatan",
)  # fmt: skip
SEX: Final = (MISSING, "equal", "different")
BUSINESS: Final = (MISSING, "equal", "partial", "different")

FIELDS: Final = ("name", "nik", "birth", "phone", "place", "sex", "business")
CATEGORIES: Final = dict(zip(FIELDS, (NAME, NIK, BIRTH, PHONE, PLACE, SEX, BUSINESS), strict=True))
SIZES: Final = tuple(len(categories) for categories in CATEGORIES.values())

LITTLE: Final = 3.0
PARTIAL: Final = (5.0, 9.0)
AGAINST: Final = 8.0
SUBSET: Final = (5.0, 8.0, 11.0, 15.0)
LIKE_SUBSET: Final = (6.0, 10.0, 14.0)
LIKE: Final = (5.0, 8.0, 11.0, 15.0)
EQUAL: Final = (5.0, 8.0, 11.0, 15.0, 20.0)
"""Bits of matched words that divide a kind of agreement: Siti is weak, a rare name strong."""

CROWD: Final = 60
"""Records of one phone number above which it is an office's; above `SHARED` it is a family's."""

INITIAL_BITS: Final = 2.0
ALIKE_SHARE: Final = 0.7
JOINED_SHARE: Final = 0.8
SHORT_SHARE: Final = 0.5
"""Share of the bits of two equal words that two words are worth which are not quite equal."""

STRONG_BUSINESS: Final = 9.0

TABLES: Final = {
    "fields": FIELDS,
    "categories": CATEGORIES,
    "little": LITTLE,
    "partial": PARTIAL,
    "against": AGAINST,
    "subset": SUBSET,
    "like_subset": LIKE_SUBSET,
    "like": LIKE,
    "equal": EQUAL,
    "crowd": CROWD,
    "initial_bits": INITIAL_BITS,
    "strong_business": STRONG_BUSINESS,
    "alike_share": ALIKE_SHARE,
    "joined_share": JOINED_SHARE,
    "short_share": SHORT_SHARE,
}
"""Categories and what divides them, for an implementation in another language."""

Bits = Callable[[int], float]
"""How telling a packed word is: minus the logarithm (base 2) of its share of all records."""


class Rarity(NamedTuple):
    """What one register says about how telling an agreement is.

    Attributes:
        word: Bits of a word of a name.
        business: Bits of a word of an enterprise's name.
        phone: Number of records with a phone number.
    """

    word: Bits
    business: Bits
    phone: Callable[[int], int]


def categories(one: Traits, other: Traits, rarity: Rarity) -> tuple[int, ...]:
    """Return the category of each field in the order of `FIELDS`, whichever comes first."""
    return (
        name_category(one.words, other.words, rarity.word),
        nik_category(one, other),
        birth_category(one, other),
        phone_category(one, other, rarity.phone),
        place_category(one, other),
        0 if not one.sex or not other.sex else 1 if one.sex == other.sex else 2,
        business_category(one.business, other.business, rarity.business),
    )


# Names


def name_category(one: tuple[int, ...], other: tuple[int, ...], bits: Bits) -> int:
    """Return the category of two names.

    Words are matched in four rounds, each word once: equal; alike by a slip or two; two words that
    the other writes as one; an initial or a short form. What is then left over on both sides is a
    conflict, on one side an omission.
    """
    if not one or not other:
        return 0
    # Rounds are greedy, so the two names are put in an order of their own first.
    first, second = sorted((one, other))
    match = _Matching(first, second, bits)
    match.round(lambda left, right: left == right, 1.0, keeps_exact=True)
    match.round(are_alike, ALIKE_SHARE)
    match.joined_round()
    match.initial_round()
    match.round(is_short_form, SHORT_SHARE)
    return _name_kind(match)


_Word = tuple[int, str, float]


class _Matching:
    """Two names while their words are matched."""

    def __init__(self, one: tuple[int, ...], other: tuple[int, ...], bits: Bits) -> None:
        self.left = [(place, unpacked(word), bits(word)) for place, word in enumerate(one)]
        self.right = [(place, unpacked(word), bits(word)) for place, word in enumerate(other)]
        self.bits = 0.0
        self.count = 0
        self.is_exact = True

    def round(
        self, fits: Callable[[str, str], bool], share: float, *, keeps_exact: bool = False
    ) -> None:
        """Match what fits; an agreement is worth a share of the commoner word's bits."""
        for left in list(self.left):
            right = next((one for one in self.right if fits(left[1], one[1])), None)
            if right:
                self._take(share * min(left[2], right[2]), keeps_exact=keeps_exact)
                self.left.remove(left)
                self.right.remove(right)

    def joined_round(self) -> None:
        """Match two neighbours with one word that writes them together."""
        self._join(self.left, self.right)
        self._join(self.right, self.left)

    def initial_round(self) -> None:
        """Match a single letter with a word that begins with it."""
        for left in list(self.left):
            right = next((one for one in self.right if _is_initial(left[1], one[1])), None)
            if right:
                self._take(INITIAL_BITS)
                self.left.remove(left)
                self.right.remove(right)

    def _join(self, parts: list[_Word], wholes: list[_Word]) -> None:
        for first in list(parts):
            second = next((one for one in parts if one[0] == first[0] + 1), None)
            if first not in parts or not second:
                continue
            joined = (first[1] + second[1])[:LETTERS]
            whole = next((one for one in wholes if is_within(joined, one[1], 1)), None)
            if whole:
                self._take(JOINED_SHARE * min(first[2] + second[2], whole[2]))
                parts.remove(first)
                parts.remove(second)
                wholes.remove(whole)

    def _take(self, bits: float, *, keeps_exact: bool = False) -> None:
        self.bits += bits
        self.count += 1
        self.is_exact = self.is_exact and keeps_exact


def _name_kind(match: _Matching) -> int:
    if not match.count:
        return NAME.index("conflict")
    if match.left and match.right:
        if match.bits < LITTLE:
            return NAME.index("little")
        against = min(sum(word[2] for word in side) for side in (match.left, match.right))
        kind = "against-1" if against >= AGAINST else "partial-1"
        return NAME.index(kind) + _step(match.bits, PARTIAL)
    if match.left or match.right:
        if match.is_exact:
            return NAME.index("subset-1") + _step(match.bits, SUBSET)
        return NAME.index("like-subset-1") + _step(match.bits, LIKE_SUBSET)
    if match.is_exact:
        return NAME.index("equal-1") + _step(match.bits, EQUAL)
    return NAME.index("like-1") + _step(match.bits, LIKE)


def _step(bits: float, bounds: tuple[float, ...]) -> int:
    return sum(bits >= bound for bound in bounds)


def are_alike(one: str, other: str) -> bool:
    """Whether two words differ by a slip: one in words of four letters, two from eight on."""
    shorter = min(len(one), len(other))
    return shorter >= 4 and is_within(one, other, 2 if shorter >= 8 else 1)


def is_within(one: str, other: str, slips: int) -> bool:
    """Whether so many slips turn one word into the other (Damerau 1964, without overlaps)."""
    if one == other:
        return True
    if not slips:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    left, right = one[start:], other[start:]
    return (
        is_within(left[1:], right[1:], slips - 1)
        or is_within(left[1:], right, slips - 1)
        or is_within(left, right[1:], slips - 1)
        or (left[:2] == right[1::-1] and is_within(left[2:], right[2:], slips - 1))
    )


def _is_initial(one: str, other: str) -> bool:
    return (len(one) == 1) != (len(other) == 1) and one[0] == other[0]


def is_short_form(one: str, other: str) -> bool:
    """Whether one word is how people call the other: its first three letters or last four."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return False
    return (len(short) >= 3 and long.startswith(short)) or (
        len(short) >= 4 and long.endswith(short)
    )


# Numbers and days


def nik_category(one: Traits, other: Traits) -> int:
    """Return the category of two numbers in the NIK column."""
    if not one.nik_kind or not other.nik_kind:
        return 0
    if one.nik == other.nik:
        if CARD in {one.nik_kind, other.nik_kind}:
            return NIK.index("card-equal")
        rounded = ROUNDED in {one.nik_kind, other.nik_kind}
        return NIK.index("rounded-equal" if rounded else "equal")
    if CARD in {one.nik_kind, other.nik_kind}:
        return 0  # A family card says nothing against a person's own number.
    if {one.nik_kind, other.nik_kind} & {SHORT, LONG}:
        return _odd_length(*sorted((str(one.nik), str(other.nik)), key=len))
    if ROUNDED in {one.nik_kind, other.nik_kind} and one.nik // 10 == other.nik // 10:
        return NIK.index("rounded-equal")
    return NIK.index(_nik_difference(f"{one.nik:016}", f"{other.nik:016}"))


def _odd_length(shorter: str, longer: str) -> int:
    """Return the category where a digit was left out or typed twice; unlike ones say nothing."""
    if longer.startswith(shorter):
        return NIK.index("rounded-equal")
    left_out = (longer[:at] + longer[at + 1 :] for at in range(len(longer)))
    return NIK.index("one-digit") if shorter in left_out else 0


def _nik_difference(one: str, other: str) -> str:
    slips = digit_slips(one, other)
    if one[:12] == other[:12]:
        return "serial-one-digit" if slips == 1 else "serial"
    if slips <= 2:
        return "one-digit" if slips == 1 else "two-digits"
    return "birth" if one[6:12] == other[6:12] else "different"


def digit_slips(one: str, other: str) -> int:
    """Return in how many places equally long digits differ; two neighbours swapped count as one."""
    places = [
        place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]
    ]
    if len(places) == 2 and places[1] == places[0] + 1:
        first, second = places
        if one[first] == other[second] and one[second] == other[first]:
            return 1
    return len(places)


def birth_category(one: Traits, other: Traits) -> int:
    """Return the category of two dates of birth; a NIK speaks where a date is missing."""
    if one.born and other.born:
        return BIRTH.index(_birth_difference(one.born, other.born))
    short = _short_birth(one), _short_birth(other)
    if not (one.born or other.born) or (0, 0, 0) in short:
        return 0
    return BIRTH.index("nik-equal" if short[0] == short[1] else "nik-different")


def _short_birth(traits: Traits) -> tuple[int, int, int]:
    if traits.born:
        return traits.born % 100, traits.born // 100 % 100, traits.born // 10_000 % 100
    return born_in(traits.nik) if traits.nik_kind in PERSONAL else (0, 0, 0)


def _birth_difference(one: int, other: int) -> str:
    if one == other:
        return "equal-default" if one % 10_000 == 101 else "equal"
    left, right = f"{one:08}", f"{other:08}"
    parts = ((0, 4), (4, 6), (6, 8))
    unlike = [(left[a:b], right[a:b]) for a, b in parts if left[a:b] != right[a:b]]
    if left == right[:4] + right[6:] + right[4:6]:
        return "swapped"
    if len(unlike) == 1:
        return "one-digit" if digit_slips(*unlike[0]) == 1 else "two-parts"
    has_default = "0101" in {left[4:], right[4:]}
    return "two-parts" if has_default and left[:4] == right[:4] else "different"


def phone_category(one: Traits, other: Traits, count: Callable[[int], int]) -> int:
    """Return the category of the numbers of two records."""
    left, right = ([phone for phone in traits.phones if phone] for traits in (one, other))
    if not left or not right:
        return 0
    shared = [count(phone) for phone in left if phone in right]
    if shared:
        rarest = min(shared)
        return PHONE.index("crowd" if rarest > CROWD else "shared" if rarest > SHARED else "equal")
    pairs = [(str(a), str(b)) for a in left for b in right if len(str(a)) == len(str(b))]
    slipped = any(digit_slips(a, b) == 1 for a, b in pairs)
    return PHONE.index("one-digit" if slipped else "different")


# Places


def place_category(one: Traits, other: Traits) -> int:
    """Return the category of two places of residence."""
    street = _same_street(one, other)
    if one.kelurahan and other.kelurahan:
        if one.kelurahan == other.kelurahan:
            return PLACE.index(_in_one_kelurahan(one, other, street=street))
        if one.city and other.city and one.city != other.city:
            return PLACE.index("other-city")
        return PLACE.index("street-only" if street else "other-kelurahan")
    if street:
        return PLACE.index("street-only")
    if one.rt and other.rt and one.rw and other.rw:
        same = (one.rt, one.rw) == (other.rt, other.rw)
        return PLACE.index("rt-only" if same else "other-rt-only")
    if one.kecamatan and other.kecamatan:
        return PLACE.index("kecamatan" if one.kecamatan == other.kecamatan else "other-kelurahan")
    return 0


def _in_one_kelurahan(one: Traits, other: Traits, *, street: bool) -> str:
    both_rw = bool(one.rw and other.rw)
    if both_rw and one.rt and other.rt and (one.rt, one.rw) == (other.rt, other.rw):
        return "house" if street else "rt"
    if street:
        return "street"
    if both_rw:
        return "rw" if one.rw == other.rw else "other-rw"
    return "kelurahan"


def _same_street(one: Traits, other: Traits) -> bool:
    """Whether house number and one word of the street agree, or both words of the street."""
    words = [word for word in one.street if word and word in other.street]
    if not words:
        return False
    if one.house and other.house:
        return one.house == other.house
    return len(words) == 2


# Enterprises


def business_category(one: tuple[int, ...], other: tuple[int, ...], bits: Bits) -> int:
    """Return the category of two names of enterprises."""
    if not one or not other:
        return 0
    left, right = sorted((one, other))
    free = list(right)
    found = 0.0
    matched = 0
    for word in left:
        twin = next((two for two in free if _same_business_word(word, two)), None)
        if twin is not None:
            free.remove(twin)
            found += min(bits(word), bits(twin))
            matched += 1
    if not matched:
        return BUSINESS.index("different")
    all_matched = matched == len(left) == len(right)
    is_strong = found >= STRONG_BUSINESS or (all_matched and found >= STRONG_BUSINESS / 2)
    return BUSINESS.index("equal" if is_strong else "partial")


def _same_business_word(one: int, other: int) -> bool:
    if one == other:
        return True
    left, right = unpacked(one), unpacked(other)
    return min(len(left), len(right)) >= 4 and is_within(left, right, 1)
