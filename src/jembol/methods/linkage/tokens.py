"""Words of names as numbers.

Twelve letters of five bits each and their count in the last four, so that a word can be compared as
a whole in one step, and letter by letter without a table beside it.
"""

from typing import Final

LETTERS: Final = 12
"""Letters that are kept; Indonesian words that are folded by sound are rarely longer."""

BITS: Final = 5
COUNT_BITS: Final = 4
_TOP: Final = BITS * (LETTERS - 1) + COUNT_BITS
_MASK: Final = (1 << BITS) - 1
_FIRST: Final = ord("a") - 1


def packed(word: str) -> int:
    """Return the word as a number below 2**64; 0 for none.

    Args:
        word: Letters a to z; another sign stands as one of the five numbers behind z.
    """
    number = min(len(word), LETTERS)
    shift = _TOP
    for sign in word[:LETTERS]:
        place = ord(sign) - _FIRST
        # A digit in a name is a slip; what matters is that it never equals a letter.
        number |= (place if 1 <= place <= 26 else 27 + ord(sign) % 5) << shift
        shift -= BITS
    return number


def unpacked(number: int) -> str:
    """Return the letters of a packed word; a sign that is no letter shows as `#`."""
    signs = ((number >> shift) & _MASK for shift in range(_TOP, COUNT_BITS - 1, -BITS))
    return "".join(chr(_FIRST + sign) if sign <= 26 else "#" for sign in signs if sign)


def beginning(number: int, letters: int) -> int:
    """Return the first letters of a packed word, as a number of their own."""
    return number >> (BITS * (LETTERS - letters) + COUNT_BITS)
