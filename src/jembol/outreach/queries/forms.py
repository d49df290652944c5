"""The forms that are asked on visits, and the judgement of what was answered to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from jembol.kit.area import AreaCode, city_key
from jembol.kit.reach import Reach
from jembol.kit.shaped_as_nik import without_niks
from jembol.outreach.models import FormPublication, FormVersion, Visit
from jembol.outreach.rules.expressions import without_slow_patterns
from jembol.outreach.rules.questions import Around, check, unsealed, walk

UNKNOWN_FORM: Final = "unknown-form"
"""The fault of answers to a form that this server does not have."""

MOST_FORMS: Final = 20
"""Forms that one visit may answer."""


def forms_for(reach: Reach) -> list[dict[str, Any]]:
    """Return the forms that are asked somewhere in the reach, as phones draw them."""
    spans = _in_cities_of(reach)
    standing = FormPublication.objects.filter(spans, ends_at=None).select_related("version")
    return [
        carried(publication.version)
        for publication in standing.order_by("form__key", "area_id")
        if reach & Reach.of([publication.area_id])
    ]


def versions_asked_in(reach: Reach) -> list[FormVersion]:
    """Return every version of every form of a place that shares a part with the reach."""
    rows = FormVersion.objects.filter(_in_cities_of(reach)).select_related("form")
    in_order = rows.order_by("form__key", "form_id", "number")
    return [version for version in in_order if reach & Reach.of([version.area_id])]


def carried(version: FormVersion) -> dict[str, Any]:
    """Return a version as it is sent to phones."""
    return {**_asked(version), "version": version.number}


def _asked(version: FormVersion) -> dict[str, Any]:
    content: dict[str, Any] = without_slow_patterns(version.content)
    return content


def version_in_force(form_id: int) -> FormVersion | None:
    """Return the version of a form that is asked now, if it is."""
    standing = FormPublication.objects.filter(form=form_id, ends_at=None)
    publication = standing.select_related("version").first()
    return publication.version if publication else None


def checked_answers(forms: object, *, area_key: int, around: Around) -> dict[str, Any]:
    """Judge what a phone sends as answers to forms; return it as `Visit.answers` keeps it.

    Nothing is refused or lost: what breaks a rule of its form stays, with a fault beside it.

    Args:
        forms: `[{"form", "version", "values"}]`; whatever else it is counts as no answers.
        area_key: Where the visit was, which tells whose forms these are.
        around: What the visit itself answers.
    """
    said = [one for one in forms if _is_readable(one)] if isinstance(forms, list) else []
    asked = _versions(said[:MOST_FORMS], area_key)
    return {
        without_niks(one["form"])[:60]: _checked(one, asked, around) for one in said[:MOST_FORMS]
    }


def _checked(
    one: Mapping[str, Any], asked: Mapping[tuple[str, int], FormVersion], around: Around
) -> dict[str, Any]:
    version = asked.get((one["form"], one["version"]))
    if version is None:
        values, masked = unsealed(one["values"])
        faults = [{"name": "", "code": UNKNOWN_FORM}]
        faults += [{"name": name, "code": "nik"} for name in masked]
        return {"version": one["version"], "values": values, "faults": faults}
    found = check(_asked(version), one["values"], around)
    faults = [{"name": fault.name, "code": fault.code} for fault in found.faults]
    return {"version": version.number, "values": dict(found.values), "faults": faults}


def _is_readable(one: object) -> bool:
    kinds = {"form": str, "version": int, "values": dict}
    return isinstance(one, dict) and all(
        isinstance(one.get(name), kind) for name, kind in kinds.items()
    )


def _versions(
    said: Sequence[Mapping[str, Any]], area_key: int
) -> dict[tuple[str, int], FormVersion]:
    low, high = AreaCode.from_key(city_key(area_key)).span
    rows = FormVersion.objects.filter(
        area_id__gte=low, area_id__lt=high, form__key__in=[one["form"] for one in said]
    )
    here = [
        version
        for version in rows.select_related("form").order_by("area_id", "pk")
        if Reach.of([version.area_id]).covers(area_key)
    ]
    # The form of the smaller area comes last and counts.
    return {(version.form.key, version.number): version for version in here}


def _in_cities_of(reach: Reach) -> Q:
    """Return the condition that a row stands in a city of which the reach holds a part."""
    spans = Q(pk__in=())
    for low, high in reach.spans:
        spans |= Q(area_id__gte=min(low, city_key(low)), area_id__lt=high)
    return spans


# --- answers as pages and files show them -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question with its answer.

    Attributes:
        name: The name of the question.
        label: Its words by language.
        value: The answer, choices in the words of the form.
        fault: The code of the rule that it breaks, or "".
        words: What the form itself says about that rule, by language.
    """

    name: str
    label: Mapping[str, str]
    value: str
    fault: str = ""
    words: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class AnsweredForm:
    """What a visit answered to one form."""

    key: str
    title: str
    version: int
    lines: Sequence[AnswerLine]

    @property
    def has_faults(self) -> bool:
        """Whether an answer breaks a rule."""
        return any(line.fault for line in self.lines)


def answered_forms(visit: Visit, language: str) -> list[AnsweredForm]:
    """Return the answers of a visit as they are read, in the order of each form."""
    said = [{"form": key, **one} for key, one in sorted(visit.answers.items())]
    versions = _versions(said, visit.area_id)
    return [_answered(one, versions.get((one["form"], one["version"])), language) for one in said]


def _answered(one: Mapping[str, Any], version: FormVersion | None, language: str) -> AnsweredForm:
    items = [item for item, _above in walk(version.content["items"])] if version else []
    faults = {fault["name"]: fault["code"] for fault in one["faults"]}
    known = {item["name"]: item for item in items}
    # What the form does not know comes behind what it asks, so that nothing is hidden.
    names = [name for name in known if name in one["values"] or name in faults]
    names += sorted((one["values"].keys() | faults.keys()) - known.keys())
    lines = [
        _line(known.get(name, {}), name, one["values"].get(name), faults.get(name, ""), language)
        for name in names
    ]
    title = version.content["title"] if version else one["form"]
    return AnsweredForm(one["form"], title, one["version"], lines)


def _line(
    item: Mapping[str, Any], name: str, value: object, fault: str, language: str
) -> AnswerLine:
    words = {"required": item.get("required_words"), "constraint": item.get("constraint_words")}
    return AnswerLine(
        name, item.get("label", {}), value_in_words(item, value, language), fault,
        words.get(fault),
    )  # fmt: skip


def value_in_words(item: Mapping[str, Any], value: object, language: str) -> str:
    """Return an answer as people read it: the words of choices instead of their names."""
    labels = {choice["name"]: choice["label"] for choice in item.get("choices", ())}
    parts = value if isinstance(value, list) else [value]
    told = [in_language(labels[one], language) if _is_key(one, labels) else one for one in parts]
    return ", ".join(str(one) for one in told if one is not None)


def in_language(words: Mapping[str, str], language: str) -> str:
    """Return a text of a form in the reader's language, or in the first that it has."""
    return words.get(language) or next(iter(words.values()), "")


def _is_key(one: object, labels: Mapping[str, Any]) -> bool:
    return isinstance(one, str) and one in labels
