"""SQLite for a busy door: writers queue in order of arrival instead of racing for the lock.

SQLite's own busy handler sleeps and tries again, so a late writer often overtakes one who has
waited for seconds. Here every writer passes a gate (two advisory locks beside the database)
before `BEGIN IMMEDIATE` and leaves it after commit or rollback.
"""
