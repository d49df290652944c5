"""What papers refuse."""

from jembol.kit.refusal import Refusal


class UnknownPaper(Refusal):
    """There is no paper of this kind."""

    code = "unknown-paper"


class TemplateBroken(Refusal):
    """The template makes no paper: a line of it cannot be understood."""

    code = "template-broken"


class TemplateTooHeavy(Refusal):
    """Making the paper takes more time or memory than one paper may."""

    code = "template-too-heavy"


class TemplateTooLong(Refusal):
    """The template has more letters than are kept."""

    code = "template-too-long"


class LetterheadIncomplete(Refusal):
    """The letterhead lacks what every paper shows."""

    code = "letterhead-incomplete"


class NotACity(Refusal):
    """Letterheads and templates belong to a city, not to a part of it."""

    code = "not-a-city"
