"""What outreach refuses."""

from jembol.kit.refusal import Refusal


class VisitUnreadable(Refusal):
    """A visit does not say what it must."""

    code = "visit-unreadable"


class FormUnreadable(Refusal):
    """A workbook holds no form that a visit can ask."""

    code = "form-unreadable"


class FormNotShown(Refusal):
    """A form is not being asked, or this version of it is asked already."""

    code = "form-not-shown"
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


class HandoverRefused(Refusal):
    """What is open in an area cannot pass to this officer, or has passed already."""

    code = "handover-refused"
