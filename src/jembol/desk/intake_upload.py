"""Sending a list, reading it in another encoding, and the empty lists that we give away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _

from jembol.desk.intake_forms import ReadingForm, UploadForm
from jembol.intake import actions
from jembol.intake.choices import Kind
from jembol.intake.errors import ReadingRefused
from jembol.intake.models import Source
from jembol.intake.queries import imports
from jembol.intake.templates import template_for
from jembol.kit.refusal import Refusal
from jembol.places.choices import Level
from jembol.places.choosing import filter_choices
from jembol.places.models import Area
from jembol.ui.export import file_answer
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.intake.models import Import
    from jembol.kit.reach import Reach


def area_choices(reach: Reach) -> list[tuple[str, str]]:
    """Return every area within reach that a list can be about, by code."""
    near = Area.objects.within(reach).filter(level__gt=Level.KELURAHAN).select_related("parent")
    deeper = [
        (area.code, f"{area.parent.name if area.parent else ''} {area.name}".strip())
        for area in near.order_by("key")
        if not reach.covers(area.parent_id or 0)
    ]
    return [*filter_choices(reach), *deeper]


def told(refusal: Refusal) -> str:
    """Return a refusal in the reader's language; the reader of files knows only English."""
    if isinstance(refusal, ReadingRefused):
        return _(refusal.template) % refusal.params
    return str(refusal)


@writes("intake.run")
def import_create(request: OfficerRequest) -> HttpResponse:
    """Take a list in."""
    form = UploadForm(
        request.POST or None, request.FILES or None, areas=area_choices(request.reach)
    )
    if form.is_valid():
        try:
            batch = _uploaded(request, form)
            return redirect("desk:mapping_create", import_id=batch.pk)
        except Refusal as refusal:
            form.add_error("file", told(refusal))
    context = {
        "title": _("New import"),
        "lead": _("First the file; then you see what was understood, and decide."),
        "form": form,
        "sources": _sources(request),
        "submit": _("Read the file"),
        "back": {"link": reverse("desk:import_list"), "title": _("Imports")},
    }
    return show(request, "desk/import_create.html", context)


def _uploaded(request: OfficerRequest, form: UploadForm) -> Import:
    given = form.cleaned_data
    return actions.upload(
        area=Area.objects.within(request.reach).get(code=given["area"]),
        kind=given["kind"],
        source_name=given["source"],
        name=given["file"].name,
        content=given["file"].read(),
        by=request.by,
    )


def _sources(request: OfficerRequest) -> list[str]:
    names = Source.objects.within(request.reach).order_by("name").values_list("name", flat=True)
    return list(dict.fromkeys(names))


@writes("intake.run")
def reading_create(request: OfficerRequest, import_id: int) -> HttpResponse:
    """Read a text table with another encoding or delimiter."""
    batch = get_object_or_404(imports(request.reach), pk=import_id)
    found = {"encoding": batch.encoding, "delimiter": batch.delimiter}
    form = ReadingForm(request.POST or None, **found)
    mapping = reverse("desk:mapping_create", args=[batch.pk])
    if form.is_valid():
        try:
            actions.read_again(batch=batch, by=request.by, **form.cleaned_data)
            return redirect(mapping)
        except Refusal as refusal:
            form.add_error(None, told(refusal))
    context = {
        "title": _("Read the file in another way"),
        "lead": batch.file_name,
        "form": form,
        "submit": _("Read it so"),
        "back": {"link": mapping, "title": batch.file_name},
    }
    return show(request, "ui/form.html", context)


# --- empty lists ------------------------------------------------------------------------------


@reads("intake.see")
def template_list(request: OfficerRequest) -> HttpResponseBase:
    """Show the empty lists with what their columns mean, or give one as a file."""
    kind = request.GET.get("jenis", "")
    if kind in Kind.values and request.GET.get("unduh") in {"xlsx", "csv"}:
        return _template_file(kind, request.GET["unduh"])
    lists = []
    for one in Kind:
        template = template_for(one)
        columns = list(zip(template.header, template.example, template.notes, strict=True))
        lists.append({"kind": one.value, "label": one.label, "columns": columns})
    context = {
        "title": _("Empty lists to fill in"),
        "lead": _(
            "Nobody has to use them: any list will do. But these come back without a question."
        ),
        "lists": lists,
        "back": {"link": reverse("desk:import_list"), "title": _("Imports")},
    }
    return show(request, "desk/import_templates.html", context)


def _template_file(kind: str, ending: str) -> HttpResponseBase:
    template = template_for(kind)
    return file_answer(ending, template.name, template.header, template.rows)


paths = [
    path("impor/baru/", import_create, name="import_create"),
    path("impor/contoh/", template_list, name="template_list"),
    path("impor/<int:import_id>/bacaan/", reading_create, name="reading_create"),
]
