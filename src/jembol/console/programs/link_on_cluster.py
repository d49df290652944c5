"""`jembol tool link --engine spark`: a list linked on a cluster that is already there."""

import os
import shutil
import sys
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from jembol.console.programs.link import Job, fields_of
from jembol.methods.linkage.spark.refusal import NoCluster

EXTRA: Final = ("pyspark", "py4j", "pyarrow")
"""What `pip install jembol[spark]` brings; Jembol runs without it."""


def run_on_cluster(job: Job, people: str, master: str = "") -> Any:
    """Link a list on Spark and return what came of it (`pipeline.Outcome`).

    Args:
        job: What to link; the file is written by this machine.
        people: The list's address as Spark reads it, which a path cannot hold (`hdfs://…`).
        master: The cluster's address; by default what Spark's own settings say.

    Raises:
        NoCluster: Spark or Java is absent, or the cluster does not answer.
        NotATable: the list cannot be read, has no `record_id`, or has one twice.
    """
    pipeline, sessions = _loaded("pipeline"), _loaded("session")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise NoCluster("--engine spark needs Java 17 or later; install openjdk-17-jre-headless")
    # Workers must run the Python that has Jembol; a cluster with another path says so itself.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = sessions.session_of(master)
    try:
        rows = pipeline.opened(session, people)
        fields = fields_of(rows.rows.columns, rows.name)
        return pipeline.link_on(
            session, rows, fields, job.out, threshold=job.threshold, told=job.told
        )
    finally:
        session.stop()


def _loaded(name: str) -> ModuleType:
    try:
        return import_module(f"jembol.methods.linkage.spark.{name}")
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] not in EXTRA:
            raise
        raise NoCluster(
            f"--engine spark needs the package {missing.name}; install jembol[spark]"
        ) from missing
