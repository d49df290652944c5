"""Draw lots for the seats of a class so that anybody can draw them again.

The package owns the order of a lottery, the seats under quotas and whole groups, and the files by
which a stranger redraws. It leaves to others who may enter, when a secret is published and what
follows for people. Its five words: entry, quota, ticket, secret, waiting list.
"""
