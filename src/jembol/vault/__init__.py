"""Seals what identifies a person before it reaches the database.

Owns the use of this deployment's keys: sealing, opening, the digest for exact look-up, and the
re-sealing when a key is replaced. It leaves the cryptography to `kit.seal` and the fields to the
packages that have them. Words: seal, context (the place a value belongs to), digest, key id.
"""
