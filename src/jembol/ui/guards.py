"""Who may open a view, and whether it may write: one decorator stands on every view.

`@reads` lets a view look and nothing else: the database refuses its writes. `@writes` lets it act.
Both give the request the officer, the reach of the permission, and the `By` that actions ask for.
`@open_to_all` marks the citizens' pages. A test walks every address and fails on a bare view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils import timezone

from jembol.journal.by import By
from jembol.journal.record import Entry, record_many
from jembol.kit.reach import Reach
from jembol.ui.once import answered_once

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


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Lead to the sign-in; a part of a page cannot hold it, so the whole page goes there."""
    answer = redirect_to_login(request.get_full_path())
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": answer.url})
    return answer


def _admit(request: Any, permission: str) -> None:
    now = timezone.now()
    request.officer = request.user
    request.reach = Reach.nowhere()
    if permission != ANY_OFFICER:
        request.reach = request.user.reach(permission, timezone.localdate(now))
        if not request.reach:
            raise PermissionDenied
    request.by = By(
        kind="officer",
        id=request.user.pk,
        label=request.user.name,
        at=now,
        door="desk",
        reach=request.reach,
    )


def _under(guard: Guard, view: Any) -> View[Rest]:
    view.guard = guard
    return cast("View[Rest]", view)


def reads(permission: str) -> Callable[[View[Rest]], View[Rest]]:
    """Let officers with this permission look (GET and HEAD); the database refuses writes."""

    def guard(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: Any, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if request.method not in {"GET", "HEAD"}:
                return HttpResponseNotAllowed(["GET", "HEAD"])
            _admit(request, permission)
            request.readings = []
            with reading_only():
                response = view(request, *args, **kwargs)
            if request.readings:
                with transaction.atomic():
                    record_many(request.readings)
            return response

        return _under(Guard(permission, writes=False), guarded)

    return guard


def writes(permission: str) -> Callable[[View[Rest]], View[Rest]]:
    """Let officers with this permission see a form and send it (GET, HEAD, POST)."""

    def guard(view: View[Rest]) -> View[Rest]:
        @wraps(view)
        def guarded(request: Any, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if request.method not in {"GET", "HEAD", "POST"}:
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            _admit(request, permission)
            return answered_once(request, lambda: view(request, *args, **kwargs))

        return _under(Guard(permission, writes=True), guarded)

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
