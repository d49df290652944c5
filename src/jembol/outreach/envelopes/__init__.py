"""What phones send about visits: the visit, a change of it, and its photos."""

from jembol.outreach.envelopes import photos, subjects, visits

__all__ = ("photos", "subjects", "visits")
