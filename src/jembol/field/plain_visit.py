"""A visit as a plain form: the body of one record, where no script runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from jembol.field.plain_form import faults_of
from jembol.outreach.choices import NeedKind, ReferralKind, VisitOutcome
from jembol.registry.models import Person

if TYPE_CHECKING:
    from django.http import QueryDict

    from jembol.kit.reach import Reach
    from jembol.ui.area_form import Choices

KIND: Final = "outreach.visit"


class VisitForm(forms.Form):
    """What was found and said at a door."""

    person = forms.IntegerField(label=_("Person"), required=False)
    area = forms.TypedChoiceField(label=_("Kelurahan"), coerce=int, required=False)
    outcome = forms.ChoiceField(label=_("How it went"), choices=VisitOutcome.choices)
    needs = forms.MultipleChoiceField(label=_("Needs"), choices=NeedKind.choices, required=False)
    need_words = forms.CharField(label=_("In their words"), max_length=300, required=False)
    advice = forms.CharField(label=_("Advice given"), max_length=1000, required=False)
    referrals = forms.MultipleChoiceField(
        label=_("Sent on"), choices=ReferralKind.choices, required=False
    )
    promise = forms.CharField(label=_("What was promised"), max_length=300, required=False)
    due_on = forms.DateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        """Offer these areas and no others."""
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "–"), *areas]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a visit that was nowhere, and half a promise."""
        told = super().clean() or {}
        if not told.get("person") and not told.get("area"):
            self.add_error("area", _("Choose a person, or where it was."))
        if bool(told.get("promise")) != bool(told.get("due_on")):
            self.add_error("due_on", _("A promise has words and a day."))
        return told


def read(typed: QueryDict, areas: Choices, reach: Reach) -> tuple[dict[str, Any] | None, list[str]]:
    """Return the body of an `outreach.visit` record, or what is wrong in words."""
    form = VisitForm(typed, areas=areas)
    if not form.is_valid():
        return None, faults_of(form)
    told = form.cleaned_data
    person = None
    if told["person"]:
        person = Person.objects.within(reach).filter(pk=told["person"]).first()
        if person is None:
            return None, [str(_("This person does not live in your areas."))]
    body = {
        "area": person.area_id if person else told["area"],
        "person": {"key": person.pk} if person else None,
        "enterprise": None,
        "outcome": told["outcome"],
        "needs": [{"kind": kind, "words": told["need_words"]} for kind in told["needs"]],
        "advice": told["advice"],
        "referrals": [{"kind": kind, "words": ""} for kind in told["referrals"]],
        "promise": (
            {"words": told["promise"], "due_on": told["due_on"].isoformat()}
            if told["promise"]
            else None
        ),
        "kept": [],
        "position": None,
        "forms": [],
        "photos": [],
        "stop": None,
    }
    return body, []
