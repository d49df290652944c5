"""Files as rows; their bytes lie on the disk under the hash of the content."""

from django.db import models
from django.db.models import Q

from jembol.files.choices import Audience, MediaType


class StoredFile(models.Model):
    """One file that was handed in or made; several rows may share one content."""

    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100, choices=MediaType.choices)
    name = models.CharField(max_length=200)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    # `places` lies above this package, so the area is its plain key.
    area_key = models.BigIntegerField()
    sealed = models.BooleanField(default=False)
    uploaded_by = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["digest"], name="file_by_digest"),
            models.Index(fields=["area_key", "-id"], name="file_by_area"),
        )
        constraints = (
            models.CheckConstraint(name="file_has_content", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="specific_file_is_sealed",
                condition=~Q(audience=Audience.SPECIFIC) | Q(sealed=True),
            ),
        )

    class Privacy:
        official = frozenset(
            {"id", "size", "media_type", "name", "audience", "area_key", "uploaded_by", "at"}
        )
        internal = frozenset({"digest", "sealed"})

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"
