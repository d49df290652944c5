"""Why there is no cluster, told without needing one."""


class NoCluster(RuntimeError):
    """Spark does not start here."""
