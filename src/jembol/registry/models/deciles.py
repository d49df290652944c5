"""The welfare decile that a source gives to a person's family; imported, never computed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from jembol.registry.models.register import Person


class WelfareDecile(models.Model):
    """One source's word on the decile of a person's family on a day; a later word is one more row.

    The centre computes deciles for families (DTSEN, Inpres 4/2025), 1 the poorest. Nobody here
    guesses one: without a row the decile is not known, which is not the same as "not poor".
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="deciles")
    decile = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    source = models.CharField(max_length=100)
    entered_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["person", "as_of"], name="decile_by_person"),)
        constraints = (
            models.UniqueConstraint(
                fields=["person", "source", "as_of"], name="decile_told_once_for_a_day"
            ),
            models.CheckConstraint(
                name="decile_is_one_to_ten", condition=Q(decile__gte=1, decile__lte=10)
            ),
        )

    class Privacy:
        official = frozenset({"id", "person", "as_of", "source", "entered_at"})
        # How poor a family is, is personal finance (UU 27/2022 art. 4(2)).
        specific = frozenset({"decile"})

    def __str__(self) -> str:
        return f"decile of {self.person_id} by {self.source} ({self.pk})"
