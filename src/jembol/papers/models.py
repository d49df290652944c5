"""Letterheads and templates, by city."""

from django.db import models
from django.db.models import Q

from jembol.places.models import AreaBounded, AreaQuerySet


class Letterhead(AreaBounded):
    """Who a city's papers come from and who signs them; one for each city."""

    government = models.CharField(max_length=150)
    office = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True, default="")
    contact = models.CharField(max_length=200, blank=True, default="")
    place = models.CharField(max_length=60)
    signatory_title = models.CharField(max_length=200, blank=True, default="")
    signatory_name = models.CharField(max_length=150, blank=True, default="")
    signatory_rank = models.CharField(max_length=100, blank=True, default="")
    signatory_nip = models.CharField(max_length=30, blank=True, default="")
    changed_at = models.DateTimeField()

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area"], name="letterhead_once_for_a_city"),)

    class Privacy:
        public = frozenset(
            {
                "id", "area", "government", "office", "address", "contact", "place",
                "signatory_title", "signatory_name", "signatory_rank", "signatory_nip",
                "changed_at",
            }
        )  # fmt: skip

    def __str__(self) -> str:
        return f"letterhead of {self.area_id} ({self.pk})"


class PaperTemplate(AreaBounded):
    """One version of the template of a kind of paper; a version is never changed.

    `shared` is the part that templates import, as it was on that day, so that an old paper can be
    drawn again as it was. `is_default` marks a default of the program that was kept because
    something was printed with it; the city goes on to follow the program then.
    """

    kind = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    text = models.TextField()
    shared = models.TextField()
    digest = models.CharField(max_length=64)
    is_default = models.BooleanField()
    officer_id = models.BigIntegerField(null=True)
    active_from = models.DateTimeField()

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["area", "kind", "version"], name="paper_template_version_once"
            ),
            models.CheckConstraint(
                name="paper_template_counts_from_one", condition=Q(version__gte=1)
            ),
        )

    class Privacy:
        official = frozenset(
            {
                "id", "area", "kind", "version", "text", "shared", "digest", "is_default",
                "active_from",
            }
        )  # fmt: skip
        internal = frozenset({"officer_id"})

    def __str__(self) -> str:
        return f"{self.kind} version {self.version} of {self.area_id} ({self.pk})"
