"""What an administrator does for an officer who forgot a password or lost a phone."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.accounts import actions
from jembol.desk.accounts import back_to, officer_within
from jembol.desk.reasons import Question, ReasonForm, answered
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.pages import show


class PasswordForm(ReasonForm):
    """A new password, with the reason."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        help_text=gettext_lazy("At least ten signs. The officer changes it after signing in."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ("password", "why")


@writes("accounts.change")
def password_create(request: OfficerRequest, officer_id: int) -> HttpResponse:
    """Give an officer a new password; everything signed in under the old one ends."""
    officer = officer_within(request, officer_id)
    link, name = back_to(officer)
    form = PasswordForm(sent(request))
    if form.is_valid():
        with refusals_into(form):
            actions.set_password(officer=officer, by=request.by, **form.cleaned_data)
            messages.success(request, _("The new password holds from now on."))
            return redirect(link)
    context = {
        "title": _("New password"),
        "lead": name,
        "form": form,
        "submit": _("Set the password"),
        "back": {"link": link, "title": name},
    }
    return show(request, "ui/form.html", context)


@writes("accounts.change")
def second_step_removal_create(request: OfficerRequest, officer_id: int) -> HttpResponse:
    """Remove the second step of an officer who lost the phone and the recovery codes."""
    officer = officer_within(request, officer_id)
    question = Question(
        title=_("Remove the second step"),
        lead=officer.name,
        submit=_("Remove it"),
        done=_("The officer signs in with the password alone, until a new second step is set."),
        back=back_to(officer),
    )
    return answered(
        request,
        question,
        lambda why: actions.reset_second_factor(officer=officer, by=request.by, why=why),
    )


paths = [
    path("petugas/<int:officer_id>/sandi/", password_create, name="password_create"),
    path(
        "petugas/<int:officer_id>/langkah-kedua/",
        second_step_removal_create,
        name="second_step_removal_create",
    ),
]
