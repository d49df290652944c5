"""Splink 5 as its manual advises: blocking rules, term frequencies, several EM sessions."""

import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow
from splink import DuckDBAPI, Linker, SettingsCreator

from bench.linkage.score import Numbers
from bench.linkage.splink_plans import FEBRL, REGISTER, Plan

FIRST_WEIGHT = 0.0
"""A match weight of 0 is a probability of one half."""
OTHER_WEIGHTS = (-4.0, -2.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0)
PAIRS_FOR_U = 5e6
PAIRS_FOR_EM = 2e6


def match(table: pyarrow.Table, seed: int) -> Iterator[tuple[str, Numbers]]:
    """Yield the groups at a probability of one half, then at other thresholds."""
    warnings.simplefilter("ignore")
    plan = FEBRL if "soc_sec_id" in table.column_names else REGISTER
    count = table.num_rows
    api = DuckDBAPI()
    records = api.register(table.append_column("unique_id", pyarrow.array(range(count))))
    linker = Linker(records, _settings(plan), log_level="ERROR")
    _train(linker, plan, seed)
    predicted = linker.inference.predict(threshold_match_weight=min(FIRST_WEIGHT, *OTHER_WEIGHTS))
    yield "p >= 0.5", _groups(linker, predicted, FIRST_WEIGHT, count)
    for weight in OTHER_WEIGHTS:
        yield f"weight >= {weight:+g}", _groups(linker, predicted, weight, count)


def _settings(plan: Plan) -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=plan.comparisons,
        blocking_rules_to_generate_predictions=plan.rules,
        retain_matching_columns=False,
    )


def _train(linker: Linker, plan: Plan, seed: int) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match(plan.sure_rules, recall=plan.sure_recall)
    training.estimate_u_using_random_sampling(max_pairs=PAIRS_FOR_U, seed=seed)
    for rule in plan.training_rules:
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
