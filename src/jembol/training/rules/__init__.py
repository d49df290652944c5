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
from jembol.training.rules.conditions import (
    Condition,
    Facts,
    age_on,
    answer,
    condition_words,
    read_conditions,
)
from jembol.training.rules.need_score import (
    PARTS,
    Part,
    need_parts,
    need_points,
    part_words,
)
from jembol.training.rules.quotas import (
    Bar,
    Room,
    Share,
    ShareFault,
    band_of,
    fault_of_shares,
    open_needs,
)

__all__ = [
    "CATALOGUE",
    "PARTS",
    "Bar",
    "Condition",
    "CourseKind",
    "Day",
    "DayFault",
    "DayListFault",
    "Facts",
    "Part",
    "Room",
    "Share",
    "ShareFault",
    "age_on",
    "answer",
    "band_of",
    "condition_words",
    "doubt_about",
    "fault_of_days",
    "fault_of_shares",
    "in_order",
    "need_parts",
    "need_points",
    "open_needs",
    "part_words",
    "read_conditions",
    "seats_left",
    "weekday_of",
]
