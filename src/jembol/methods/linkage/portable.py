"""All that decides who is alike, as plain values: for an implementation in another language.

Nothing stands in two places: the words, patterns, bounds, weights and frequencies that the modules
of this package use are told by them, and the field app computes with what is told here
(`docs/algorithms/linkage.md`, On the phone).
"""

import re
from collections.abc import Mapping, Set
from typing import Any, Final

from jembol.kit import text
from jembol.methods.linkage import businesses, evidence, keys, names, numbers, tokens, where
from jembol.methods.linkage.columns import SHARED, Frequencies
from jembol.methods.linkage.model import MOST_BITS, Model

# Letters with accents are letters for Python, and for JavaScript only when told. Those of other
# scripts are left out: no title or street word stands beside one without a gap, and a browser needs
# tenths of a second to learn all letters of the world for forty patterns.
_WORD: Final = r"0-9A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_SIGNS: Final = {
    r"\w": f"[{_WORD}]",
    r"\W": f"[^{_WORD}]",
    r"\b": f"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))",
    "(?P<": "(?<",
    "{,": "{0,",
}
_SIGN: Final = re.compile("|".join(re.escape(sign) for sign in _SIGNS) + r"|\\.")
_CLASS: Final = re.compile(r"(?<!\\)\[(?:\\.|[^\]\\])*\]")


def portable(model: Model, frequencies: Frequencies) -> dict[str, Any]:
    """Return all that is needed to read, meet, compare and weigh as this package does.

    Args:
        model: Weights of the evidence; the phone searches no register, so it knows no shares.
        frequencies: How telling a word is.
    """
    told: dict[str, Any] = plain(
        {
            "text": text.TABLES,
            "names": names.TABLES,
            "businesses": businesses.TABLES,
            "numbers": numbers.TABLES,
            "where": where.TABLES,
            "letters": tokens.LETTERS,
            "evidence": evidence.TABLES | {"shared": SHARED},
            "keys": keys.TABLES,
        }
    )
    weights = model.sharp.to_json() | {"most_bits": MOST_BITS}
    return told | {"model": weights, "frequencies": frequencies.to_json()}


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it; sets are sorted, patterns are those of JavaScript."""
    if isinstance(value, re.Pattern):
        return pattern_of(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, Set):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


def pattern_of(pattern: re.Pattern[str]) -> dict[str, str]:
    """Return source and flags of the same pattern in JavaScript.

    Raises:
        ValueError: a class holds a word sign, which JavaScript cannot say in few words.
    """
    for one in _CLASS.findall(pattern.pattern):
        if any(sign in one for sign in (r"\w", r"\W", r"\b")):
            raise ValueError(f"{one} holds a word sign inside a class; write it as alternatives")
    source = _SIGN.sub(lambda found: _SIGNS.get(found[0], found[0]), pattern.pattern)
    return {"pattern": source, "flags": "i" if pattern.flags & re.IGNORECASE else ""}
