"""What outreach refuses."""

from jembol.kit.refusal import Refusal


class VisitUnreadable(Refusal):
    """A visit does not say what it must."""

    code = "visit-unreadable"


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
