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
