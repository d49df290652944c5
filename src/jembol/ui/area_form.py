"""The part of a form that says where: a kelurahan to choose, RW and RT to type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

# Groups of (key, name): kelurahan under the name of their kecamatan.
Choices = Sequence[tuple[str, Sequence[tuple[int, str]]]]


class Named(TypedDict):
    """What the form names: the key of the chosen area, and numbers below it."""

    key: int
    rw: int | None
    rt: int | None


class AreaForm(forms.Form):
    """A place, as deep as it is known."""

    area = forms.TypedChoiceField(label=_("Kelurahan"), coerce=int)
    rw = forms.IntegerField(label="RW", required=False, min_value=1, max_value=999)
    rt = forms.IntegerField(label="RT", required=False, min_value=1, max_value=999)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        """Offer these areas and no others."""
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse an RT without its RW: numbers of RT repeat in every RW."""
        cleaned = super().clean() or {}
        if cleaned.get("rt") and not cleaned.get("rw"):
            self.add_error("rw", _("Give the RW too: every RW numbers its own RT."))
        return cleaned

    @property
    def named(self) -> Named:
        """The key of the chosen area, and the RW and RT typed below it."""
        return {
            "key": self.cleaned_data["area"],
            "rw": self.cleaned_data["rw"],
            "rt": self.cleaned_data["rt"],
        }
