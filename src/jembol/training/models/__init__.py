"""The rows of training, by noun."""

from jembol.training.models.aftermath import (
    FollowUp,
    FormedGroup,
    Material,
    Outcome,
    PartialDay,
    Photo,
)
from jembol.training.models.classes import (
    Attendance,
    AttendanceQuerySet,
    Cancellation,
    Claim,
    Class,
    ClassQuerySet,
    Course,
    MentorAssignment,
    Publication,
    Registration,
    RegistrationQuerySet,
    Roll,
    Session,
    Withdrawal,
)
from jembol.training.models.exams import (
    Exam,
    Sitting,
)
from jembol.training.models.opinions import (
    MentorOpinion,
    Opinion,
)

__all__ = [
    "Attendance",
    "AttendanceQuerySet",
    "Cancellation",
    "Claim",
    "Class",
    "ClassQuerySet",
    "Course",
    "Exam",
    "FollowUp",
    "FormedGroup",
    "Material",
    "MentorAssignment",
    "MentorOpinion",
    "Opinion",
    "Outcome",
    "PartialDay",
    "Photo",
    "Publication",
    "Registration",
    "RegistrationQuerySet",
    "Roll",
    "Session",
    "Sitting",
    "Withdrawal",
]
