"""How forms are drawn, and how refusals become form errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

from jembol.kit.money import NotAnAmount, Rupiah
from jembol.kit.refusal import Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict
    from django.utils.functional import _StrOrPromise


class PageFormRenderer(TemplatesSetting):
    """Draw every field the same way: label, help, field, error, tied together."""

    field_template_name = "ui/field.html"


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent with a form, or None when it was only opened."""
    return request.POST if request.method == "POST" else None


@contextmanager
def refusals_into(form: forms.Form) -> Iterator[None]:
    """Turn a refusal into an error of the form, at its field where it names one."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


class DayField(forms.DateField):
    """A day; browsers show their own calendar, and typed Indonesian order is read too."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(
        self, *, label: _StrOrPromise, required: bool = True, help_text: _StrOrPromise = ""
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        )


class HourField(forms.TimeField):
    """An hour of the day, shown in the one form that a browser's own field takes."""

    def __init__(self, *, label: _StrOrPromise, required: bool = False) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(label=label, required=required, widget=widget)


class MoneyField(forms.Field):
    """An exact amount of rupiah, as people write it: 150000, 150rb, Rp150.000."""

    def __init__(
        self, *, label: _StrOrPromise, required: bool = True, help_text: _StrOrPromise = ""
    ) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 40})
        super().__init__(label=label, required=required, help_text=help_text, widget=widget)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored amount with its thousands."""
        return value.format() if isinstance(value, Rupiah) else value

    def to_python(self, value: Any) -> Any:
        """Return the amount, or None for a blank.

        Raises:
            ValidationError: it is no exact amount.
        """
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return Rupiah.parse(str(value))
        except NotAnAmount:
            raise forms.ValidationError(
                _("Write one exact amount in rupiah, such as 150000, 150rb or Rp150.000.")
            ) from None
