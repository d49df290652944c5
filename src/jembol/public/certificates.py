"""Checking a certificate: whoever holds one, or its code, learns whether it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.public.looking import may_look
from jembol.training import queries
from jembol.training.rules import code_read, grouped
from jembol.ui.forms import sent
from jembol.ui.guards import CitizenRequest, open_to_all
from jembol.ui.pages import show
from jembol.ui.refusing import refuse

if TYPE_CHECKING:
    from jembol.training.queries import Checked


class CodeForm(forms.Form):
    """The code that stands on a certificate."""

    code = forms.CharField(
        label=gettext_lazy("Code on the certificate"),
        max_length=40,
        help_text=gettext_lazy("Twelve signs below the QR code, for example K7QM-2F9X-R4TB"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


@open_to_all
def certificate_check(request: CitizenRequest) -> HttpResponse:
    """Ask for the code of a certificate."""
    form = CodeForm(sent(request))
    if form.is_valid():
        code = code_read(form.cleaned_data["code"])
        if code is not None:
            return redirect("public:certificate_detail", code=grouped(code))
        form.add_error("code", _("A code has twelve signs. Look at it again and type it anew."))
    context = {"title": _("Check a certificate"), "form": form, "unknown": ""}
    return show(request, "public/certificate_check.html", context)


@open_to_all
def certificate_detail(request: CitizenRequest, code: str) -> HttpResponse:
    """Show what the certificate of this code says, and whether it stands."""
    if not may_look(request, "certificate_check"):
        return refuse(
            request,
            429,
            _("Too many certificates were checked from here in one minute."),
            _("Wait a minute and open the page again."),
        )
    found = queries.checked(code)
    response = _found(request, found) if found else _unknown(request, code)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _found(request: CitizenRequest, found: Checked) -> HttpResponse:
    is_valid = found.revoked_on is None
    title = _("This certificate is valid") if is_valid else _("This certificate was revoked")
    context = {"title": title, "found": found, "is_valid": is_valid, "code": grouped(found.code)}
    return show(request, "public/certificate_detail.html", context)


def _unknown(request: CitizenRequest, code: str) -> HttpResponse:
    context = {
        "title": _("Check a certificate"),
        "form": CodeForm(),
        "unknown": grouped(code_read(code) or "") or code[:40],
    }
    return show(request, "public/certificate_check.html", context, status=404)


paths = [
    path("sertifikat/", certificate_check, name="certificate_check"),
    path("sertifikat/<str:code>/", certificate_detail, name="certificate_detail"),
]
