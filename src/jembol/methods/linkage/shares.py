"""Which share of a register's pairs is one person, one household, strangers.

Among three hundred people most of those who share a key are relatives; among a million, strangers
of one name. Relatives are as many for each person in a village as in a city, and they are what is
hard to tell from one person. So three kinds of pairs are weighed anew in each register: with two,
a small list, where strangers are few, would make light of relatives too, and join twins.
The shares are found without a label, by expectation and maximisation over pairs whose kinds the
shipped weights tell (Saerens, Latinne and Decaestecker 2002).
"""

from typing import Final, NamedTuple

import numpy as np

from jembol.methods.linkage.columns import Array

_LEAST: Final = 1e-6
_ROUNDS: Final = 300
_STILL: Final = 1e-9


class Shares(NamedTuple):
    """Shares of the pairs that are compared, each 0 to 1; the rest are strangers.

    Attributes:
        person: Pairs that are one person.
        household: Two people of one household.
    """

    person: float
    household: float

    @property
    def strangers(self) -> float:
        """Two people of two households."""
        return 1 - self.person - self.household


def found(person: Array, household: Array, weights: Array, learned: Shares) -> Shares:
    """Return the shares that patterns of a register show.

    Args:
        person: (n,) probability of one person, as it was where the weights were learned.
        household: (n,) the same of one household, for two people.
        weights: (n,) shares of the patterns among all pairs, together 1.
        learned: The shares there.
    """
    kinds = np.stack([person, (1 - person) * household, (1 - person) * (1 - household)])
    before = np.maximum([learned.person, learned.household, learned.strangers], _LEAST)
    now = before
    for _round in range(_ROUNDS):
        chances = kinds * (now / before)[:, None]
        chances *= weights / chances.sum(axis=0)
        last, now = now, np.maximum(chances.sum(axis=1), _LEAST)
        if np.abs(now - last).max() < _STILL:
            break
    return Shares(float(now[0]), float(now[1]))


def shift(household: Array | float, learned: Shares, here: Shares) -> Array:
    """Return the bits that other shares add to the log-odds of one person.

    Args:
        household: Probability of one household for two people, float32; any shape.
        learned: The shares where the weights were learned.
        here: The shares of this register.
    """
    person, relatives, strangers = (
        np.float32(max(now, _LEAST) / max(before, _LEAST))
        for now, before in zip((*here, here.strangers), (*learned, learned.strangers), strict=True)
    )
    others = strangers + (relatives - strangers) * household
    bits: Array = np.log2(person) - np.log2(others)
    return bits
