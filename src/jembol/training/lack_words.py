"""What a paper lacks, in words that also say the remedy."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jembol.training.rules.packs import Lack

WORDS: Final[dict[Lack, str | Promise]] = {
    Lack.NUMBER: _("number of the letter missing"),
    Lack.PEOPLE: _("nobody has a seat yet"),
    Lack.VENUE: _("venue not named"),
    Lack.HOURS: _("hours not known on every day"),
    Lack.ROLL: _("attendance not taken on every day"),
    Lack.TEXT: _("what happened is not written"),
    Lack.HONORARIUM: _("no line of honorarium for a mentor"),
    Lack.PAYMENT: _("payment not noted for every line"),
    Lack.COSTS: _("no cost plan"),
    Lack.BUDGET: _("budget line not named"),
    Lack.ISSUED: _("certificates not issued"),
    Lack.PHOTO: _("no photograph"),
    Lack.SIGNATORY: _("the letterhead names nobody who signs"),
    Lack.HIDDEN: _("people outside your areas are left out"),
}
