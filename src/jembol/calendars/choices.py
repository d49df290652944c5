"""What a feed is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Subject(models.TextChoices):
    """Whose days a feed tells."""

    CLASS = "class", _("the class")
    PERSON = "person", _("a participant")
    MENTOR = "mentor", _("a mentor")
    VENUE = "venue", _("a venue")
