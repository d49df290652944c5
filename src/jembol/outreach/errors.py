"""What outreach refuses."""

from jembol.kit.refusal import Refusal


class VisitUnreadable(Refusal):
    """A visit does not say what it must."""

    code = "visit-unreadable"


class HoursUnreadable(Refusal):
    """The hours of an officer or a service day do not follow each other."""

    code = "hours-unreadable"


class NotAMonday(Refusal):
    """A week begins on a Monday that is not past."""

    code = "not-a-monday"


class NobodyToPlan(Refusal):
    """No officer with a work profile is free in that week."""

    code = "nobody-to-plan"


class PlanChanged(Refusal):
    """Somebody else changed the plan meanwhile."""

    code = "plan-changed"


class PlanNotReady(Refusal):
    """The plan is still being made, or was replaced by a newer one."""

    code = "plan-not-ready"


class MoveNotPossible(Refusal):
    """The stop cannot stand there."""

    code = "move-not-possible"


class NotInThePlan(Refusal):
    """The officer, the day or the stop is not of this plan."""

    code = "not-in-the-plan"


class PastDay(Refusal):
    """The day is past."""

    code = "past-day"


class ServiceDayCancelled(Refusal):
    """The service day was cancelled."""

    code = "service-day-cancelled"


class AlreadyAnswered(Refusal):
    """A need, a referral or a promise was dealt with before."""

    code = "already-answered"


class DayPassed(Refusal):
    """What is set for days to come cannot begin on one that is over."""

    code = "day-passed"


class EstimateImpossible(Refusal):
    """A number, or the area that it speaks of, is none that can be."""

    code = "estimate-impossible"


class WeightImpossible(Refusal):
    """A weight, a share or a promise of days is none that can be."""

    code = "weight-impossible"


class NoSuchVisit(Refusal):
    """There is no such visit in the officer's areas."""

    code = "no-such-visit"


class PhotoUnreadable(Refusal):
    """A photo is announced without what it must say, or is too large."""

    code = "photo-unreadable"


class NoRoom(Refusal):
    """An officer's unfinished photos take more room than is given."""

    code = "no-room"


class OtherContent(Refusal):
    """What came is not what was announced."""

    code = "other-content"


class NotAnRt(Refusal):
    """A link is made for one RT or RW, and a wish is told of one."""

    code = "not-an-rt"


class DoorClosed(Refusal):
    """The link leads nowhere any more."""

    code = "rt-door-closed"


class TooManyWishes(Refusal):
    """The RT waits for answers to as many wishes as the city allows."""

    code = "too-many-wishes"


class NamesANumber(Refusal):
    """The words hold what may be a NIK or a telephone number."""

    code = "names-a-number"


class BadPeople(Refusal):
    """The number of people is none that an RT can have."""

    code = "bad-people"


class BadYear(Refusal):
    """A wish is for a year that can be planned."""

    code = "bad-year"


class WishClosed(Refusal):
    """The wish was withdrawn, or answered, before."""

    code = "wish-closed"


class NotTheirWish(Refusal):
    """The wish was not told through this link."""

    code = "not-their-wish"


class WishGathered(Refusal):
    """The wish is gathered with others already."""

    code = "wish-gathered"


class WishesUnlike(Refusal):
    """Wishes of several kinds or cities cannot be one answer."""

    code = "wishes-unlike"


class ReplyIncomplete(Refusal):
    """The answer lacks what its kind needs."""

    code = "reply-incomplete"


class BadPolicy(Refusal):
    """A number or a day of the rules cannot be used."""

    code = "bad-wish-policy"
