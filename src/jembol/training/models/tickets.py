"""Tickets: what a person shows at the door of a class."""

from __future__ import annotations

from django.db import models

from jembol.training.models.classes import Registration


class Ticket(models.Model):
    """The serial of a seat; the code is signed anew whenever it is printed.

    A ticket is void while its seat is given back: nothing is stored for that, so that a seat that
    is taken up again has its ticket again.
    """

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="ticket")
    serial = models.CharField(max_length=20, unique=True)
    issued_at = models.DateTimeField()

    class Privacy:
        official = frozenset({"id", "registration", "serial", "issued_at"})

    def __str__(self) -> str:
        return self.serial
