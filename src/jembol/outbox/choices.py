"""States of jobs and messages."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    """Where a job is in its life."""

    READY = "ready", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


LIVE = (JobState.READY, JobState.RUNNING)
"""States of a job that will still do something."""


class Channel(TextChoices):
    """How a message reaches its recipient."""

    FILE = "file", _("file on this machine")
    WA_LINK = "wa_link", _("WhatsApp, opened by hand")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("e-mail")
    WHATSAPP = "whatsapp", _("WhatsApp Business")


class MessageState(TextChoices):
    """Where a message is on its way."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    OPENED = "opened", _("opened in WhatsApp")
    STOPPED = "stopped", _("not sent any more")
