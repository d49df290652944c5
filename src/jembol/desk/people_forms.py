"""The form of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jembol.desk.areas import area_initial
from jembol.desk.journal import specific_reach
from jembol.kit.nik import Nik
from jembol.kit.unreadable import Unreadable
from jembol.places import actions as places_actions
from jembol.places.choosing import area_choices
from jembol.registry.choices import Education, Sex
from jembol.ui.area_form import AreaForm
from jembol.ui.forms import DayField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from jembol.places.models import Area
    from jembol.registry.models import Person
    from jembol.ui.guards import OfficerRequest


class PersonForm(AreaForm):
    """A person; only a name and a place are needed."""

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        help_text=_("As the person writes it, titles and all. One word is enough."),
    )
    phone = forms.CharField(
        label=_("Phone (WhatsApp)"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    nik = forms.CharField(
        label="NIK",
        max_length=40,
        required=False,
        help_text=_(
            "Sixteen digits from the identity card. Leave it empty when it is not at hand."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    sex = forms.ChoiceField(
        label=_("Sex"), choices=[("", _("not known")), *Sex.choices], required=False
    )
    born_on = DayField(label=_("Date of birth"), required=False)
    birth_place = forms.CharField(label=_("Place of birth"), max_length=100, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    education = forms.ChoiceField(
        label=_("Education"), choices=[("", _("not known")), *Education.choices], required=False
    )
    has_disability = forms.ChoiceField(
        label=_("Lives with a disability"),
        choices=[("", _("not asked")), ("ya", _("yes")), ("tidak", _("no"))],
        required=False,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_nik(self) -> Nik | None:
        """Read the NIK, or say what is wrong with it."""
        text = self.cleaned_data["nik"].strip()
        if not text:
            return None
        try:
            return Nik.parse(text)
        except Unreadable as problem:
            raise forms.ValidationError(
                _("This is not a NIK. Check it against the card: sixteen digits, no more.")
            ) from problem


TEXTS = ("name", "sex", "born_on", "birth_place", "phone", "address", "education")
ANSWERS = {"": None, "ya": True, "tidak": False}


def initial_of(person: Person) -> dict[str, Any]:
    """Return what the form shows of a person, without the place."""
    words = {answer: word for word, answer in ANSWERS.items()}
    stored = {name: getattr(person, name) for name in (*TEXTS, "version")}
    return stored | {"has_disability": words[person.has_disability]}


def details_of(form: PersonForm) -> dict[str, Any]:
    """Return the person's details as the register takes them, without the place.

    What the form does not ask is left out.
    """
    given = form.cleaned_data
    details = {name: given[name] for name in (*TEXTS, "nik")}
    if "has_disability" in given:
        details["has_disability"] = ANSWERS[given["has_disability"]]
    return details


def form_for(
    request: OfficerRequest,
    person: Person | None = None,
    *,
    sent: QueryDict | None = None,
    told: Mapping[str, Any] | None = None,
) -> PersonForm:
    """Return the form of somebody new, or of a person with what is stored of them.

    Args:
        request: Who fills it in.
        person: Whom it changes; None for somebody new.
        sent: What was filled in; None for a form that is only opened.
        told: What the opened form shows in place of what is stored.
    """
    choices = area_choices(request.reach, with_city=gettext("kelurahan not known"))
    stored = initial_of(person) | area_initial(person.area, choices) if person else {}
    form = PersonForm(sent, initial=stored | dict(told or {}), choices=choices)
    if person:
        # Without the version that was seen, the last writer would win unseen.
        form.fields["version"].required = True
        if not specific_reach(request).covers(person.area_id):
            del form.fields["has_disability"]
    return form


def details_told(form: PersonForm, request: OfficerRequest) -> dict[str, Any]:
    """Return the person's details with the place, whose RW and RT are entered when new."""
    area: Area = places_actions.place(**form.named, by=request.by)
    return {**details_of(form), "area": area}
