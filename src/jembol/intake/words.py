"""How people write closed things in lists: sex, school, yes and no, how a business goes."""

from __future__ import annotations

import re
from typing import Final

from jembol.kit.text import fold_name
from jembol.registry.choices import Education, EnterpriseStatus, Sex

BLANK: Final = re.compile(r"[\s\-–—_.]*|n/?a|nihil|null|none|kosong", re.IGNORECASE)

EXAMPLE: Final = "CONTOH"
"""Stands in the id column of a template's example line."""

SEXES: Final = {
    **dict.fromkeys(
        ("l", "lk", "laki", "laki laki", "lakilaki", "pria", "m", "male", "man", "cowok"), Sex.MAN
    ),
    **dict.fromkeys(
        ("p", "pr", "perempuan", "wanita", "w", "f", "female", "woman", "cewek"), Sex.WOMAN
    ),
}

SCHOOLS: Final = {
    **dict.fromkeys(
        ("none", "tidak sekolah", "tidak tamat sd", "belum tamat sd", "tidak tamat sekolah",
         "belum sekolah", "tidak belum sekolah", "no school finished"),
        Education.NONE,
    ),
    **dict.fromkeys(("sd", "mi", "sekolah dasar", "sd sederajat", "tamat sd"), Education.PRIMARY),
    **dict.fromkeys(("smp", "mts", "sltp", "smp sederajat", "tamat smp"), Education.LOWER),
    **dict.fromkeys(
        ("sma", "smk", "smu", "stm", "smea", "slta", "ma", "sma smk", "slta sederajat",
         "sma sederajat", "tamat sma"),
        Education.UPPER,
    ),
    **dict.fromkeys(
        ("diploma", "d1", "d2", "d3", "d4", "d i", "d ii", "d iii", "d iv"), Education.DIPLOMA
    ),
    **dict.fromkeys(("s1", "sarjana", "d4 s1", "strata 1", "bachelor"), Education.BACHELOR),
    **dict.fromkeys(
        ("s2", "s3", "s2 s3", "magister", "doktor", "pascasarjana", "master"), Education.MASTER
    ),
}  # fmt: skip

YES: Final = frozenset("ya y yes true benar 1 ada iya v x √ ✓ ✔ difabel disabilitas".split())  # noqa: SIM905 - easier to read
NO: Final = frozenset(
    (
        "tidak", "t", "no", "n", "false", "salah", "0", "bukan", "tidak ada", "non disabilitas",
        "non difabel", "tdk", "tdk ada",
    )
)  # fmt: skip

STATUSES: Final = {
    **dict.fromkeys(("idea", "ide", "rencana", "calon"), EnterpriseStatus.IDEA),
    **dict.fromkeys(("starter", "rintisan", "baru", "mulai", "starting"), EnterpriseStatus.STARTER),
    **dict.fromkeys(
        ("operating", "aktif", "buka", "jalan", "berjalan", "beroperasi"),
        EnterpriseStatus.OPERATING,
    ),
    **dict.fromkeys(
        ("dormant", "tidak aktif", "libur", "vakum", "berhenti sementara"), EnterpriseStatus.DORMANT
    ),
    **dict.fromkeys(("closed", "tutup", "bangkrut", "berhenti"), EnterpriseStatus.CLOSED),
}


def plain(text: str) -> str:
    """Return the key under which a word of a closed list is looked up."""
    stripped = text.strip().casefold()
    return fold_name(stripped) or stripped


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, dashes, dots, n/a."""
    return BLANK.fullmatch(text.strip()) is not None


def yes_or_no(text: str) -> bool | None:
    """Read yes or no; `None` when the text is neither."""
    word = plain(text)
    if word in NO:
        return False
    return True if word in YES else None
