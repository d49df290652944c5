"""The photos of a visit, for those who may see the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse

from jembol.files.shelf import open_file
from jembol.outreach.models import Visit
from jembol.outreach.queries.photos import count_photos, shown_photos
from jembol.ui.guards import OfficerRequest, reads

if TYPE_CHECKING:
    from jembol.kit.reach import Reach


def photos_of(visit: Visit, reach: Reach) -> dict[str, Any]:
    """Return what the page of a visit shows of its photos."""
    shown = shown_photos(visit, reach)
    photos = [
        (reverse("desk:visit_photo_file", args=[visit.key, one.key]), one.at) for one in shown
    ]
    return {"photos": photos, "photos_kept_back": count_photos(visit) - len(photos)}


@reads("outreach.see")
def visit_photo_file(request: OfficerRequest, key: str, photo: str) -> HttpResponseBase:
    """Answer with the picture."""
    visits = Visit.objects.within(request.reach).select_related("person", "enterprise")
    visit = get_object_or_404(visits, key=key)
    for one in shown_photos(visit, request.reach):
        if one.key == photo and one.file is not None:
            return FileResponse(open_file(one.file), content_type=one.file.media_type)
    raise Http404


paths = [
    path("kunjungan/<slug:key>/foto/<slug:photo>/", visit_photo_file, name="visit_photo_file"),
]
