"""Closed lists of papers."""

from django.db import models


class Size(models.TextChoices):
    """Sheets that offices buy; F4 is the folio of Indonesian offices, 215 by 330 mm."""

    A4 = "a4", "A4 (210 × 297 mm)"
    F4 = "f4", "F4 (215 × 330 mm)"
