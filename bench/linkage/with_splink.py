"""Splink 5 as its manual advises: eight blocking rules, term frequencies, three EM sessions."""

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.linkage.columns import Table
from bench.linkage.score import Numbers

FIRST_WEIGHT = 0.0
"""A match weight of 0 is a probability of one half."""
OTHER_WEIGHTS = (-4.0, -2.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0)

RULES = (
    block_on("nik"),
    block_on("nik_front"),
    block_on("phone"),
    block_on("name_sorted"),
    block_on("word_1", "short"),
    block_on("short", "kelurahan"),
    block_on("word_1", "kelurahan", "rw"),
    block_on("substr(word_1, 1, 3)", "kelurahan", "rw", "rt"),
)
SURE_RULES = (block_on("nik", "word_1"), block_on("name_sorted", "birth", "phone"))
SURE_RECALL = 0.4
TRAINING_RULES = (block_on("nik"), block_on("name_sorted", "kelurahan"), block_on("phone", "short"))
PAIRS_FOR_U = 5e6
PAIRS_FOR_EM = 2e6


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

COMPARISONS = [
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


def match(table: Table, seed: int) -> Iterator[tuple[str, Numbers]]:
    """Yield the groups at a probability of one half, then at other thresholds."""
    warnings.simplefilter("ignore")
    count = len(table["nik"])
    api = DuckDBAPI()
    records = api.register(pyarrow.table({"unique_id": range(count), **table}))
    linker = Linker(records, _settings(), log_level="ERROR")
    _train(linker, seed)
    predicted = linker.inference.predict(threshold_match_weight=min(FIRST_WEIGHT, *OTHER_WEIGHTS))
    yield "p >= 0.5", _groups(linker, predicted, FIRST_WEIGHT, count)
    for weight in OTHER_WEIGHTS:
        yield f"weight >= {weight:+g}", _groups(linker, predicted, weight, count)


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=COMPARISONS,
        blocking_rules_to_generate_predictions=list(RULES),
        retain_matching_columns=False,
    )


def _train(linker: Linker, seed: int) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match(list(SURE_RULES), recall=SURE_RECALL)
    training.estimate_u_using_random_sampling(max_pairs=PAIRS_FOR_U, seed=seed)
    for rule in TRAINING_RULES:
        training.estimate_parameters_using_expectation_maximisation(
            rule, max_pairs=PAIRS_FOR_EM, record_sample_proportion=1.0
        )


def _groups(linker: Linker, predicted: Any, weight: float, count: int) -> Numbers:
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_weight=weight
    ).as_pyarrow_table()
    groups = np.arange(count)
    groups[clusters["unique_id"].to_numpy()] = clusters["cluster_id"].to_numpy()
    return groups
