"""Enrolling as a plain form: the body of one record, where no script runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from jembol.field.plain_form import faults_of
from jembol.registry.choices import Purpose, Sex
from jembol.ui.area_form import AreaForm, Choices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jembol.registry.models import ConsentText

KIND: Final = "registry.enrol"
YES: Final = "yes"


class EnrolmentForm(AreaForm):
    """Who it is; a name and a place are enough."""

    name = forms.CharField(label=_("Name"), max_length=150)
    phone = forms.CharField(label=_("Phone number"), max_length=30, required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", ""), *Sex.choices], required=False)
    born_on = forms.DateField(label=_("Born on"), required=False)
    nik = forms.RegexField(label="NIK", regex=r"^\d{16}$", required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    enterprise = forms.CharField(label=_("Name of the business"), max_length=150, required=False)
    product = forms.CharField(label=_("What it makes or sells"), max_length=150, required=False)
    witness = forms.CharField(label=_("Witness"), max_length=150, required=False)


def read(
    typed: Mapping[str, str], areas: Choices, texts: Sequence[ConsentText]
) -> tuple[dict[str, Any] | None, list[str]]:
    """Return the body of a `registry.enrol` record, or what is wrong in words."""
    form = EnrolmentForm(typed, choices=areas)
    if not form.is_valid():
        return None, faults_of(form)
    said = {text.purpose: typed.get(f"consent-{text.purpose}", "") for text in texts}
    if said.get(Purpose.PROGRAMME, YES) != YES:
        return None, [str(_("Without a yes to the first text nobody is written down."))]
    told = form.cleaned_data
    born_on = told["born_on"]
    enterprise, product = told["enterprise"], told["product"]
    body = {
        "person": {
            "name": told["name"],
            "area": told["area"],
            "rt": str(told["rt"] or ""),
            "rw": str(told["rw"] or ""),
            "phone": told["phone"],
            "sex": told["sex"],
            "born_on": born_on.isoformat() if born_on else None,
            "nik": told["nik"],
            "address": told["address"],
        },
        "enterprise": _enterprise(enterprise, product) if enterprise or product else None,
        "household": None,
        "consents": [
            {
                "purpose": text.purpose,
                "text": text.pk,
                "given": said[text.purpose] == YES,
                "witness": told["witness"],
                "read_aloud": True,
            }
            for text in texts
            if said[text.purpose]
        ],
        "alike": [],
    }
    return body, []


def _enterprise(name: str, product: str) -> dict[str, str]:
    return {"name": name or product, "activity": "", "product": product, "phone": ""}
