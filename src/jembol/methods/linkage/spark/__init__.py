"""The same linking on a cluster that a country already runs: one kernel, another carrier.

Spark reads, shuffles and counts; each of its workers normalises, compares and joins with the very
functions of one machine, so that both engines give the same groups. `records` packs a record into
bytes, `steps` holds what a worker does, on arrays alone, `carriers` takes Arrow to the steps and
back, and `pipeline` is the way of a whole list. Needs the extra `spark` and Java 17, so nothing
imports `carriers`, `pipeline` and `session` at a start. Stands in a folder of its own because
compiled code is kept by the state of the files beside it (`alike`).
"""
