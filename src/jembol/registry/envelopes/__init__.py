"""What phones send about people and enterprises: somebody new, and something changed."""

from jembol.registry.envelopes import changing, enrolling, subjects

__all__ = ("changing", "enrolling", "subjects")
