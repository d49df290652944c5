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

__all__ = [
    "CATALOGUE",
    "CourseKind",
    "Day",
    "DayFault",
    "DayListFault",
    "doubt_about",
    "fault_of_days",
    "in_order",
    "seats_left",
    "weekday_of",
]
