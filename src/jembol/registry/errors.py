"""Refusals of the register; each names the fact."""

from typing import ClassVar

from jembol.kit.refusal import Refusal


class ValueMissing(Refusal):
    """A field that must hold something is blank."""

    code: ClassVar[str] = "value-missing"


class TextTooLong(Refusal):
    """A text has more signs than its place."""

    code: ClassVar[str] = "text-too-long"


class TextUnreadable(Refusal):
    """A text holds signs that cannot be stored."""

    code: ClassVar[str] = "text-unreadable"


class ChoiceUnknown(Refusal):
    """A value is none of a closed list."""

    code: ClassVar[str] = "choice-unknown"


class PhoneUnreadable(Refusal):
    """A text is no telephone number."""

    code: ClassVar[str] = "phone-unreadable"


class NibUnreadable(Refusal):
    """A text is no NIB."""

    code: ClassVar[str] = "nib-unreadable"


class KbliUnreadable(Refusal):
    """A text is no KBLI code."""

    code: ClassVar[str] = "kbli-unreadable"


class KbliWithoutEdition(Refusal):
    """A KBLI code stands without its edition, or an edition without a code."""

    code: ClassVar[str] = "kbli-without-edition"


class DayInFuture(Refusal):
    """A day that must have been lies ahead."""

    code: ClassVar[str] = "day-in-future"


class ReasonMissing(Refusal):
    """A number was to be read whole, or a row removed, without a reason."""

    code: ClassVar[str] = "reason-missing"


class NumberUnknown(Refusal):
    """There is no NIK or KK to show."""

    code: ClassVar[str] = "number-unknown"


class ChangedMeanwhile(Refusal):
    """Somebody else changed the row; `params` holds both values of each field."""

    code: ClassVar[str] = "changed-meanwhile"


class NotTheOwner(Refusal):
    """The person does not own the enterprise on that day."""

    code: ClassVar[str] = "not-the-owner"


class AlreadyOwner(Refusal):
    """The person owns the enterprise already."""

    code: ClassVar[str] = "already-owner"


class EndsTooEarly(Refusal):
    """Something would end before it began."""

    code: ClassVar[str] = "ends-too-early"


class AlreadyMember(Refusal):
    """The person is in the group already."""

    code: ClassVar[str] = "already-member"


class NotAMember(Refusal):
    """The person is not in the group."""

    code: ClassVar[str] = "not-a-member"


class AlreadyInHousehold(Refusal):
    """The person is counted to that household already."""

    code: ClassVar[str] = "already-in-household"


class NotInHousehold(Refusal):
    """The person is counted to no household."""

    code: ClassVar[str] = "not-in-household"


class ConsentTextTaken(Refusal):
    """That version of a consent text was published with other words."""

    code: ClassVar[str] = "consent-text-taken"


class AlreadyConsented(Refusal):
    """The person's yes to that text stands."""

    code: ClassVar[str] = "already-consented"


class NothingToWithdraw(Refusal):
    """The person has no standing consent for that purpose."""

    code: ClassVar[str] = "nothing-to-withdraw"


class StillInUse(Refusal):
    """Other rows hang on the row that was to be removed."""

    code: ClassVar[str] = "still-in-use"
