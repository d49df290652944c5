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


class NoSuchClass(Refusal):
    """No class within the actor's duty has this number."""

    code = "no-such-class"


class ScanUnreadable(Refusal):
    """A scan does not say what it must."""

    code = "scan-unreadable"


class ScanSettled(Refusal):
    """Somebody has settled the scan already."""

    code = "scan-settled"
