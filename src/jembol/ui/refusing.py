"""Pages that say no: each says what happened and what to do next, and nothing else."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def refuse(request: HttpRequest, status: int, title: str, remedy: str) -> HttpResponse:
    """Answer with the one page for refusals."""
    context = {"title": title, "remedy": remedy, "status": status}
    return render(request, "ui/refused.html", context, status=status)


def refuse_json(status: int, code: str, words: str) -> JsonResponse:
    """Answer a script: a stable word for it, and words for whoever holds the phone."""
    return JsonResponse({"code": code, "words": words}, status=status)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was open too long or came from elsewhere."""
    del reason
    if request.content_type == "application/json":
        return refuse_json(403, "csrf", _("Load the page again. What is on this phone is kept."))
    return refuse(
        request,
        403,
        _("This form has expired."),
        _("Go back, reload the page and send it again. What you typed is still in the form."),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read."""
    del exception
    return refuse(
        request,
        400,
        _("The page could not read this request."),
        _("Go back, check what you typed, and try again."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody whose role does not include this."""
    del exception
    return refuse(
        request,
        403,
        _("Your role does not include this."),
        _("Ask the administrator of your office if you need it for your work."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for what does not exist, or lies outside the areas of duty: both look the same."""
    del exception
    return refuse(
        request,
        404,
        _("There is no such page here."),
        _("It may have been removed, or it belongs to an area that is not yours."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of ours."""
    return refuse(
        request,
        500,
        _("Something broke on our side."),
        _("Nothing you sent was half stored. Try again; if it stays, tell the administrator."),
    )
