"""The rows of training, by noun."""

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

__all__ = [
    "Attendance",
    "AttendanceQuerySet",
    "Cancellation",
    "Claim",
    "Class",
    "ClassQuerySet",
    "Course",
    "MentorAssignment",
    "Publication",
    "Registration",
    "RegistrationQuerySet",
    "Roll",
    "Session",
    "Withdrawal",
]
