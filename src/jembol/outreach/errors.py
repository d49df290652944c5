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


class HandoverRefused(Refusal):
    """What is open in an area cannot pass to this officer, or has passed already."""

    code = "handover-refused"
