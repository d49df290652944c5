"""What training decides from values alone."""

from jembol.training.rules.classes import (
    CATALOGUE,
    CourseKind,
    Day,
    DayFault,
    DayListFault,
    doubt_about,
    fault_of_days,
    in_order,
    seats_left,
    weekday_of,
)
from jembol.training.rules.scans import (
    EARLY_MIN,
    LATE_MIN,
    AtTheDoor,
    DoorDay,
    Fit,
    Judgement,
    Place,
    Said,
    door_hours,
    judge,
    place_of,
)
from jembol.training.rules.tickets import ticket_days

__all__ = [
    "CATALOGUE",
    "EARLY_MIN",
    "LATE_MIN",
    "AtTheDoor",
    "CourseKind",
    "Day",
    "DayFault",
    "DayListFault",
    "DoorDay",
    "Fit",
    "Judgement",
    "Place",
    "Said",
    "door_hours",
    "doubt_about",
    "fault_of_days",
    "in_order",
    "judge",
    "place_of",
    "seats_left",
    "ticket_days",
    "weekday_of",
]
