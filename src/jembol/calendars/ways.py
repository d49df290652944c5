"""The ways by which the address of a feed gets into a calendar."""

from collections.abc import Mapping
from urllib.parse import urlencode


def ways_into_calendars(address: str) -> Mapping[str, str]:
    """Return the address, and the links that open it in a phone's calendar and in Google's."""
    webcal = "webcal" + address[address.index("://") :]
    google = f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal})}"
    return {"address": address, "webcal": webcal, "google": google}
