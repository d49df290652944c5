"""The mathematics of the programme: no framework, no clock, no database.

Each method is a package of its own. It takes plain values and gives plain values, names its source
in its docstring, and a slow, obvious reference stands beside every fast path.
"""
