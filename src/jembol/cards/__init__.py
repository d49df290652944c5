"""Citizen cards, and the keys that sign every code the city hands out.

Owns the signing keys with their rotation, the cards of people, and the list of what was revoked. It
leaves the code itself to `kit.signed_code`, and tickets, which belong to a seat, to `training`. A
card says nothing about its holder but a serial and eight bytes that only the city can lead back.
Five words: key, card, serial, holder, revocation.
"""
