"""A session of the cluster, or the reason why there is none."""

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from jembol.methods.linkage.spark.refusal import NoCluster


def session_of(master: str = "") -> SparkSession:
    """Return the session that is open, or open one.

    Args:
        master: The cluster's address; by default what Spark's own settings say, else this machine.

    Raises:
        NoCluster: Java is absent or too old, or the cluster does not answer.
    """
    builder = SparkSession.builder.appName("jembol tool link")
    builder = builder.config("spark.ui.showConsoleProgress", "false")
    if master:
        builder = builder.master(master)
    try:
        session = builder.getOrCreate()
    except (PySparkException, Py4JError) as problem:
        reason = str(problem).strip().splitlines()[0]
        raise NoCluster(
            f"Spark does not start ({reason}); it needs Java 17 or later and a master that answers"
        ) from problem
    session.sparkContext.setLogLevel("ERROR")
    return session
