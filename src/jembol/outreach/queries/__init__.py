"""Answers about outreach."""
