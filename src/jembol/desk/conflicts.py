"""Two people changed the same thing: show what the other wrote, and keep what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, cast

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jembol.desk.areas import NEAR_AREA, named
from jembol.places.models import Area
from jembol.registry.errors import ChangedMeanwhile
from jembol.ui.forms import refusals_into

if TYPE_CHECKING:
    from django import forms
    from django.http import QueryDict


@contextmanager
def changes_into(form: forms.Form) -> Iterator[None]:
    """Turn refusals into errors of the form; after a conflict it can be compared and sent again."""
    with refusals_into(form):
        try:
            yield
        except ChangedMeanwhile as refusal:
            _compare(form, refusal)


def _compare(form: forms.Form, refusal: ChangedMeanwhile) -> None:
    """Put beside each field what is stored now, and let the form know the stored version."""
    again = cast("QueryDict", form.data).copy()
    again["version"] = str(refusal.params["version"])
    form.data = again
    form.add_error(None, str(refusal))
    for name, value in cast("Mapping[str, object]", refusal.params["theirs"]).items():
        told = _("Stored now: %(value)s") % {"value": in_words(form, name, value)}
        form.add_error(name if name in form.fields else None, told)


def in_words(form: forms.Form, name: str, value: object) -> str:
    """Return a stored value as the form's field tells it."""
    if value is None or value == "":
        return _("nothing")
    if name == "area":
        area = Area.objects.select_related(NEAR_AREA).filter(code=value).first()
        return named(area) if area else str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value)
    choices = dict(getattr(form.fields.get(name), "choices", ()))
    return str(choices.get(value, value))
