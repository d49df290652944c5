"""Rules of outreach: values in, values out."""

from jembol.outreach.rules.need import PARTS, Part, Weighing, Weight

__all__ = ["PARTS", "Part", "Weighing", "Weight"]
