"""What training refuses."""

from jembol.kit.refusal import Refusal


class BadDays(Refusal):
    """The days of a class do not make a list of days."""

    code = "bad-days"


class NotAField(Refusal):
    """No such part of a class can be changed."""

    code = "not-a-field"


class NotInACity(Refusal):
    """A class is given in a city or a part of it, not in a province."""

    code = "not-in-a-city"


class VenueElsewhere(Refusal):
    """The venue stands in another city than the class."""

    code = "venue-elsewhere"


class AlreadyPublished(Refusal):
    """Citizens see the class already."""

    code = "already-published"


class NotPublished(Refusal):
    """Citizens do not see the class."""

    code = "not-published"


class CandidateClass(Refusal):
    """The class of a party or candidate is not shown as the city's (UU 10/2016 art. 71)."""

    code = "candidate-class"


class ClassCancelled(Refusal):
    """The class was cancelled."""

    code = "class-cancelled"


class ClassWasGiven(Refusal):
    """People came to the class, so it was not cancelled."""

    code = "class-was-given"


class ClassInUse(Refusal):
    """Something hangs on the class, so it stays."""

    code = "class-in-use"


class ClassFull(Refusal):
    """No seat is left."""

    code = "class-full"


class SeatsBelowRegistrations(Refusal):
    """More people are registered than the new number of seats."""

    code = "seats-below-registrations"


class AlreadyRegistered(Refusal):
    """The person has a place in the class."""

    code = "already-registered"


class AlreadyWithdrawn(Refusal):
    """The place was given back before."""

    code = "already-withdrawn"


class SignUpClosed(Refusal):
    """Citizens cannot sign up for the class: it is not shown to them, or it has begun."""

    code = "sign-up-closed"


class LivesElsewhere(Refusal):
    """The address lies outside the city that gives the class."""

    code = "lives-elsewhere"


class NotOfThisClass(Refusal):
    """The registration belongs to another class, or to nobody whom the actor may see."""

    code = "not-of-this-class"


class HasWithdrawn(Refusal):
    """The person gave the place back and cannot be noted as present."""

    code = "has-withdrawn"


class DayNotYetCome(Refusal):
    """Attendance of a day cannot be taken before that day."""

    code = "day-not-yet-come"


class RegistrationInUse(Refusal):
    """The person came to a session, so the registration stays."""

    code = "registration-in-use"


class VenueTaken(Refusal):
    """Another class is in the venue at that time."""

    code = "venue-taken"


class MentorTaken(Refusal):
    """The mentor gives another class at that time."""

    code = "mentor-taken"


class VenueTooSmall(Refusal):
    """The class has more seats than its venue holds."""

    code = "venue-too-small"


class MentorElsewhere(Refusal):
    """The mentor is known in another city than the class."""

    code = "mentor-elsewhere"


class MentorGone(Refusal):
    """The mentor takes no classes any more."""

    code = "mentor-gone"


class MentorKnown(Refusal):
    """The officer or person is on the list of mentors already."""

    code = "mentor-known"


class MentorNotOfClass(Refusal):
    """An honorarium goes to a mentor of the class only."""

    code = "mentor-not-of-class"


class BadCost(Refusal):
    """A line of the cost plan has no quantity or a negative price."""

    code = "bad-cost"


class SessionHeld(Refusal):
    """Attendance of the day was taken, so it was held and stays as it was."""

    code = "session-held"


class SessionCancelled(Refusal):
    """The day was cancelled."""

    code = "session-cancelled"


class LastSession(Refusal):
    """It is the last day of the class that still stands."""

    code = "last-session"


class NoPoints(Refusal):
    """No place was chosen for the next classes, or one twice."""

    code = "no-points"


class NobodyChosen(Refusal):
    """No person was chosen."""

    code = "nobody-chosen"


class ClassHasBegun(Refusal):
    """The class has begun, so nobody is invited to it any more."""

    code = "class-has-begun"


class ChannelNotReady(Refusal):
    """The channel is not set up on this deployment, or invites nobody by itself."""

    code = "channel-not-ready"


class BadWording(Refusal):
    """The words of a message have a hole that nothing fills, or are too long."""

    code = "bad-wording"
