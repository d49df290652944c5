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


class FigureImpossible(Refusal):
    """An amount, a number, a year or a place is none that can be."""

    code: ClassVar[str] = "figure-impossible"


class DayInFuture(Refusal):
    """A day that must have been lies ahead."""

    code: ClassVar[str] = "day-in-future"


class ReasonMissing(Refusal):
    """A number was to be read whole, or a row removed, without a reason."""

    code: ClassVar[str] = "reason-missing"


class NumberUnknown(Refusal):
    """There is no NIK or KK to show."""

    code: ClassVar[str] = "number-unknown"


class NikUnreadable(Refusal):
    """Digits are no NIK."""

    code: ClassVar[str] = "nik-unreadable"


class DayUnreadable(Refusal):
    """A text is no day."""

    code: ClassVar[str] = "day-unreadable"


class NobodyThere(Refusal):
    """There is no such person or enterprise in the officer's areas."""

    code: ClassVar[str] = "nobody-there"


class ChangeUnreadable(Refusal):
    """What a phone sent does not say what it must."""

    code: ClassVar[str] = "change-unreadable"


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


class SomebodyAlike(Refusal):
    """The register may hold the person already; `params["found"]` are the candidates."""

    code: ClassVar[str] = "somebody-alike"


class AnsweredMeanwhile(Refusal):
    """Somebody else answered what was asked."""

    code: ClassVar[str] = "answered-meanwhile"


class AnswerSettled(Refusal):
    """An answer is no longer the last one about its pair, or was another officer's."""

    code: ClassVar[str] = "answer-settled"


class OwnAccept(Refusal):
    """Who accepted a merge was to judge whether it was right."""

    code: ClassVar[str] = "own-accept"


class KnownDifferent(Refusal):
    """Somebody judged the two, or members of the two, to be different."""

    code: ClassVar[str] = "known-different"


class AlreadyOne(Refusal):
    """The two are one already."""

    code: ClassVar[str] = "already-one"


class SettledMeanwhile(Refusal):
    """Somebody answered the pair otherwise; `params` says who and what."""

    code: ClassVar[str] = "settled-meanwhile"


class AlreadyUndone(Refusal):
    """The merge was undone before."""

    code: ClassVar[str] = "already-undone"


class WithItself(Refusal):
    """A record was to be compared or merged with itself."""

    code: ClassVar[str] = "with-itself"


class NotTaken(Refusal):
    """A field that no survivor takes over."""

    code: ClassVar[str] = "not-taken"


class ShareImpossible(Refusal):
    """A probability or a share is none that can be, or two of them contradict each other."""

    code: ClassVar[str] = "share-impossible"


class TooLate(Refusal):
    """The time in which something could be taken back is over."""

    code: ClassVar[str] = "too-late"
