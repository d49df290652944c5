"""Who may open a view, and whether it may write: one decorator stands on every view.

`@reads` lets a view look and nothing else: the database refuses its writes. `@writes` lets it act.
Both give the request the officer, the reach of the permission, and the `By` that actions ask for.
`@open_to_all` marks the citizens' pages. A test walks every address and fails on a bare view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.journal.by import By, DoorWord
from jembol.journal.record import Entry, record_many
from jembol.kit.reach import Reach
from jembol.ui.once import answered_once
from jembol.ui.refusing import refuse_json

if TYPE_CHECKING:
    from datetime import date

Rest = ParamSpec("Rest")

# A page about the officer's own account asks for no permission and reaches no rows.
ANY_OFFICER = "any officer"
EVERYBODY = "everybody"


class SignedIn(Protocol):
    """What the page kit asks of whoever is signed in."""

    pk: int
    name: str

    def reach(self, permission: str, on: date) -> Reach:
        """Return where this person may do this."""
        ...


class OfficerRequest(HttpRequest):
    """A request after its guard: who asks, as what, and how far that reaches."""

    officer: SignedIn
    reach: Reach
    by: By
    readings: list[Entry]
    """Facts about what was read here; the guard journals them when the view has answered."""


class CitizenRequest(HttpRequest):
    """A request of somebody who did not sign in."""

    by: By


View = Callable[Concatenate[Any, Rest], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Guard:
    """What a view asks for; kept on the view for the tests that walk all addresses."""

    permission: str
    writes: bool
    others: tuple[str, ...] = ()
    """Permissions that let in as well."""


class WriteRefused(RuntimeError):
    """A view that only reads tried to write: a fault of the program."""


def _only_selects(
    execute: Callable[..., Any],
    sql: str,
    params: Any,
    many: bool,  # noqa: FBT001 - the signature that Django calls
    context: Any,
) -> Any:
    if (
        not sql.lstrip("( \n")
        .upper()
        .startswith(("SELECT", "WITH", "EXPLAIN", "DECLARE", "PRAGMA"))
    ):
        raise WriteRefused(f"a reading view tried: {sql.split(maxsplit=1)[0]}")
    return execute(sql, params, many, context)


@contextmanager
def reading_only() -> Iterator[None]:
    """Refuse everything but SELECT on the database while inside."""
    with connection.execute_wrapper(_only_selects):
        yield


def _to_sign_in(request: HttpRequest, *, is_json: bool = False) -> HttpResponseBase:
    """Lead to the sign-in; a part of a page cannot hold it, so the whole page goes there."""
    if is_json:
        return refuse_json(401, "sign-in", _("Sign in. What is on this phone is kept until then."))
    answer = redirect_to_login(request.get_full_path())
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": answer.url})
    return answer


def _admit(request: Any, permissions: Sequence[str], door: DoorWord = "desk") -> None:
    now = timezone.now()
    request.officer = request.user
    request.reach = Reach.nowhere()
    if ANY_OFFICER not in permissions:
        for permission in permissions:
            request.reach |= request.user.reach(permission, timezone.localdate(now))
        if not request.reach:
            raise PermissionDenied
    request.by = By(
        kind="officer",
        id=request.user.pk,
        label=request.user.name,
        at=now,
        door=door,
        reach=request.reach,
    )


def _refused(
    request: Any, permissions: Sequence[str], door: DoorWord, *, is_json: bool
) -> HttpResponseBase | None:
    """Admit the officer; return what a script is told whose officer may not."""
    try:
        _admit(request, permissions, door)
    except PermissionDenied:
        if not is_json:
            raise
        return refuse_json(
            403, "no-duty", _("Your role does not include this. Ask the administrator.")
        )
    return None


def _under(guard: Guard, view: Any) -> View[Rest]:
    view.guard = guard
    return cast("View[Rest]", view)


def _not_allowed(methods: list[str], *, is_json: bool) -> HttpResponseBase:
    if not is_json:
        return HttpResponseNotAllowed(methods)
    answer = refuse_json(405, "method", _("This address is asked in another way."))
    answer.headers["Allow"] = ", ".join(methods)
    return answer


def reads(
    permission: str, *, door: DoorWord = "desk", is_json: bool = False
) -> Callable[[View[Rest]], View[Rest]]:
    """Let officers with this permission look (GET and HEAD); the database refuses writes.

    Args:
        permission: What an officer needs.
        door: How the journal names the interface.
        is_json: Whether a script asks: it is refused in JSON, and never led to another page.
    """

    def guard(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: Any, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request, is_json=is_json)
            if request.method not in {"GET", "HEAD"}:
                return _not_allowed(["GET", "HEAD"], is_json=is_json)
            if refusal := _refused(request, [permission], door, is_json=is_json):
                return refusal
            request.readings = []
            with reading_only():
                response = view(request, *args, **kwargs)
            if request.readings:
                with transaction.atomic():
                    record_many(request.readings)
            return response

        return _under(Guard(permission, writes=False), guarded)

    return guard


def writes(
    permission: str,
    *others: str,
    door: DoorWord = "desk",
    is_json: bool = False,
    methods: Sequence[str] = ("GET", "HEAD", "POST"),
) -> Callable[[View[Rest]], View[Rest]]:
    """Let officers with this permission see a form and send it (GET, HEAD, POST); see `reads`.

    Args:
        permission: What an officer needs.
        others: What lets an officer in as well; the reach is all of theirs together, so the view
            leaves it to what acts to ask for each by itself.
        door: How the journal names the interface.
        is_json: Whether a script asks.
        methods: How the address is asked.
    """

    def guard(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: Any, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request, is_json=is_json)
            if request.method not in methods:
                return _not_allowed(list(methods), is_json=is_json)
            if refusal := _refused(request, [permission, *others], door, is_json=is_json):
                return refusal
            return answered_once(request, lambda: view(request, *args, **kwargs))

        return _under(Guard(permission, writes=True, others=others), guarded)

    return guard


def open_to_all(view: View[Rest]) -> View[Rest]:
    """Let everybody in; the view itself bounds what is public."""

    @wraps(view)
    def guarded(request: Any, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        request.by = By(
            kind="citizen",
            id=None,
            label="",
            at=timezone.now(),
            door="public",
            reach=Reach.everywhere(),
        )
        if request.method == "POST":
            return answered_once(request, lambda: view(request, *args, **kwargs))
        with reading_only():
            return view(request, *args, **kwargs)

    return _under(Guard(EVERYBODY, writes=True), guarded)
