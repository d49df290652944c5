"""How a city weighs need and what it promises, and the estimates that it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.areas import NEAR, area_filter, named
from jembol.desk.cities import chosen_city, cities_within
from jembol.desk.lists import listed, may
from jembol.outreach import actions
from jembol.outreach.actions.weighing import HIGHEST_FULL, HIGHEST_WEIGHT, LONGEST_PROMISE
from jembol.outreach.choices import EstimateUnit
from jembol.outreach.models import AreaEstimate, NeedWeights
from jembol.outreach.queries import weighing_of
from jembol.outreach.rules import PARTS, Weighing, Weight
from jembol.outreach.rules.fairness import SHORTEST_PROMISE
from jembol.places.models import Area
from jembol.ui.components import day
from jembol.ui.forms import DayField, refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.listing import Column, Listing
from jembol.ui.pages import show

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LINES: Final = 1_000


def parts_shown(weighing: Weighing) -> list[tuple[Any, float, int]]:
    """Return each part that counts with its most points, and from which number it gives them."""
    return [
        (part, round(weighing.most(part.name), 1), weighing.weights[part.name].full)
        for part in PARTS
        if weighing.most(part.name)
    ]


@reads("outreach.see")
def need_weights(request: OfficerRequest) -> HttpResponse:
    """Show the formula in plain words, with the numbers of the city and since when they hold."""
    city = chosen_city(request)
    today = timezone.localdate()
    weighing = weighing_of(city.key, today)
    context = {
        "title": _("How need is counted"),
        "lead": city.name,
        "city": city,
        "cities": cities_within(request.reach),
        "weighing": weighing,
        "parts": parts_shown(weighing),
        "coming": NeedWeights.objects.filter(city=city, starts_on__gt=today).order_by("starts_on"),
        "past": NeedWeights.objects.filter(city=city, starts_on__lte=today).order_by("-starts_on"),
        "may_weigh": may(request, "outreach.policy", at=city.key),
        "back": {"link": reverse("desk:need_list"), "title": _("Need by RW")},
    }
    return show(request, "desk/need_weights.html", context)


class WeightsForm(forms.Form):
    """Weights and full numbers of every part, what the unknown gives, and the promise of days."""

    unknown_percent = forms.IntegerField(
        label=gettext_lazy("What is not known gives (per cent of its points)"),
        min_value=0,
        max_value=100,
    )
    promise_days = forms.IntegerField(
        label=gettext_lazy("No RW without a visit for longer than (days)"),
        min_value=SHORTEST_PROMISE,
        max_value=LONGEST_PROMISE,
    )
    starts_on = DayField(label=gettext_lazy("Holds from"))
    why = forms.CharField(
        label=gettext_lazy("Decided where, and why"),
        max_length=300,
        help_text=gettext_lazy("It stays in the journal."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put a pair of fields for every part before the others."""
        super().__init__(*args, **kwargs)
        pairs: dict[str, forms.Field] = {}
        for part in PARTS:
            pairs[f"weight_{part.name}"] = forms.IntegerField(
                label=_("%(part)s: weight") % {"part": part.title},
                min_value=0,
                max_value=HIGHEST_WEIGHT,
                help_text=str(part.counts),
            )
            pairs[f"full_{part.name}"] = forms.IntegerField(
                label=_("All its points from (%(unit)s)") % {"unit": part.unit},
                min_value=1,
                max_value=HIGHEST_FULL,
            )
        self.fields = {**pairs, **self.fields}

    @property
    def weights(self) -> dict[str, Weight]:
        """The parts that count."""
        given = self.cleaned_data
        return {
            part.name: Weight(given[f"weight_{part.name}"], given[f"full_{part.name}"])
            for part in PARTS
        }


def _initial(weighing: Weighing) -> dict[str, Any]:
    found: dict[str, Any] = {
        "unknown_percent": weighing.unknown_percent,
        "promise_days": weighing.promise_days,
        "starts_on": timezone.localdate(),
    }
    for part in PARTS:
        one = weighing.weights.get(part.name, Weight(0, part.full))
        found |= {f"weight_{part.name}": one.weight, f"full_{part.name}": one.full}
    return found


@writes("outreach.policy")
def need_weights_change(request: OfficerRequest) -> HttpResponse:
    """Set the weights and the promise of a city."""
    city = chosen_city(request)
    form = WeightsForm(sent(request), initial=_initial(weighing_of(city.key, timezone.localdate())))
    link = f"{reverse('desk:need_weights')}?kota={city.code}"
    if form.is_valid():
        given = form.cleaned_data
        names = ("unknown_percent", "promise_days", "starts_on", "why")
        with refusals_into(form):
            actions.set_need_weights(
                city=city,
                weights=form.weights,
                by=request.by,
                **{name: given[name] for name in names},
            )
            messages.success(request, _("Saved."))
            return redirect(link)
    context = {
        "title": _("Weigh need, promise visits"),
        "lead": city.name,
        "form": form,
        "submit": _("Save"),
        "back": {"link": link, "title": _("How need is counted")},
    }
    return show(request, "ui/form.html", context)


