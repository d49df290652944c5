"""One record beside a few others: how likely each is the same person, and why.

Compiled when `warm` has been called, which a server does while it starts; before that the plain
reference of `evidence` gives the same answers, a hundred times slower.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from jembol.methods.linkage.columns import (
    Columns,
    Frequencies,
    columns_of_packed,
    columns_of_traits,
    weighed,
)
from jembol.methods.linkage.evidence import SIZES, Rarity, categories
from jembol.methods.linkage.kernel import weigh_others
from jembol.methods.linkage.model import Evidence, Model
from jembol.methods.linkage.traits import Traits

_state: Final = {"is_warm": False}


def warm() -> None:
    """Load or compile what `log_odds` runs on; takes seconds the first time on a machine."""
    one = columns_of_traits([Traits(), Traits()])
    weigh_others(one, 0, one, np.zeros(int(np.prod(SIZES)), np.float32), np.empty(2, np.float32))
    _state["is_warm"] = True


class Comparer:
    """One model and one register's frequencies, ready to compare."""

    def __init__(self, model: Model, frequencies: Frequencies) -> None:
        """Lay the model out as a table."""
        self.model = model
        self.frequencies = frequencies
        self.rarity = rarity_of(frequencies)
        self.scores = model.scores

    def log_odds(
        self, one: Traits, others: Sequence[Traits], crowds: Mapping[int, int] | None = None
    ) -> list[float]:
        """Return for each of the others the log-odds (base 2) that it is the same person.

        Args:
            one: The record.
            others: Records to set beside it.
            crowds: Records with each telephone number, where more is known than the frequencies.
        """
        return self.log_odds_of_packed(one, [other.pack() for other in others], crowds)

    def log_odds_of_packed(
        self, one: Traits, others: Sequence[bytes], crowds: Mapping[int, int] | None = None
    ) -> list[float]:
        """Return what `log_odds` does for others that are packed, without unpacking them."""
        if not others:
            return []
        if not _state["is_warm"]:
            rarity = self.rarity
            if crowds is not None:
                rarity = rarity._replace(phone=lambda phone: crowds.get(phone, 1))
            found = (categories(one, Traits.unpack(other), rarity) for other in others)
            return [float(self.scores[np.ravel_multi_index(each, SIZES)]) for each in found]
        columns = self._columns((one.pack(), *others), crowds)
        weights = np.empty(len(others) + 1, np.float32)
        weigh_others(columns, 0, columns, self.scores, weights)
        return [float(weight) for weight in weights[1:]]

    def evidence(self, one: Traits, other: Traits) -> Evidence:
        """Return what speaks for and against two records being one person."""
        return self.model.explained(categories(one, other, self.rarity))

    def _columns(self, records: Sequence[bytes], crowds: Mapping[int, int] | None) -> Columns:
        frequencies = self.frequencies
        if crowds is not None:
            phones = np.array(sorted(crowds), np.int64)
            counts = np.array([crowds[phone] for phone in sorted(crowds)], np.int64)
            frequencies = frequencies._replace(phones=phones, phone_counts=counts)
        return weighed(columns_of_packed(records), frequencies)


def rarity_of(frequencies: Frequencies) -> Rarity:
    """Return the frequencies as functions of one word or number."""
    words = dict(zip(frequencies.words.tolist(), frequencies.word_bits.tolist(), strict=True))
    business = dict(
        zip(frequencies.business.tolist(), frequencies.business_bits.tolist(), strict=True)
    )
    phones = dict(zip(frequencies.phones.tolist(), frequencies.phone_counts.tolist(), strict=True))
    unseen = frequencies.unseen
    return Rarity(
        lambda word: words.get(word, unseen),
        lambda word: business.get(word, unseen),
        lambda phone: phones.get(phone, 1),
    )


@lru_cache(maxsize=1)
def shipped() -> Comparer:
    """Return what compares before a register has been searched as a whole."""
    return Comparer(Model.shipped(), Frequencies.shipped())
