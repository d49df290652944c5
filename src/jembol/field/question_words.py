"""What the questions of a city's own form say by themselves, for the words of a phone's page."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

QUESTION_WORDS: Final[dict[str, str | Promise]] = {
    "question-place": _("The place of the visit is used."),
    "question-photo": _("The photographs of the visit are used."),
    "question-optional": _("(optional)"),
    "question-required": _("This needs an answer."),
    "question-constraint": _("This answer does not fit. Check it and write it again."),
    "question-not-a-number": _("Write a number, such as 12 or 2,5."),
    "question-not-whole": _("Write a whole number, such as 12."),
    "question-not-a-day": _("Choose a day."),
    "question-not-an-hour": _("Write an hour, such as 08:30."),
    "question-not-a-choice": _("Choose one of these."),
    "question-nik": _(
        "This looks like a NIK. Write it where the person is enrolled, not here; the office keeps "
        "only its ends."
    ),
    "question-too-long": _("This is too long. Write at most 2,000 signs."),
}