@reads("outreach.see")
def estimate_list(request: OfficerRequest) -> HttpResponseBase:
    """Show what sources estimate."""
    listing = Listing(
        request,
        rows=AreaEstimate.objects.within(request.reach).select_related(NEAR),
        columns=[
            Column("wilayah", _("Area"), lambda row: named(row.area)),
            Column("kode", _("Code"), lambda row: row.area.code, wide=True),
            Column("apa", _("What"), lambda row: str(row.get_unit_display())),
            Column("jumlah", _("Total"), lambda row: row.number, sort="number", align="end"),
            Column("per", _("As of"), lambda row: row.as_of, lambda row: day(row.as_of),
                   sort="as_of"),
            Column("sumber", _("Source"), lambda row: row.source, sort="source"),
        ],
        filters=[area_filter(request.reach)],
        sort="-per",
        name="perkiraan",
        empty=_("Nobody gave an estimate yet. Without one the number stays unknown."),
    )  # fmt: skip
    context = {
        "title": _("Estimates"),
        "unit": _("estimates"),
        "may_plan": may(request, "outreach.plan"),
    }
    return listed(request, listing, context, template="desk/estimate_list.html")


class EstimateForm(forms.Form):
    """Numbers of several areas that one source tells of one day."""

    unit = forms.ChoiceField(label=gettext_lazy("What was counted"), choices=EstimateUnit.choices)
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=200,
        help_text=gettext_lazy("Who says so: a census, a list of the kelurahan, a report."),
    )
    as_of = DayField(label=gettext_lazy("As of"))
    numbers = forms.CharField(
        label=gettext_lazy("One area a line: code; number"),
        widget=forms.Textarea(attrs={"rows": 8, "class": "code"}),
        help_text=gettext_lazy(
            "For example 35.73.05.1004; 120 or 35.73.05.1004.003; 45. Copied from two columns of "
            "a spreadsheet it works too."
        ),
    )

    def clean_numbers(self) -> list[tuple[Area, int]]:
        """Return the areas with their numbers.

        Raises:
            ValidationError: a line names no area, or no number; the line is told.
        """
        pairs = dict(self._read(self.cleaned_data["numbers"].splitlines()[: MOST_LINES + 1]))
        if not pairs or len(pairs) > MOST_LINES:
            raise forms.ValidationError(_("Give 1 to 1,000 lines."))
        areas = {area.code: area for area in Area.objects.filter(code__in=pairs).order_by("key")}
        missing = sorted(set(pairs) - set(areas))
        if missing:
            raise forms.ValidationError(
                _("No area has the code %(code)s. An RW exists once somebody of it is known.")
                % {"code": missing[0]}
            )
        return [(areas[code], number) for code, number in pairs.items()]

    def _read(self, lines: list[str]) -> Iterator[tuple[str, int]]:
        for place, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            code, _separator, written = line.replace("\t", ";").partition(";")
            digits = written.strip().replace(".", "")
            if not (digits.isascii() and digits.isdigit() and len(digits) < 8):
                raise forms.ValidationError(
                    _("Line %(place)d has no whole number after the code: “%(line)s”.")
                    % {"place": place, "line": line.strip()[:60]}
                )
            yield code.strip(), int(digits)


@writes("outreach.plan")
def estimate_create(request: OfficerRequest) -> HttpResponse:
    """Note what a source estimates of several areas."""
    form = EstimateForm(sent(request), initial={"as_of": timezone.localdate()})
    link = reverse("desk:estimate_list")
    if form.is_valid():
        with refusals_into(form):
            rows = actions.note_estimates(by=request.by, **form.cleaned_data)
            messages.success(request, _("%(number)d estimates noted.") % {"number": len(rows)})
            return redirect(link)
    context = {
        "title": _("Note estimates"),
        "form": form,
        "submit": _("Save"),
        "back": {"link": link, "title": _("Estimates")},
    }
    return show(request, "ui/form.html", context)


paths = [
    path("jemput-bola/bobot/", need_weights, name="need_weights"),
    path("jemput-bola/bobot/ubah/", need_weights_change, name="need_weights_change"),
    path("jemput-bola/perkiraan/", estimate_list, name="estimate_list"),
    path("jemput-bola/perkiraan/baru/", estimate_create, name="estimate_create"),
]
