"""Materials and photographs of a class."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jembol.desk.classes import back_to, class_within
from jembol.desk.lists import may
from jembol.desk.reasons import Question, answered
from jembol.files.shelf import open_file
from jembol.training import actions
from jembol.training.choices import PhotoGround
from jembol.training.models import Class, Material, Photo, Session
from jembol.ui.forms import refusals_into, sent
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.pages import show

MOST_AT_ONCE = 20


class MaterialForm(forms.Form):
    """One file, or one address."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=150)
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("PDF, picture or workbook."),
    )
    address = forms.CharField(
        label=gettext_lazy("Or its address"),
        required=False,
        max_length=500,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Citizens see it on the page of the class"), required=False, initial=True
    )


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """One file or several; what is cleaned is a list."""

    widget = _SeveralFiles(attrs={"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files, at least one.

        Raises:
            ValidationError: there is none, or an empty one.
        """
        return [super(SeveralFilesField, self).clean(one, initial) for one in data or [None]]


class SessionField(forms.ModelChoiceField):  # type: ignore[type-arg] # no subscript at run time
    """A day of a class."""

    def label_from_instance(self, obj: Session) -> str:
        """Return its number and date."""
        return f"{obj.number} · {obj.on:%d/%m/%Y}"


class PhotoForm(forms.Form):
    """Photographs, and the ground on which they may be kept."""

    file = SeveralFilesField(
        label=gettext_lazy("Photographs"),
        help_text=gettext_lazy("Up to twenty at once. Place and camera are removed from them."),
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Who is in them"),
        choices=PhotoGround.choices,
        widget=forms.RadioSelect,
    )
    session = SessionField(
        label=gettext_lazy("Day"), queryset=Session.objects.none(), required=False
    )
    caption = forms.CharField(label=gettext_lazy("What is seen"), required=False, max_length=200)


@reads("training.see")
def material_list(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Show the materials and the photographs of a class."""
    each = class_within(request, public_id)
    link, name = back_to(each)
    context = {
        "title": _("Materials and photographs"),
        "lead": each.title,
        "each": each,
        "materials": each.materials.select_related("file").order_by("pk"),
        "photos": each.photos.select_related("session").order_by("session__number", "pk"),
        "may_change": may(request, "training.change", at=each.area_id),
        "may_attend": may(request, "training.attend", at=each.area_id),
        "back": {"link": link, "title": name},
    }
    return show(request, "desk/material_list.html", context)


@writes("training.change")
def material_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Add a material."""
    each = class_within(request, public_id)
    form = MaterialForm(sent(request), request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        with refusals_into(form):
            actions.add_material(
                training_class=each,
                title=given["title"],
                address=given["address"],
                content=given["file"],
                name=given["file"].name if given["file"] else "",
                is_public=given["is_public"],
                by=request.by,
            )
            messages.success(request, _("Material added."))
            return redirect("desk:material_list", public_id=public_id)
    return _page(request, each, _("New material"), form)


@writes("training.attend")
def photo_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Add photographs."""
    each = class_within(request, public_id)
    form = PhotoForm(sent(request), request.FILES or None)
    form.fields["session"].queryset = each.sessions.order_by("number")  # type: ignore[attr-defined]
    if form.is_valid():
        given = form.cleaned_data
        files = given["file"][:MOST_AT_ONCE]
        with refusals_into(form):
            for file in files:
                actions.add_photo(
                    training_class=each,
                    content=file,
                    name=file.name or "",
                    ground=given["ground"],
                    session=given["session"],
                    caption=given["caption"],
                    by=request.by,
                )
            told = ngettext(
                "%(number)d photograph kept.", "%(number)d photographs kept.", len(files)
            )
            messages.success(request, told % {"number": len(files)})
            return redirect("desk:material_list", public_id=public_id)
    return _page(request, each, _("New photographs"), form)


def _page(request: OfficerRequest, each: Class, title: str, form: forms.Form) -> HttpResponse:
    link, _name = back_to(each)
    context = {
        "title": title,
        "lead": each.title,
        "form": form,
        "submit": _("Save"),
        "back": {"link": f"{link}bahan/", "title": _("Materials and photographs")},
    }
    return show(request, "ui/form.html", context)


@writes("training.change")
def material_remove(request: OfficerRequest, material_id: int) -> HttpResponse:
    """Take a material away."""
    rows = Material.objects.select_related("training_class")
    classes = Class.objects.within(request.reach)
    one = get_object_or_404(rows, pk=material_id, training_class__in=classes)
    question = Question(
        title=_("Remove the material"),
        lead=one.title,
        submit=_("Remove it"),
        done=_("The material is removed."),
        back=_back(one.training_class),
    )
    return answered(
        request, question, lambda why: actions.remove_material(material=one, why=why, by=request.by)
    )


@writes("training.change")
def photo_remove(request: OfficerRequest, photo_id: int) -> HttpResponse:
    """Take a photograph away."""
    one = _photo(request, photo_id)
    question = Question(
        title=_("Remove the photograph"),
        lead=one.caption or one.training_class.title,
        submit=_("Remove it"),
        done=_("The photograph is removed."),
        back=_back(one.training_class),
    )
    return answered(
        request, question, lambda why: actions.remove_photo(photo=one, why=why, by=request.by)
    )


def _back(each: Class) -> tuple[str, str]:
    link, _name = back_to(each)
    return f"{link}bahan/", _("Materials and photographs")


def _photo(request: OfficerRequest, photo_id: int) -> Photo:
    rows = Photo.objects.select_related("training_class", "file")
    classes = Class.objects.within(request.reach)
    found: Photo = get_object_or_404(rows, pk=photo_id, training_class__in=classes)
    return found


@reads("training.see")
def photo_file(request: OfficerRequest, photo_id: int) -> HttpResponseBase:
    """Answer with the picture."""
    return FileResponse(open_file(_photo(request, photo_id).file), content_type="image/jpeg")


@reads("training.see")
def material_file(request: OfficerRequest, material_id: int) -> HttpResponseBase:
    """Answer with the file, to be kept and not to be shown inside the page."""
    rows = Material.objects.select_related("file").filter(file__isnull=False)
    classes = Class.objects.within(request.reach)
    one = get_object_or_404(rows, pk=material_id, training_class__in=classes)
    if one.file is None:
        raise Http404
    return FileResponse(open_file(one.file), as_attachment=True, filename=one.file.name)


paths = [
    path("kelas/<slug:public_id>/bahan/", material_list, name="material_list"),
    path("kelas/<slug:public_id>/bahan/baru/", material_create, name="material_create"),
    path("kelas/<slug:public_id>/foto/baru/", photo_create, name="photo_create"),
    path("bahan/<int:material_id>/", material_file, name="material_file"),
    path("bahan/<int:material_id>/penghapusan/", material_remove, name="material_remove"),
    path("foto/<int:photo_id>/", photo_file, name="photo_file"),
    path("foto/<int:photo_id>/penghapusan/", photo_remove, name="photo_remove"),
]
