"""How sure a share is that was counted in a sample."""

from math import sqrt
from typing import Final

# The 97.5 % point of the normal distribution, for an interval of 95 %.
_Z: Final = 1.959963984540054


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927, JASA 22(158), 209-212).

    It stays inside 0 to 1 and has a width also where every trial is a hit, which is where the
    normal interval claims to be certain.

    Args:
        hits: Trials that turned out so; 0 to `trials`.
        trials: How many there were; the interval of none is everything.

    Raises:
        ValueError: there are more hits than trials, or fewer than none.
    """
    if not 0 <= hits <= trials:
        raise ValueError(f"expected 0 <= hits <= trials, got {hits} of {trials}")
    if not trials:
        return 0.0, 1.0
    share, square = hits / trials, _Z * _Z
    scale = 1 + square / trials
    middle = (share + square / (2 * trials)) / scale
    reach = _Z / scale * sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    # Rounding can lift the ends of a share of 0 or 1 beyond it.
    return max(0.0, middle - reach), min(1.0, middle + reach)
