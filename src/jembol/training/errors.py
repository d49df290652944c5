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


class RuleInUse(Refusal):
    """People are on the list already, or seats were drawn, so this part of the rule stands."""

    code = "rule-in-use"


class BadRule(Refusal):
    """The rule contradicts itself."""

    code = "bad-rule"


class NotByTheRule(Refusal):
    """The seats of the class are given by its published rule, and this is not its way."""

    code = "not-by-the-rule"


class NoRule(Refusal):
    """The class has no published rule."""

    code = "no-rule"


class NotEligible(Refusal):
    """A condition of the class is not met."""

    code = "not-eligible"


class RegistrationNotOpen(Refusal):
    """The registration window has not opened yet, or is closed."""

    code = "registration-not-open"


class QuotaReached(Refusal):
    """A quota of the class leaves no seat for these people."""

    code = "quota-reached"


class AlreadyWaiting(Refusal):
    """The person or group is on the list of the class already."""

    code = "already-waiting"


class OfferOver(Refusal):
    """The offer was answered before, or its time ran out."""

    code = "offer-over"


class NotOnTheList(Refusal):
    """The entry has ended: it has a seat, or it left."""

    code = "not-on-the-list"


class NotInTheGroup(Refusal):
    """Somebody who was ticked is no member of the group."""

    code = "not-in-the-group"


class HasAnOffer(Refusal):
    """A seat is offered to the person already; it only needs to be accepted."""

    code = "has-an-offer"


class CommittedBefore(Refusal):
    """The digest of the secret is published already and cannot be exchanged."""

    code = "committed-before"


class NotCommitted(Refusal):
    """No digest of a secret was published before registration closed."""

    code = "not-committed"


class NotYetClosed(Refusal):
    """Registration is still open, so nothing can be drawn."""

    code = "not-yet-closed"


class AlreadyDrawn(Refusal):
    """The seats of the class were drawn already."""

    code = "already-drawn"
