"""What came of a class: outcomes, answers some time later, groups that stay together."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.registry.actions import form_group, join_many
from jembol.registry.models import Group
from jembol.registry.rules import past_day
from jembol.training import errors, events
from jembol.training.actions.holding import fitting_in, given_in, hold, officer_id
from jembol.training.choices import AfterDays, OutcomeKind, Reached
from jembol.training.models import Class, FollowUp, FormedGroup, Outcome, Registration


@transaction.atomic
def note_outcome(*, registration: Registration, kind: str, what: str, on: date, by: By) -> Outcome:
    """Note what somebody made of a class.

    Raises:
        OutOfReach: the person lives outside the actor's duty.
        DayInFuture: the day lies ahead.
        ValueMissing: it is not said what.
        TextTooLong: the text does not fit.
        TextUnreadable: the text holds signs that cannot be stored.
    """
    by.must_cover(registration.person.area_id)
    outcome = Outcome.objects.create(
        registration=registration,
        kind=OutcomeKind(kind),
        what=given_in(Outcome, "what", what),
        on=past_day(on, today=timezone.localdate(by.at), field="on") or on,
        officer_id=officer_id(by),
        at=by.at,
    )
    record(
        events.OUTCOME_NOTED,
        about=outcome,
        by=by,
        area=registration.person.area_id,
        person_id=registration.person_id,
        details={"kind": outcome.kind, "what": outcome.what, "on": on.isoformat()},
    )
    return outcome


@transaction.atomic
def note_follow_up(
    *,
    registration: Registration,
    after_days: int,
    reached: str,
    by: By,
    uses_it: bool | None = None,
    has_business: bool | None = None,
    monthly_sales: int | None = None,
    words: str = "",
) -> FollowUp:
    """Note what somebody answered some days after a class.

    Args:
        registration: Whose.
        after_days: 30, 90, 180 or 365.
        reached: Value of `Reached`.
        by: Who asked.
        uses_it: Whether what was learned is used; None when not asked.
        has_business: Whether there is a business now; None when not asked.
        monthly_sales: Sales of last month in whole rupiah; None when not known, which is not 0.
        words: What else was said.

    Raises:
        OutOfReach: the person lives outside the actor's duty.
        NotYetDue: the class is not over for so long.
        AlreadyAsked: the answer for this date is noted.
        TextTooLong: the text does not fit.
        TextUnreadable: the text holds signs that cannot be stored.
    """
    by.must_cover(registration.person.area_id)
    _refuse_early(registration.training_class, AfterDays(after_days), timezone.localdate(by.at))
    try:
        with transaction.atomic():
            answer = FollowUp.objects.create(
                registration=registration,
                after_days=AfterDays(after_days),
                reached=Reached(reached),
                uses_it=uses_it,
                has_business=has_business,
                monthly_sales=monthly_sales,
                words=fitting_in(FollowUp, "words", words),
                officer_id=officer_id(by),
                at=by.at,
            )
    except IntegrityError:
        raise errors.AlreadyAsked(
            _("Somebody has noted this answer of %(name)s already. Load the list again.")
            % {"name": registration.person.name}
        ) from None
    record(
        events.FOLLOWED_UP,
        about=answer,
        by=by,
        area=registration.person.area_id,
        person_id=registration.person_id,
        details={"after_days": after_days, "reached": answer.reached},
    )
    return answer


@transaction.atomic
def form_group_out(
    *,
    training_class: Class,
    name: str,
    registrations: Collection[int],
    by: By,
    head: int | None = None,
) -> Group:
    """Form a group of people of a class, who are followed together from now on.

    Args:
        training_class: The class.
        name: The name of the group.
        registrations: Whose people join.
        by: Who forms it.
        head: The registration of its head.

    Raises:
        OutOfReach: the class or one of the people lies outside the actor's duty.
        NobodyChosen: no registration is named.
        NotOfThisClass: a registration is not of this class, or out of the actor's reach.
        ValueMissing: the name is blank.
        TextTooLong: the name does not fit.
        TextUnreadable: the name holds signs that cannot be stored.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    if not registrations:
        raise errors.NobodyChosen(_("Tick the people who form the group."))
    rows = held.registrations.of_people_in(by.reach).filter(pk__in=registrations)
    seats = list(rows.select_related("person").order_by("pk"))
    if len(seats) < len(set(registrations)):
        raise errors.NotOfThisClass(
            _("Someone on this list is not registered for %(title)s. Load the page again.")
            % {"title": held.title}
        )
    group = form_group(name=name, area=held.area, by=by, formed_on=timezone.localdate(by.at))
    memberships = join_many([(group, seat.person) for seat in seats], by=by)
    leading = next((seat.person_id for seat in seats if seat.pk == head), None)
    for membership in memberships:
        if membership.person_id == leading:
            membership.is_head = True
            membership.save(update_fields=["is_head"])
    FormedGroup.objects.create(training_class=held, group=group, at=by.at)
    details = {"class": held.public_id, "group": group.public_id, "people": len(memberships)}
    record(events.GROUP_FORMED_OUT, about=held, by=by, area=held.area_id, details=details)
    return group


def _refuse_early(training_class: Class, after_days: int, today: date) -> None:
    due_on = training_class.ends_on + timedelta(days=after_days)
    if today < due_on:
        raise errors.NotYetDue(
            _("This question is asked from %(on)s on, %(days)d days after the class.")
            % {"on": due_on.isoformat(), "days": after_days},
            field="after_days",
        )
