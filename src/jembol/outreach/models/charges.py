"""What an officer has open in a kelurahan passes to another when they move."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jembol.accounts.models import Officer
from jembol.outreach.choices import ChargeKind
from jembol.places.models import AreaBounded, AreaQuerySet


class ChargeHandover(AreaBounded):
    """One officer took over from another what is open in an area.

    `number` counts the handovers of this officer in this area, so two at once cannot both stand.
    """

    giver = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    why = models.CharField(max_length=300)
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = AreaQuerySet["ChargeHandover"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["area", "giver", "number"], name="charge_is_handed_over_once"
            ),
            models.CheckConstraint(
                name="charge_passes_to_somebody_else", condition=~Q(giver=F("taker"))
            ),
        )

    class Privacy:
        official = frozenset(
            {"id", "area", "giver", "taker", "number", "why", "officer", "at"}
        )  # fmt: skip

    def __str__(self) -> str:
        return f"handover {self.number} of {self.giver_id} in {self.area_id}"


class HandedOver(models.Model):
    """One thing on the list of a handover, as it stood on that day."""

    handover = models.ForeignKey(ChargeHandover, models.PROTECT, related_name="things")
    kind = models.CharField(max_length=10, choices=ChargeKind.choices)
    ref = models.CharField(max_length=26)
    words = models.CharField(max_length=300)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["handover", "kind", "ref"], name="thing_is_handed_over_once"
            ),
        )

    class Privacy:
        official = frozenset({"id", "handover", "kind", "ref", "words", "due_on"})

    def __str__(self) -> str:
        return f"{self.kind} {self.ref} of handover {self.handover_id}"
