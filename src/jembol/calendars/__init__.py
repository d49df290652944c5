"""Calendar feeds: secret addresses at which other calendars read what is planned here.

Owns the feed, its secret and how it is replaced, and the writing of iCalendar (RFC 5545). It leaves
to others what is planned: packages above hand over their events as plain values, and a feed knows
its subject only by kind and key. Words: feed, subject, token, event, sequence.
"""
