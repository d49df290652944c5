"""The only door for writes about officers and their duties."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.accounts import errors, events
from jembol.accounts.choices import Role
from jembol.accounts.models import Duty, Officer
from jembol.accounts.permissions import areas_answered_for
from jembol.accounts.queries import has_administrator
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.area import AreaCode
from jembol.kit.text import clean_line
from jembol.places.models import Area

_USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")


@dataclass(frozen=True, slots=True)
class Charge:
    """A role in an area from a day on, as `assign` takes it."""

    role: str
    area: Area
    starts_on: date


def appoint(
    *,
    username: str,
    name: str,
    password: str,
    by: By,
    phone: str = "",
    email: str = "",
    charge: Charge | None = None,
) -> Officer:
    """Give somebody an account, with the first duty or none; without one they may do nothing yet.

    Raises:
        UnknownRole: no role has the name of the charge.
        UsernameUnusable: the sign-in name has signs that are hard to type or to tell apart.
        UsernameTaken: another officer has it.
        NameMissing: the officer has no name.
        WeakPassword: the password is too easy to guess.
        OutOfReach: the actor reaches no area, or not that of the charge.
    """
    officer = Officer(
        username=_usable(username),
        name=clean_line(name),
        phone=clean_line(phone),
        email=clean_line(email),
        joined_at=by.at,
    )
    if not officer.name:
        raise errors.NameMissing(_("The officer has no name. Write it in full."), field="name")
    # A hash takes a good part of a second, and the transaction below holds up other writers.
    officer.password = _hashed(password, officer)
    return _keep_officer(officer, charge, by)


def _usable(username: str) -> str:
    """Return the name in small letters, so that no two differ by case alone."""
    folded = username.strip().lower()
    if not _USERNAME.fullmatch(folded):
        raise errors.UsernameUnusable(
            _(
                "“%(username)s” cannot be a sign-in name. Use 3 to 60 letters a to z, digits, "
                "dots, hyphens or underscores, and begin with a letter or digit."
            )
            % {"username": username},
            field="username",
        )
    return folded


def _hashed(password: str, officer: Officer) -> str:
    try:
        validate_password(password, user=officer)
    except ValidationError as problem:
        raise errors.WeakPassword(" ".join(problem.messages), field="password") from problem
    return make_password(password)


@transaction.atomic
def _keep_officer(officer: Officer, charge: Charge | None, by: By) -> Officer:
    home = _home(by)
    if Officer.objects.filter(username=officer.username).exists():
        raise errors.UsernameTaken(
            _("Another officer signs in as “%(username)s”. Choose another name.")
            % {"username": officer.username},
            field="username",
        )
    officer.save(force_insert=True)
    details = {"username": officer.username, "name": officer.name}
    record(events.OFFICER_APPOINTED, about=officer, by=by, area=home, details=details)
    if charge:
        assign(
            officer=officer, role=charge.role, area=charge.area, starts_on=charge.starts_on, by=by
        )
    return officer


def _home(by: By) -> int:
    """Return the first area that the actor reaches, in whose journal the fact stands.

    Raises:
        OutOfReach: the actor reaches no area.
    """
    if not by.reach:
        by.must_cover(AreaCode.nation().key)
    return by.reach.spans[0][0]


@transaction.atomic
def assign(*, officer: Officer, role: str, area: Area, starts_on: date, by: By) -> Duty:
    """Charge an officer with a role in an area, from a day on.

    Raises:
        UnknownRole: no role has this name.
        OfficerInactive: the officer is deactivated.
        DutyStands: the officer holds this role there at that time already.
        OutOfReach: the actor does not reach the area.
    """
    by.must_cover(area.key)
    held = _role(role)
    now = _locked(officer)
    if not now.is_active:
        raise _inactive(now)
    same = Duty.objects.filter(officer=now, role=held, area=area)
    if same.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)).exists():
        raise errors.DutyStands(
            _("%(officer)s is %(role)s in %(area)s at that time already. End that duty first.")
            % {"officer": now.name, "role": held.label, "area": area.name},
            field="area",
        )
    duty = Duty.objects.create(officer=now, role=held, area=area, starts_on=starts_on)
    details = {"officer": now.username, "role": held, "starts_on": starts_on.isoformat()}
    record(events.DUTY_ASSIGNED, about=duty, by=by, area=area, details=details)
    return duty


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError as problem:
        raise errors.UnknownRole(
            _("There is no role “%(role)s”. Choose one of: %(roles)s.")
            % {"role": name, "roles": ", ".join(Role.values)},
            field="role",
        ) from problem


@transaction.atomic
def relieve(*, duty: Duty, ends_on: date, by: By, why: str = "") -> Duty:
    """End a duty: on `ends_on` it stands no more.

    Raises:
        DutyNotStanding: it has ended by then, or begins later.
        LastAdministrator: its area would have no administrator.
        OutOfReach: the actor does not reach the area.
    """
    by.must_cover(duty.area_id)
    _locked(duty.officer)
    now = Duty.objects.select_related("officer", "area").get(pk=duty.pk)
    if ends_on < now.starts_on or (now.ends_on is not None and now.ends_on <= ends_on):
        raise errors.DutyNotStanding(
            _("The duty of %(officer)s cannot end on %(day)s: it runs from %(first)s to %(last)s.")
            % {
                "officer": now.officer.name,
                "day": ends_on,
                "first": now.starts_on,
                "last": now.ends_on or "…",
            },
            field="ends_on",
        )
    _must_leave_an_administrator([now], on=ends_on)
    before, now.ends_on = now.ends_on, ends_on
    now.save(update_fields=["ends_on"])
    details = {
        "officer": now.officer.username,
        "role": now.role,
        "ends_on": [before.isoformat() if before else None, ends_on.isoformat()],
    }
    record(events.DUTY_RELIEVED, about=now, by=by, area=now.area, why=why, details=details)
    return now


@transaction.atomic
def deactivate(*, officer: Officer, by: By, why: str) -> Officer:
    """Close an account: its sessions end at once, its duties rest until it is reinstated.

    Raises:
        OfficerInactive: it is closed already.
        OwnAccount: the actor is this officer.
        LastAdministrator: an area would have no administrator.
        OutOfReach: the officer answers for an area outside the actor's.
    """
    now = _managed(officer, by)
    if not now.is_active:
        raise _inactive(now)
    if by.kind == "officer" and by.id == now.pk:
        raise errors.OwnAccount(
            _("You cannot deactivate your own account. Ask another administrator.")
        )
    on = timezone.localdate(by.at)
    duties = Duty.objects.standing(on).filter(officer=now).select_related("area").order_by("pk")
    _must_leave_an_administrator(list(duties), on=on)
    _set_active(now, is_active=False)
    _end_sessions(now)
    record(
        events.OFFICER_DEACTIVATED, about=now, by=by, area=_place_of(now, by), why=why,
        details={"is_active": [True, False]},
    )  # fmt: skip
    return now


@transaction.atomic
def reinstate(*, officer: Officer, by: By, why: str = "") -> Officer:
    """Open a closed account again.

    Raises:
        OfficerActive: it is open.
        OutOfReach: the officer answers for an area outside the actor's.
    """
    now = _managed(officer, by)
    if now.is_active:
        raise errors.OfficerActive(
            _("The account of %(officer)s is active already.") % {"officer": now.name}
        )
    _set_active(now, is_active=True)
    record(
        events.OFFICER_REINSTATED, about=now, by=by, area=_place_of(now, by), why=why,
        details={"is_active": [False, True]},
    )  # fmt: skip
    return now


def set_password(*, officer: Officer, password: str, by: By, why: str) -> Officer:
    """Give an officer who forgot it a new password; all their sessions end.

    Raises:
        WeakPassword: the password is too easy to guess.
        OutOfReach: the officer answers for an area outside the actor's.
    """
    return _keep_password(officer, _hashed(password, officer), by, why)


@transaction.atomic
def _keep_password(officer: Officer, hashed: str, by: By, why: str) -> Officer:
    now = _managed(officer, by)
    now.password = hashed
    now.save(update_fields=["password"])
    _end_sessions(now)
    record(events.PASSWORD_SET, about=now, by=by, area=_place_of(now, by), why=why)
    return now


@transaction.atomic
def reset_second_factor(*, officer: Officer, by: By, why: str) -> Officer:
    """Remove TOTP and recovery codes of an officer who lost both; all their sessions end.

    Raises:
        OwnAccount: the actor is this officer, who removes their own on the page for it.
        OutOfReach: the officer answers for an area outside the actor's.
    """
    now = _managed(officer, by)
    if by.kind == "officer" and by.id == now.pk:
        raise errors.OwnAccount(
            _("Remove your own second factor on the page “two steps”, where you prove it is you.")
        )
    removed, _by_model = Authenticator.objects.filter(user=now).delete()
    _end_sessions(now)
    record(
        events.SECOND_FACTOR_RESET, about=now, by=by, area=_place_of(now, by), why=why,
        details={"removed": removed},
    )  # fmt: skip
    return now


def _managed(officer: Officer, by: By) -> Officer:
    """Return the officer as the database has it, locked, when the actor may manage them."""
    _home(by)
    now = _locked(officer)
    for key in areas_answered_for(now, on=timezone.localdate(by.at)):
        by.must_cover(key)
    return now


def _locked(officer: Officer) -> Officer:
    return Officer.objects.select_for_update(of=("self",)).get(pk=officer.pk)


def _set_active(officer: Officer, *, is_active: bool) -> None:
    officer.is_active = is_active
    officer.save(update_fields=["is_active"])


def _end_sessions(officer: Officer) -> None:
    """Sign the officer out everywhere; otherwise old sessions live again once reinstated."""
    for session in UserSession.objects.filter(user=officer).order_by("pk"):
        session.end()


def _place_of(officer: Officer, by: By) -> int:
    """Return the area in whose journal a fact about this officer stands."""
    keys = areas_answered_for(officer, on=timezone.localdate(by.at))
    return keys[0] if keys else _home(by)


def _inactive(officer: Officer) -> errors.OfficerInactive:
    return errors.OfficerInactive(
        _("The account of %(officer)s is deactivated. Reinstate it first.")
        % {"officer": officer.name}
    )


def _must_leave_an_administrator(duties: Collection[Duty], *, on: date) -> None:
    ending = [duty.pk for duty in duties]
    for duty in duties:
        if duty.role != Role.ADMINISTRATOR:
            continue
        # Two administrators who relieve each other at one moment queue here.
        rivals = Duty.objects.select_for_update(of=("self",)).filter(role=Role.ADMINISTRATOR)
        list(rivals.inside(duty.area).order_by("pk"))
        if not has_administrator(duty.area_id, on=on, without=ending):
            raise errors.LastAdministrator(
                _("%(area)s would have no administrator. Appoint another one first.")
                % {"area": duty.area.name}
            )
