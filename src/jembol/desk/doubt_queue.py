"""The order of a queue and the filters on it, for the list and for going from pair to pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.places.choosing import filter_choices, span_of
from jembol.ui.listing import Filter

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from jembol.desk.doubt_kinds import Kind
    from jembol.kit.reach import Reach
    from jembol.ui.guards import OfficerRequest

KEPT: Final = ("wilayah", "keyakinan", "kota")

# Word in the address, its name, and the half-open span of probabilities.
BANDS: Final[Sequence[tuple[str, _StrPromise, float, float]]] = (
    ("99", gettext_lazy("99 % and more"), 0.99, 1.01),
    ("90", gettext_lazy("90 to 99 %"), 0.90, 0.99),
    ("70", gettext_lazy("70 to 90 %"), 0.70, 0.90),
    ("0", gettext_lazy("below 70 %"), 0.0, 0.70),
)


def filters_of(reach: Reach) -> list[Filter]:
    """Return the choices above the queue."""
    return [
        Filter("wilayah", _("Area"), filter_choices(reach), _in_area),
        Filter(
            "keyakinan",
            _("Probability"),
            [(word, str(label)) for word, label, _low, _high in BANDS],
            _in_band,
        ),
    ]


def _in_area(rows: Any, code: str) -> Any:
    low, high = span_of(code)
    return rows.filter(
        Q(low__area_id__gte=low, low__area_id__lt=high)
        | Q(high__area_id__gte=low, high__area_id__lt=high)
    )


def _in_band(rows: Any, word: str) -> Any:
    low, high = next((low, high) for key, _label, low, high in BANDS if key == word)
    return rows.filter(probability__gte=low, probability__lt=high)


def kept_of(request: OfficerRequest) -> str:
    """Return the filters of the queue as the end of an address."""
    words = request.GET.copy()
    for key in [key for key in words if key not in KEPT]:
        del words[key]
    return f"?{words.urlencode()}" if words else ""


def list_link(request: OfficerRequest, kind: Kind) -> str:
    """Return the address of the queue with the filters that are in force."""
    return reverse(kind.queue) + kept_of(request)


def narrowed(request: OfficerRequest, kind: Kind) -> QuerySet[Any]:
    """Return the pairs that wait under the filters that the address names, the first one first."""
    rows: Any = kind.waiting(request.reach)
    for one in filters_of(request.reach):
        word = request.GET.get(one.key, "")
        if one.accepts(word):
            rows = one.apply(rows, word)
    ordered: QuerySet[Any] = rows.order_by("-value", "-pk")
    return ordered


def following(request: OfficerRequest, kind: Kind, doubt: Any) -> Any:
    """Return the pair behind this one, or the first again; None when no other waits."""
    rows = narrowed(request, kind)
    behind = rows.filter(value__lte=doubt.value).filter(
        Q(value__lt=doubt.value) | Q(pk__lt=doubt.pk)
    )
    return behind.first() or rows.exclude(pk=doubt.pk).first()


def go_on(request: OfficerRequest, kind: Kind, doubt: Any = None) -> HttpResponse:
    """Lead to the pair behind this one, to the first one for None, or back to the list."""
    rows = narrowed(request, kind)
    coming = rows.first() if doubt is None else following(request, kind, doubt)
    if coming is None:
        return redirect(list_link(request, kind))
    return redirect(reverse(kind.detail, args=[coming.pk]) + kept_of(request))
