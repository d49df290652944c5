"""Groups: formed, joined, left, removed."""

from datetime import date

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.ids import IdKind
from jembol.places.models import Area
from jembol.registry import errors, events, rules
from jembol.registry.actions.drawing import draw_ids
from jembol.registry.choices import GroupKind
from jembol.registry.models import Group, Membership, Person
from jembol.registry.queries.identity import members_of


@transaction.atomic
def form_group(
    *, name: str, area: Area, by: By, kind: str = GroupKind.TRAINING, formed_on: date | None = None
) -> Group:
    """Form a group of people.

    Raises:
        OutOfReach: the area lies outside the actor's areas.
        ValueMissing: the name is blank.
        TextTooLong: the name has more than 150 signs.
        TextUnreadable: the name holds NUL or half a character.
        ChoiceUnknown: the kind is none of its list.
        DayInFuture: the day lies ahead.
    """
    by.must_cover(area.key)
    clean = rules.required_line(name, field="name")
    if kind not in GroupKind.values:
        raise errors.ChoiceUnknown(
            _("“%(value)s” is no kind of group. Choose one of: %(known)s.")
            % {"value": kind, "known": ", ".join(GroupKind.values)},
            field="kind",
        )
    group = Group.objects.create(
        public_id=draw_ids(Group.objects.all(), IdKind.GROUP, 1)[0],
        name=clean,
        folded=rules.folded_label(clean),
        kind=kind,
        area=area,
        formed_on=rules.past_day(formed_on, today=timezone.localdate(by.at), field="formed_on"),
        created_at=by.at,
    )
    details = {"public_id": [None, group.public_id], "name": [None, group.name]}
    record(events.GROUP_FORMED, about=group, by=by, area=area, details=details)
    return group


@transaction.atomic
def join(
    *, group: Group, person: Person, by: By, on: date | None = None, is_head: bool = False
) -> Membership:
    """Bring a person into a group from a day on; None when the day is not known.

    Raises:
        OutOfReach: the group or the person stands outside the actor's areas.
        AlreadyMember: the person is in it.
    """
    by.must_cover(group.area_id)
    by.must_cover(person.area_id)
    # Rivals for one place queue at the group.
    held = Group.objects.select_for_update().get(pk=group.pk)
    if held.memberships.filter(person__in=members_of(person), ends_on=None).exists():
        raise errors.AlreadyMember(
            _("%(name)s is in %(group)s already.") % {"name": person.name, "group": held.name},
            field="person",
        )
    membership = Membership.objects.create(group=held, person=person, starts_on=on, is_head=is_head)
    _tell(events.GROUP_JOINED, membership, by, on)
    return membership


@transaction.atomic
def leave(*, group: Group, person: Person, on: date, by: By, why: str = "") -> Membership:
    """End a person's membership on a day; that day is the first without it.

    Raises:
        OutOfReach: the group or the person stands outside the actor's areas.
        NotAMember: the person is not in it.
        EndsTooEarly: the person joined after that day.
    """
    by.must_cover(group.area_id)
    by.must_cover(person.area_id)
    reason = rules.line(why, field="why", longest=1000)
    standing = Membership.objects.select_for_update(of=("self",)).filter(group=group, ends_on=None)
    # Who is in it under two entries leaves with both.
    theirs = list(standing.filter(person__in=members_of(person)).order_by("pk"))
    if not theirs:
        raise errors.NotAMember(
            _("%(name)s is not in %(group)s.") % {"name": person.name, "group": group.name},
            field="person",
        )
    since = max((row.starts_on for row in theirs if row.starts_on), default=None)
    if since is not None and on < since:
        raise errors.EndsTooEarly(
            _("%(name)s joined on %(since)s; choose that day or a later one.")
            % {"name": person.name, "since": since.isoformat()},
            field="on",
        )
    for membership in theirs:
        membership.ends_on = on
        membership.save(update_fields=["ends_on"])
        _tell(events.GROUP_LEFT, membership, by, on, reason)
    return theirs[0]


@transaction.atomic
def remove_group(*, group: Group, by: By, why: str) -> None:
    """Take out a group that nothing names, as when it was formed by mistake.

    Raises:
        OutOfReach: the group stands outside the actor's areas.
        ReasonMissing: no reason is given.
        StillInUse: members or classes name it.
    """
    by.must_cover(group.area_id)
    reason = rules.reason(why)
    key = group.pk
    try:
        with transaction.atomic():
            Group.objects.filter(pk=key).delete()
    except ProtectedError:
        raise errors.StillInUse(
            _("%(group)s has members or classes. Remove those first.") % {"group": group.name},
            public_id=group.public_id,
        ) from None
    record(
        events.GROUP_REMOVED,
        about=("registry.group", key),
        by=by,
        area=group.area_id,
        why=reason,
        details={"public_id": [group.public_id, None], "name": [group.name, None]},
    )


def _tell(event: str, membership: Membership, by: By, on: date | None, why: str = "") -> None:
    group = membership.group
    record(
        event,
        about=group,
        by=by,
        area=group.area_id,
        person_id=membership.person_id,
        why=why,
        details={
            "group": group.public_id,
            "name": group.name,
            "on": on,
            "is_head": membership.is_head,
        },
    )
