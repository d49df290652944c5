"""When failed work is tried again; values in, values out."""

from datetime import timedelta

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)


def wait_before(next_attempt: int) -> timedelta:
    """Return how long to wait before this attempt: 5 s, 10 s, 20 s … at most one hour.

    Raises:
        ValueError: the first attempt waits for nothing.
    """
    if next_attempt < 2:
        raise ValueError(f"attempt {next_attempt} is no repetition")
    # The power is bounded too: 2**1000 seconds is no timedelta.
    return min(FIRST_WAIT * (1 << min(next_attempt - 2, 16)), LONGEST_WAIT)
