"""Decisions about places: time zones, names of RW and RT, and how far a typing error goes."""

from collections.abc import Sequence

# Keppres 41/1987: Sumatra, Java, West and Central Kalimantan are WIB; Bali, Nusa Tenggara, South,
# East and North Kalimantan and Sulawesi WITA; Maluku and Papua WIT. Keys are province codes.
_WITA = frozenset({51, 52, 53, 63, 64, 65, 71, 72, 73, 74, 75, 76})
_FIRST_WIT = 81

# A short name has too many neighbours: "Miji" and "Meri" are two letters apart.
_ONE_SLIP_FROM = 5
_TWO_SLIPS_FROM = 9


def time_zone_of(province: int) -> str:
    """Return the time zone of a province by its Kemendagri number."""
    if province >= _FIRST_WIT:
        return "Asia/Jayapura"
    return "Asia/Makassar" if province in _WITA else "Asia/Jakarta"


def slips_allowed(folded: str) -> int:
    """Return how many wrong letters a folded name may have and still mean one area."""
    if len(folded) < _ONE_SLIP_FROM:
        return 0
    return 1 if len(folded) < _TWO_SLIPS_FROM else 2


def slips(written: str, meant: str, *, at_most: int) -> int:
    """Return the least count of letters added, left out, changed or swapped with a neighbour.

    The restricted Damerau distance (Damerau 1964, Communications of the ACM 7(3)); anything above
    `at_most` is told as `at_most + 1`.
    """
    if abs(len(written) - len(meant)) > at_most:
        return at_most + 1
    before: Sequence[int] = ()
    row = list(range(len(meant) + 1))
    for place, letter in enumerate(written, start=1):
        above, row = row, [place]
        for other_place, other in enumerate(meant, start=1):
            cost = min(
                above[other_place] + 1,
                row[-1] + 1,
                above[other_place - 1] + (letter != other),
            )
            if before and _is_swap(written, meant, place, other_place):
                cost = min(cost, before[other_place - 2] + 1)
            row.append(cost)
        before = above
    return min(row[-1], at_most + 1)


def _is_swap(written: str, meant: str, place: int, other_place: int) -> bool:
    if place == 1 or other_place == 1:
        return False
    return (
        written[place - 1] == meant[other_place - 2]
        and written[place - 2] == meant[other_place - 1]
    )


def local_name(level_word: str, number: int) -> str:
    """Return the name of an RW or RT as it is written in addresses: "RW 06"."""
    return f"{level_word} {number:02d}"
