"""What Splink is told about a register and about FEBRL: where to look, and what agreement means."""

from dataclasses import dataclass
from typing import Any

from splink import block_on


@dataclass(frozen=True, slots=True)
class Plan:
    """Settings for one kind of table."""

    comparisons: list[dict[str, Any]]
    rules: list[Any]
    sure_rules: list[Any]
    """Pairs that agree so are the same, save for very few."""
    sure_recall: float
    training_rules: list[Any]


def _null(column: str) -> dict[str, Any]:
    return {
        "sql_condition": f"{column}_l is null or {column}_r is null",
        "label_for_charts": "null",
        "is_null_level": True,
    }


def _level(condition: str, tf: str = "") -> dict[str, Any]:
    level: dict[str, Any] = {"sql_condition": condition, "label_for_charts": condition}
    if tf:
        level |= {"tf_adjustment_column": tf, "tf_adjustment_weight": 1.0}
    return level


def _comparison(column: str, *levels: dict[str, Any]) -> dict[str, Any]:
    return {
        "output_column_name": column,
        "comparison_levels": [_null(column), *levels, _level("ELSE")],
    }


def _equal(column: str) -> str:
    return f"{column}_l = {column}_r"


WORDS_L, WORDS_R = "string_split(name_l, ' ')", "string_split(name_r, ' ')"
SHARED = f"len(list_intersect({WORDS_L}, {WORDS_R}))"
FEWER = f"least(len({WORDS_L}), len({WORDS_R}))"
IN_RW = "kelurahan_l = kelurahan_r and rw_l = rw_r"

REGISTER_COMPARISONS = [
    _comparison(
        "name_sorted",
        _level(_equal("name_sorted"), "name_sorted"),
        _level("jaro_winkler_similarity(name_sorted_l, name_sorted_r) >= 0.94"),
        _level(f"{SHARED} >= 2"),
        _level(f"{SHARED} = {FEWER} and word_1_l = word_1_r"),
        _level(f"{SHARED} >= 1 and jaro_winkler_similarity(name_l, name_r) >= 0.85"),
        _level(f"{SHARED} >= 1"),
        _level("jaro_winkler_similarity(word_1_l, word_1_r) >= 0.9"),
    ),
    _comparison(
        "nik",
        _level(_equal("nik")),
        _level("damerau_levenshtein(nik_l, nik_r) <= 1"),
        _level("damerau_levenshtein(nik_l, nik_r) <= 2"),
        _level(_equal("nik_front")),
    ),
    _comparison(
        "short",
        _level(_equal("short"), "short"),
        _level("damerau_levenshtein(short_l, short_r) <= 1"),
        _level("substr(short_l, 5) = substr(short_r, 5)"),
    ),
    _comparison(
        "phone",
        _level(_equal("phone"), "phone"),
        _level("phone_2_l = phone_r or phone_2_r = phone_l"),
        _level("damerau_levenshtein(phone_l, phone_r) <= 1"),
    ),
    _comparison(
        "kelurahan",
        _level(f"{IN_RW} and rt_l = rt_r and street_l = street_r"),
        _level(f"{IN_RW} and rt_l = rt_r"),
        _level(IN_RW),
        _level("kelurahan_l = kelurahan_r and street_l = street_r"),
        _level(_equal("kelurahan"), "kelurahan"),
    ),
    _comparison("sex", _level(_equal("sex"))),
    _comparison("business", _level(_equal("business"), "business")),
]


REGISTER = Plan(
    comparisons=REGISTER_COMPARISONS,
    rules=[
        block_on("nik"),
        block_on("nik_front"),
        block_on("phone"),
        block_on("name_sorted"),
        block_on("word_1", "short"),
        block_on("short", "kelurahan"),
        block_on("word_1", "kelurahan", "rw"),
        block_on("substr(word_1, 1, 3)", "kelurahan", "rw", "rt"),
    ],
    sure_rules=[block_on("nik", "word_1"), block_on("name_sorted", "birth", "phone")],
    sure_recall=0.4,
    training_rules=[
        block_on("nik"),
        block_on("name_sorted", "kelurahan"),
        block_on("phone", "short"),
    ],
)


def _febrl(column: str, *, tf: bool, near: float = 0.88) -> dict[str, Any]:
    return _comparison(
        column,
        _level(_equal(column), column if tf else ""),
        _level(f"jaro_winkler_similarity({column}_l, {column}_r) >= {near}"),
    )


FEBRL = Plan(
    comparisons=[
        _comparison(
            "given_name",
            _level(_equal("given_name"), "given_name"),
            _level("jaro_winkler_similarity(given_name_l, given_name_r) >= 0.9"),
            _level("given_name_l = surname_r or surname_l = given_name_r"),
        ),
        _comparison(
            "surname",
            _level(_equal("surname"), "surname"),
            _level("jaro_winkler_similarity(surname_l, surname_r) >= 0.9"),
            _level("given_name_l = surname_r or surname_l = given_name_r"),
        ),
        _comparison(
            "soc_sec_id",
            _level(_equal("soc_sec_id")),
            _level("damerau_levenshtein(soc_sec_id_l, soc_sec_id_r) <= 1"),
            _level("damerau_levenshtein(soc_sec_id_l, soc_sec_id_r) <= 2"),
        ),
        _comparison(
            "date_of_birth",
            _level(_equal("date_of_birth")),
            _level("damerau_levenshtein(date_of_birth_l, date_of_birth_r) <= 1"),
            _level("damerau_levenshtein(date_of_birth_l, date_of_birth_r) <= 2"),
        ),
        _febrl("address_1", tf=True),
        _febrl("address_2", tf=True),
        _febrl("suburb", tf=True),
        _febrl("postcode", tf=True, near=0.9),
        _comparison("street_number", _level(_equal("street_number"))),
    ],
    rules=[
        block_on("soc_sec_id"),
        block_on("given_name", "surname"),
        block_on("date_of_birth"),
        block_on("postcode", "street_number"),
        block_on("address_1"),
        block_on("given_name", "postcode"),
        block_on("surname", "postcode"),
        block_on("suburb", "street_number"),
    ],
    sure_rules=[block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")],
    sure_recall=0.9,
    training_rules=[block_on("soc_sec_id"), block_on("date_of_birth"), block_on("postcode")],
)
