"""Names of facts about places, and how a timeline tells them."""

from django.utils.translation import gettext_lazy as _

COUNTRY_LOADED = "places.country.loaded"
CITY_OPENED = "places.city.opened"
RW_ADDED = "places.rw.added"
RT_ADDED = "places.rt.added"
BOUNDARY_LOADED = "places.boundary.loaded"
VENUE_ADDED = "places.venue.added"

PHRASES = {
    COUNTRY_LOADED: _("loaded the area codes of the country"),
    CITY_OPENED: _("opened the programme of a city"),
    RW_ADDED: _("added an RW"),
    RT_ADDED: _("added an RT"),
    BOUNDARY_LOADED: _("loaded an official boundary"),
    VENUE_ADDED: _("added a venue"),
}
