"""Who may do what with a class."""

from datetime import date

from jembol.accounts.models import Officer
from jembol.training.models import Class


def may_change(officer: Officer, training_class: Class, on: date) -> bool:
    """Whether the officer runs classes where this one is given."""
    return officer.reach("training.change", on).covers(training_class.area_id)


def may_take_roll(officer: Officer, training_class: Class, on: date) -> bool:
    """Whether the officer may note who came.

    Being its mentor is not enough: the names are people's data, and the area of duty bounds them.
    """
    return officer.reach("training.attend", on).covers(training_class.area_id)
