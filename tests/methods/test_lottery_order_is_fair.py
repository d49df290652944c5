"""The order of a lottery: fixed by the secret, and every order as likely as any other."""

import hashlib
import hmac
from collections import Counter

import pytest

from jembol.methods.draw.entries import Entry, NotALottery, Quota
from jembol.methods.draw.lottery import draw
from jembol.methods.draw.order import commitment, is_secret_of, ordered, ticket

DRAWS = 2_000
# The 99.9 % point of chi-square by degrees of freedom (any table of the distribution). The secrets
# are fixed, so a draw that passes today passes for ever.
CRITICAL = {11: 31.264, 7: 24.322}

RULE = [Quota("kecamatan:A", 3), Quota("women", 3), Quota("kecamatan:B", 0, 4)]
STRATA = {
    "a": ("kecamatan:A",),
    "aw": ("kecamatan:A", "women"),
    "b": ("kecamatan:B",),
    "bw": ("kecamatan:B", "women"),
}
EACH = {"a": 8, "aw": 12, "b": 8, "bw": 8}
ENTRIES = [
    Entry.person(f"{stratum}{number}", STRATA[stratum])
    for stratum, count in EACH.items()
    for number in range(count)
] + [Entry("group", 5, {"kecamatan:B": 2})]
SEATS = 14


def secrets():
    return (hashlib.sha256(f"draw {number}".encode()).hexdigest() for number in range(DRAWS))


def statistics(placed_in):
    """Chi-square within each stratum: are its members placed equally often?

    Counts of one draw are tied by the number that was placed, and a member's is a yes or no, so
    each squared deviation is measured in the variance of such a draw: with k of n placed it is
    k/n (1 - k/n) n/(n-1), summed over the draws.
    """
    times, spread = Counter(), Counter()
    for secret in secrets():
        placed = placed_in(secret)
        times.update(placed)
        for stratum, count in EACH.items():
            share = sum(one.rstrip("0123456789") == stratum for one in placed) / count
            spread[stratum] += share * (1 - share)
    found = {}
    for stratum, count in EACH.items():
        counts = [times[f"{stratum}{number}"] for number in range(count)]
        mean = sum(counts) / count
        found[stratum] = (count - 1) / count * sum(
            (one - mean) ** 2 for one in counts
        ) / spread[stratum]  # fmt: skip
    return found


def passes(found):
    return all(value < CRITICAL[EACH[stratum] - 1] for stratum, value in found.items())


def test_members_of_a_stratum_are_placed_equally_often_in_2000_draws():
    found = statistics(lambda secret: draw(ENTRIES, SEATS, RULE, secret, "K1").placed)

    assert passes(found), found


def test_a_draw_that_favours_the_first_registered_is_found_by_the_same_test():
    def biased(secret):
        drawn = draw(ENTRIES, SEATS, RULE, secret, "K1")
        # In one draw of five the last ticket is thrown away for whoever registered first.
        if int(secret, 16) % 5 == 0 and "a0" in drawn.waiting:
            out = next(
                (one for one in drawn.placed if one.startswith("a") and "w" not in one), None
            )
            return [*(one for one in drawn.placed if one != out), "a0"] if out else drawn.placed
        return drawn.placed

    assert not passes(statistics(biased))


def test_a_remainder_instead_of_the_whole_ticket_is_found_by_the_same_test():
    def biased(secret):
        def low(entry):
            # Ties of a small remainder fall back to the name: the usual mistake.
            return int(ticket(secret, "K1", entry.id), 16) % 4, entry.id

        return [entry.id for entry in sorted(ENTRIES, key=low)[:SEATS]]

    assert not passes(statistics(biased))


def test_every_place_of_the_order_is_equally_likely():
    entries = [Entry(f"E{number}") for number in range(8)]
    first = Counter(ordered(entries, secret, "K1")[0][1].id for secret in secrets())

    expected = DRAWS / len(entries)
    assert sum((first[e.id] - expected) ** 2 / expected for e in entries) < CRITICAL[7]


def test_another_secret_class_or_public_value_gives_another_order():
    orders = {
        tuple(entry.id for _, entry in ordered(ENTRIES, secret, label, value))
        for secret, label, value in (
            ("s1", "K1", ""), ("s2", "K1", ""), ("s1", "K2", ""), ("s1", "K1", "20261125"),
        )
    }  # fmt: skip

    assert len(orders) == 4


def test_a_ticket_is_what_the_documentation_says():
    by_hand = hmac.new(b"secret", b"K1\n\nE7", hashlib.sha256).hexdigest()

    assert ticket("secret", "K1", "E7") == by_hand
    assert commitment("secret") == hashlib.sha256(b"secret").hexdigest()
    assert is_secret_of("secret", f" {commitment('secret').upper()}\n")
    assert not is_secret_of("secret ", commitment("secret"))


@pytest.mark.parametrize("parts", [("", "K1", "E1"), ("s", "K\n1", "E1"), ("s", "K1", "E\n1")])
def test_what_could_be_read_in_two_ways_is_refused(parts):
    with pytest.raises(NotALottery):
        ticket(*parts)
