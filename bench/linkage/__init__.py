"""Measures how well one person is found in many lists, on registers made here."""
