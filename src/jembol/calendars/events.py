"""Names of the facts about calendar feeds, and how a timeline says them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FEED_OPENED: Final = "calendars.feed.opened"
FEED_REPLACED: Final = "calendars.feed.replaced"

PHRASES: Final[dict[str, str | Promise]] = {
    FEED_OPENED: _("Calendar address made"),
    FEED_REPLACED: _("Calendar address replaced; the old one leads nowhere"),
}
