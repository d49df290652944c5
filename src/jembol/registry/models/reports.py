"""What a source told of an enterprise on a day: money, labour, labels; never overwritten."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from jembol.registry.models.register import Enterprise


def _amount() -> models.BigIntegerField[int | None, int | None]:
    return models.BigIntegerField(null=True)


def _workers() -> models.PositiveIntegerField[int | None, int | None]:
    return models.PositiveIntegerField(null=True)


class EnterpriseReport(models.Model):
    """One source's word on one enterprise for one year; a later word is a further row.

    Null is "not told", which is not zero. `year` is the year that the figures are about: lists
    that name none are taken to speak of the year of their day, `as_of`. The labels of the source
    (scale, legal form, category of KBLI) stay as it wrote them; the legal scale is computed.
    `disabled_within` says whether the disabled workers are among the others or beside them; None
    when the source does not say, and then they may not be added up.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="reports")
    source = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    sales = _amount()
    assets = _amount()
    capital = _amount()
    paid_men = _workers()
    paid_women = _workers()
    paid_disabled_men = _workers()
    paid_disabled_women = _workers()
    unpaid_men = _workers()
    unpaid_women = _workers()
    unpaid_disabled_men = _workers()
    unpaid_disabled_women = _workers()
    disabled_within = models.BooleanField(null=True)
    sidt_id = models.CharField(max_length=64, blank=True, default="")
    legal_form = models.CharField(max_length=120, blank=True, default="")
    scale_label = models.CharField(max_length=100, blank=True, default="")
    kbli_category = models.CharField(max_length=150, blank=True, default="")
    start_year = models.PositiveSmallIntegerField(null=True)
    start_month = models.PositiveSmallIntegerField(null=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    photo = models.CharField(max_length=500, blank=True, default="")
    note = models.CharField(max_length=1000, blank=True, default="")
    pulled_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)
    source_page = models.CharField(max_length=200, blank=True, default="")
    entered_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["enterprise", "year", "as_of"], name="report_by_enterprise"),
            models.Index(fields=["sidt_id"], name="report_by_sidt_id", condition=~Q(sidt_id="")),
        )
        constraints = (
            models.CheckConstraint(
                name="report_place_is_a_pair",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="report_month_has_a_year",
                condition=Q(start_month__isnull=True)
                | Q(start_month__range=(1, 12), start_year__isnull=False),
            ),
            models.CheckConstraint(
                name="report_disabled_within_are_no_more_than_all",
                condition=~Q(disabled_within=True)
                | ~(
                    Q(paid_disabled_men__gt=F("paid_men"))
                    | Q(paid_disabled_women__gt=F("paid_women"))
                    | Q(unpaid_disabled_men__gt=F("unpaid_men"))
                    | Q(unpaid_disabled_women__gt=F("unpaid_women"))
                ),
            ),
        )

    class Privacy:
        # Sales, capital and assets of a sole owner are personal finance (UU 27/2022 art. 4(2)).
        official = frozenset(
            {
                "id", "enterprise", "source", "year", "as_of", "paid_men", "paid_women",
                "unpaid_men", "unpaid_women", "disabled_within", "sidt_id", "legal_form",
                "scale_label", "kbli_category", "start_year", "start_month", "latitude",
                "longitude", "photo", "note", "pulled_at", "updated_at", "source_page",
                "entered_at",
            }
        )  # fmt: skip
        specific = frozenset(
            {
                "sales", "assets", "capital", "paid_disabled_men", "paid_disabled_women",
                "unpaid_disabled_men", "unpaid_disabled_women",
            }
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.source} on {self.enterprise_id} in {self.year} ({self.pk})"
