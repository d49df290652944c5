"""The form of a published rule, read into the rule and filled from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jembol.training.actions import RuleText
from jembol.training.choices import ConditionKind, QuotaKind, SelectionKind
from jembol.training.models import SelectionRule
from jembol.training.rules import (
    PARTS,
    Condition,
    Share,
    part_words,
    read_conditions,
)

BANDS: Final = ("1-4", "5-10")
"""Bands of deciles that a form offers: those usually put first, and the others."""

LOCAL: Final = "%Y-%m-%dT%H:%M"


def _number(label: object, most: int, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most)  # type: ignore[arg-type]


class MomentField(forms.DateTimeField):
    """A moment in local time, with the browser's own calendar."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)

    def __init__(self, **given: Any) -> None:
        super().__init__(input_formats=[LOCAL, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **given)


class RuleForm(forms.Form):
    """How the seats of a class are given: kind, words, window, conditions, points and quotas."""

    kind = forms.ChoiceField(label=_("How seats are given"), choices=SelectionKind.choices)
    text = forms.CharField(
        label=_("The rule, as everybody reads it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    text_en = forms.CharField(
        label=_("The same in English"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    opens_at = MomentField(label=_("Registration opens"))
    closes_at = MomentField(label=_("Registration closes"))
    offer_hours = forms.IntegerField(
        label=_("Hours to answer an offered seat"), min_value=1, max_value=720, initial=24
    )
    lives_in = forms.MultipleChoiceField(
        label=_("Only people of"), required=False, widget=forms.CheckboxSelectMultiple
    )
    women = forms.BooleanField(label=_("Women only"), required=False)
    age_from = _number(_("Age from"), 120)
    age_to = _number(_("Age to"), 120)
    decile_at_most = _number(_("Welfare decile at most"), 10, 1)
    not_again = _number(_("Not in the same course for so many months"), 120, 1)
    business = forms.ChoiceField(
        label=_("Business"),
        required=False,
        choices=(
            ("", _("with or without")),
            ("business", _("only with a business")),
            ("no_business", _("only without a business")),
        ),
    )
    quota_women_least = _number(_("Women, at least"), 10_000)
    quota_women_most = _number(_("Women, at most"), 10_000)
    quota_disability_least = _number(_("People with a disability, at least"), 10_000)
    why = forms.CharField(
        label=_("Reason for the change"),
        max_length=300,
        required=False,
        help_text=_("Needed once registration has opened; everybody can read it."),
    )

    def __init__(self, *args: Any, kecamatan: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer these kecamatan, by code and name."""
        super().__init__(*args, **kwargs)
        self.fields["lives_in"].choices = kecamatan  # type: ignore[attr-defined]
        self.kecamatan = kecamatan
        for code, name in kecamatan:
            self.fields[f"kec_{code}_least"] = _number(name, 10_000)
            self.fields[f"kec_{code}_most"] = _number(name, 10_000)
        for band in BANDS:
            self.fields[f"band_{band}_least"] = _number(band, 10_000)
            self.fields[f"band_{band}_most"] = _number(band, 10_000)
        for part, words in part_words().items():
            if part in PARTS:
                self.fields[f"weight_{part}"] = _number(words, 1000)

    def pairs(self, kind: str) -> Iterator[tuple[str, Any, Any]]:
        """Yield a name with the two fields of each quota of a kind."""
        rows = self.kecamatan if kind == "kec" else [(band, band) for band in BANDS]
        for value, name in rows:
            yield name, self[f"{kind}_{value}_least"], self[f"{kind}_{value}_most"]

    def kecamatan_pairs(self) -> Iterator[tuple[str, Any, Any]]:
        """Yield the quotas of kecamatan."""
        return self.pairs("kec")

    def band_pairs(self) -> Iterator[tuple[str, Any, Any]]:
        """Yield the quotas of bands of deciles."""
        return self.pairs("band")

    def weights(self) -> list[Any]:
        """Return the fields of the points."""
        return [self[f"weight_{part}"] for part in PARTS]

    def rule(self) -> RuleText:
        """Return what was filled in as a rule."""
        given = self.cleaned_data
        return RuleText(
            kind=SelectionKind(given["kind"]),
            text=given["text"],
            text_en=given["text_en"],
            opens_at=given["opens_at"],
            closes_at=given["closes_at"],
            offer_hours=given["offer_hours"],
            conditions=tuple(_conditions(given)),
            weights={part: n for part in PARTS if (n := given[f"weight_{part}"])},
            shares=tuple(self._shares()),
        )

    def _shares(self) -> Iterator[Share]:
        given = self.cleaned_data
        asked = [
            (QuotaKind.WOMEN, "", given["quota_women_least"], given["quota_women_most"]),
            (QuotaKind.DISABILITY, "", given["quota_disability_least"], None),
        ]
        for code, _name in self.kecamatan:
            pair = given[f"kec_{code}_least"], given[f"kec_{code}_most"]
            asked.append((QuotaKind.KECAMATAN, code, *pair))
        for band in BANDS:
            pair = given[f"band_{band}_least"], given[f"band_{band}_most"]
            asked.append((QuotaKind.DECILE, band, *pair))
        for kind, value, least, most in asked:
            if least or most is not None:
                yield Share(kind, value, least or 0, most)


def _conditions(given: dict[str, Any]) -> Iterator[Condition]:
    if given["lives_in"]:
        yield Condition(ConditionKind.LIVES_IN, areas=tuple(given["lives_in"]))
    if given["women"]:
        yield Condition(ConditionKind.WOMEN)
    if given["age_from"] is not None or given["age_to"] is not None:
        yield Condition(ConditionKind.AGE, low=given["age_from"], high=given["age_to"])
    if given["decile_at_most"]:
        yield Condition(ConditionKind.DECILE, high=given["decile_at_most"])
    if given["not_again"]:
        yield Condition(ConditionKind.NOT_AGAIN, months=given["not_again"])
    if given["business"]:
        yield Condition(ConditionKind(given["business"]))


def filled_from(rule: SelectionRule, shares: Sequence[Share]) -> dict[str, Any]:
    """Return what the form shows of a rule that stands."""
    filled: dict[str, Any] = {
        "kind": rule.kind,
        "text": rule.text,
        "text_en": rule.text_en,
        "opens_at": timezone.localtime(rule.opens_at).strftime(LOCAL),
        "closes_at": timezone.localtime(rule.closes_at).strftime(LOCAL),
        "offer_hours": rule.offer_hours,
        **{f"weight_{part}": points for part, points in rule.weights.items()},
    }
    for one in read_conditions(rule.conditions):
        filled |= _filled_condition(one)
    for share in shares:
        name = _name_of(share)
        filled |= {f"{name}_least": share.at_least or None, f"{name}_most": share.at_most}
    return filled


def _filled_condition(one: Condition) -> dict[str, Any]:
    filled: dict[ConditionKind, dict[str, Any]] = {
        ConditionKind.LIVES_IN: {"lives_in": list(one.areas)},
        ConditionKind.WOMEN: {"women": True},
        ConditionKind.AGE: {"age_from": one.low, "age_to": one.high},
        ConditionKind.DECILE: {"decile_at_most": one.high},
        ConditionKind.NOT_AGAIN: {"not_again": one.months},
        ConditionKind.BUSINESS: {"business": "business"},
        ConditionKind.NO_BUSINESS: {"business": "no_business"},
    }
    return filled[one.kind]


def _name_of(share: Share) -> str:
    return {
        QuotaKind.WOMEN: "quota_women",
        QuotaKind.DISABILITY: "quota_disability",
        QuotaKind.KECAMATAN: f"kec_{share.value}",
        QuotaKind.DECILE: f"band_{share.value}",
    }[share.kind]
