"""What a class must be like, told in words when it is not."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from jembol.kit.area import city_key
from jembol.places.models import Area, Venue
from jembol.training import errors
from jembol.training.choices import Organiser
from jembol.training.models import Class, Registration
from jembol.training.rules import Day, DayFault, RoomFault, fault_of_days, room_fault

TEXTS: Final = frozenset({"title", "organiser_name", "source", "doubt"})
PARTS: Final = TEXTS | {"course", "area", "organiser", "venue", "seats"}


def refuse_unknown_parts(changes: Mapping[str, object]) -> None:
    """Let only parts through that a class has.

    Raises:
        NotAField: a name is none of them.
    """
    if unknown := sorted(changes.keys() - PARTS):
        raise errors.NotAField(
            _("A class has no part %(names)s that could be changed.")
            % {"names": ", ".join(unknown)},
            names=unknown,
        )


def refuse_wide_area(area: Area) -> None:
    """Let only a city or a part of one through.

    Raises:
        NotInACity: the area is wider.
    """
    if not city_key(area.key):
        raise errors.NotInACity(
            _("%(area)s is wider than a city. Choose a city or a part of it.")
            % {"area": area.name},
            field="area",
        )


def refuse_venue_elsewhere(venue: Venue | None, area: Area) -> None:
    """Let only a venue of the same city through.

    Raises:
        VenueElsewhere: it stands in another one.
    """
    if venue is not None and city_key(venue.area_id) != city_key(area.key):
        raise errors.VenueElsewhere(
            _("%(venue)s stands in another city than %(area)s. Choose a venue there.")
            % {"venue": venue.name, "area": area.name},
            field="venue",
        )


def refuse_small_venue(venue: Venue | None, seats: int | None) -> None:
    """Let only as many seats through as the venue holds.

    Raises:
        VenueTooSmall: there are more.
    """
    capacity = venue.capacity if venue is not None else None
    if room_fault(capacity=capacity, seats=seats, companions=0) is RoomFault.SEATS:
        raise errors.VenueTooSmall(
            _(
                "%(venue)s holds %(capacity)d people, so %(seats)d seats are too many. "
                "Lower the seats or choose a larger venue."
            )
            % {"venue": venue.name if venue else "", "capacity": capacity, "seats": seats},
            field="seats",
            capacity=capacity,
            seats=seats,
        )


def refuse_bad_days(days: Sequence[Day]) -> None:
    """Let only a list of days through.

    Raises:
        BadDays: no day, a day twice, a strange year, or hours that end before they start.
    """
    found = fault_of_days(days)
    if found is None:
        return
    messages = {
        DayFault.NONE_GIVEN: _("A class needs one day at least. Give its date."),
        DayFault.REPEATED: _("The day %(on)s is given twice. Remove one of the two."),
        DayFault.ENDS_BEFORE_IT_STARTS: _("%(on)s ends before it starts. Correct its hours."),
        DayFault.STRANGE_YEAR: _("%(on)s lies in a year without classes. Check the year."),
        DayFault.END_WITHOUT_START: _("%(on)s has an end but no start. Give both hours, or none."),
    }
    on = found.on.isoformat() if found.on else ""
    message = messages[found.fault] % {"on": on}
    raise errors.BadDays(message, field="days", fault=found.fault.value, on=on)


def refuse_too_few_seats(training_class: Class) -> None:
    """Let nobody who is registered stand without a seat.

    Raises:
        SeatsBelowRegistrations: more people are registered than there are seats.
    """
    standing = Registration.objects.standing().filter(training_class=training_class)
    registered = standing.once().count()
    seats = training_class.seats
    if seats is not None and seats < registered:
        raise errors.SeatsBelowRegistrations(
            _("%(registered)d people are registered, so %(seats)d seats are too few.")
            % {"registered": registered, "seats": seats},
            field="seats",
            registered=registered,
            seats=seats,
        )


def refuse_candidate(training_class: Class) -> None:
    """Keep a candidate's class from the city's page.

    Raises:
        CandidateClass: a party or candidate gives it.
    """
    if training_class.organiser == Organiser.CANDIDATE:
        raise errors.CandidateClass(
            _(
                "%(title)s is given by a party or candidate. The city's page does not show it "
                "(UU 10/2016 art. 71)."
            )
            % {"title": training_class.title},
            field="organiser",
            class_id=training_class.pk,
        )
