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
