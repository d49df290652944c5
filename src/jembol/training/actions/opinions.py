"""Take in what people thought of a class."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.training import errors, events
from jembol.training.actions.holding import fitting_in
from jembol.training.models import Class, MentorOpinion, Opinion
from jembol.training.rules.aftermath import STEPS

SCALES = ("useful", "clear", "place")


@transaction.atomic
def give_opinion(
    *,
    training_class: Class,
    scales: Mapping[str, int],
    mentors: Mapping[int, int],
    by: By,
    liked: str = "",
    better: str = "",
    signed: str = "",
) -> Opinion:
    """Keep one opinion; nothing of it leads to a person who did not sign it.

    Args:
        training_class: The class.
        scales: `useful`, `clear` and `place`, 1 to 5 each.
        mentors: How each of the class's mentors explained, by the assignment's key.
        by: The citizen.
        liked: What was good.
        better: What should be better.
        signed: A name, if somebody wants to be asked back.

    Raises:
        OffTheScale: a scale is missing or not from 1 to 5.
        NotOfThisClass: a mentor belongs to another class.
        TextTooLong: a text does not fit.
        TextUnreadable: a text holds signs that cannot be stored.
    """
    _refuse_off_the_scale([*(scales.get(name) for name in SCALES), *mentors.values()])
    _refuse_other_mentors(training_class, mentors)
    opinion = Opinion.objects.create(
        training_class=training_class,
        **{name: scales[name] for name in SCALES},
        liked=fitting_in(Opinion, "liked", liked),
        better=fitting_in(Opinion, "better", better),
        signed=fitting_in(Opinion, "signed", signed),
        on=timezone.localdate(by.at),
    )
    MentorOpinion.objects.bulk_create(
        MentorOpinion(opinion=opinion, mentor_id=key, explained=step)
        for key, step in sorted(mentors.items())
    )
    # About the class, not the opinion: the order of the facts would tell who answered when.
    record(events.OPINION_GIVEN, about=training_class, by=by, area=training_class.area_id)
    return opinion


def _refuse_off_the_scale(given: list[int | None]) -> None:
    if any(step not in STEPS for step in given):
        raise errors.OffTheScale(_("Choose one of the five steps in each line."))


def _refuse_other_mentors(training_class: Class, mentors: Mapping[int, int]) -> None:
    own = set(training_class.mentors.values_list("pk", flat=True))
    if strangers := mentors.keys() - own:
        raise errors.NotOfThisClass(
            _("A mentor on this page belongs to another class. Load the page again."),
            mentors=sorted(strangers),
        )
