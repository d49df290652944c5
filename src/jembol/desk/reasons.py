"""Pages that ask for a reason, or only for the press of a button, and then do one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from jembol.ui.forms import refusals_into, sent
from jembol.ui.pages import show

if TYPE_CHECKING:
    from django.http import HttpResponse

    from jembol.ui.guards import OfficerRequest


class ReasonForm(forms.Form):
    """A reason that goes into the journal, or only the press of the button."""

    why = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, asks: bool = True, label: str = "", **kwargs: Any) -> None:
        """Ask for a reason, or for what the label says, or not."""
        super().__init__(*args, **kwargs)
        if label:
            self.fields["why"].label = label
        if not asks:
            del self.fields["why"]


@dataclass(frozen=True, slots=True)
class Question:
    """What such a page asks.

    Attributes:
        title: The heading.
        lead: Whom or what it is about.
        submit: What the button says.
        done: What is said when it was done.
        back: Address and title of the page from which one came and to which one goes.
        asks: Whether a reason is wanted.
        label: What is asked for, where it is no reason.
    """

    title: str
    lead: str
    submit: str
    done: str
    back: tuple[str, str]
    asks: bool = True
    label: str = ""


def answered(
    request: OfficerRequest, question: Question, act: Callable[[str], object]
) -> HttpResponse:
    """Ask; when answered, do it and lead back."""
    link, name = question.back
    form = ReasonForm(sent(request), asks=question.asks, label=question.label)
    if form.is_valid():
        with refusals_into(form):
            act(form.cleaned_data.get("why", ""))
            messages.success(request, question.done)
            return redirect(link)
    context = {
        "title": question.title,
        "lead": question.lead,
        "form": form,
        "submit": question.submit,
        "back": {"link": link, "title": name},
    }
    return show(request, "ui/form.html", context)
