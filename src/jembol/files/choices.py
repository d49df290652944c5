"""Who may see a file, and the types that are taken."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Audience(TextChoices):
    """Who a file is for."""

    PUBLIC = "public", _("everyone")
    OFFICIAL = "official", _("officers on duty there")
    SPECIFIC = "specific", _("officers with a stated reason")


class MediaType(TextChoices):
    """Types that the bytes of a file can prove."""

    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _("XLSX workbook")
    XLS = "application/vnd.ms-excel", _("XLS workbook")
    ODS = "application/vnd.oasis.opendocument.spreadsheet", _("ODS workbook")
    CSV = "text/csv", _("CSV or plain text")
    PDF = "application/pdf", _("PDF document")
    PNG = "image/png", _("PNG picture")
    JPEG = "image/jpeg", _("JPEG picture")
    WEBP = "image/webp", _("WEBP picture")
    ZIP = "application/zip", _("ZIP archive")


WORKBOOKS = frozenset({MediaType.XLSX, MediaType.XLS, MediaType.ODS, MediaType.CSV})
"""What a register can be loaded from."""

PICTURES = frozenset({MediaType.PNG, MediaType.JPEG, MediaType.WEBP})

HANDED_IN = frozenset(MediaType) - {MediaType.ZIP}
"""What is taken from people; an archive is only made here, because nobody sees what it holds."""
