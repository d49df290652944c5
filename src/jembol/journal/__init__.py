"""What happened: append-only facts, written in the same transaction as the change.

Owns the fact (who, when, what, about what, why), the chain of hashes per city and its proof. It
leaves to others what the facts mean: each package names its own events. Words: fact, stream (the
city whose chain a fact belongs to), seq, digest, broken link.
"""
