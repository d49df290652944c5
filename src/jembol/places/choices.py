"""Closed lists of places."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """How deep an area stands in the tree (Kemendagri codes; RW and RT are local)."""

    NATION = 0, _("Nation")
    PROVINCE = 1, _("Province")
    CITY = 2, _("City or regency")
    KECAMATAN = 3, _("Kecamatan")
    KELURAHAN = 4, _("Kelurahan")
    RW = 5, "RW"
    RT = 6, "RT"
