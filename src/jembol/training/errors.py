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


class ClassNotOver(Refusal):
    """The last day of the class is still to come."""

    code = "class-not-over"


class NobodyEarned(Refusal):
    """Nobody in the class has earned a certificate that is not issued yet."""

    code = "nobody-earned"


class BadTerms(Refusal):
    """A share is above 0 and at most 1, a score from 0 to 100."""

    code = "bad-certificate-rule"


class BadNumberForm(Refusal):
    """The form of numbers has an unknown term, or lacks one that keeps numbers apart."""

    code = "bad-number-form"


class AlreadyRevoked(Refusal):
    """The certificate was revoked before."""

    code = "already-revoked"


class AlreadyReplaced(Refusal):
    """Another certificate was issued in its place, or stands for the person already."""

    code = "already-replaced"


class NoCertificates(Refusal):
    """The class has no certificate that stands."""

    code = "no-certificates"


class BadKey(Refusal):
    """The letters are no key of a test."""

    code = "bad-key"


class BadAnswers(Refusal):
    """The letters are no answers to this test."""

    code = "bad-answers"


class ExamAnswered(Refusal):
    """Somebody answered the test, so its key stays."""

    code = "exam-answered"


class AlreadyAnswered(Refusal):
    """The person answered the test already."""

    code = "already-answered"


class OffTheScale(Refusal):
    """A scale runs from 1 to 5."""

    code = "off-the-scale"


class NotAMaterial(Refusal):
    """A material is one file, or one address."""

    code = "not-a-material"


class NotAPicture(Refusal):
    """The file cannot be read as a picture."""

    code = "not-a-picture"


class NotYetDue(Refusal):
    """The class is not over for so long."""

    code = "not-yet-due"


class AlreadyAsked(Refusal):
    """The answer for this date is noted."""

    code = "already-asked"


class NobodyChosen(Refusal):
    """Nobody was chosen."""

    code = "nobody-chosen"


class DidNotCome(Refusal):
    """The person was not noted as present on that day."""

    code = "did-not-come"


class NotNumbered(Refusal):
    """Papers of this kind get no number."""

    code = "not-numbered"


class CostPaid(Refusal):
    """A payment is noted for the line of the plan."""

    code = "cost-paid"


class RuleInUse(Refusal):
    """People are on the list already, or seats were drawn, so this part of the rule stands."""

    code = "rule-in-use"


class BadRule(Refusal):
    """The rule contradicts itself."""

    code = "bad-terms"


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


class NoSuchClass(Refusal):
    """No class within the actor's duty has this number."""

    code = "no-such-class"


class ScanUnreadable(Refusal):
    """A scan does not say what it must."""

    code = "scan-unreadable"


class ScanSettled(Refusal):
    """Somebody has settled the scan already."""

    code = "scan-settled"


class ClassHasBegun(Refusal):
    """The class has begun, so nobody is invited to it any more."""

    code = "class-has-begun"


class ChannelNotReady(Refusal):
    """The channel is not set up on this deployment, or invites nobody by itself."""

    code = "channel-not-ready"


class BadWording(Refusal):
    """The words of a message have a hole that nothing fills, or are too long."""

    code = "bad-wording"


class NotTogether(Refusal):
    """The seats of these classes cannot be given at once."""

    code = "not-together"


class MentorJudged(Refusal):
    """People have said what they think of the mentor, who therefore gave the class."""

    code = "mentor-judged"
