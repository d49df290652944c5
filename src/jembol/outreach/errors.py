"""What outreach refuses."""

from jembol.kit.refusal import Refusal


class VisitUnreadable(Refusal):
    """A visit does not say what it must."""

    code = "visit-unreadable"


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
