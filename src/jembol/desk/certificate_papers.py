"""One certificate and the files: looking, taking away, revoking, issuing anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from jembol.desk.certificates import state_of
from jembol.desk.classes import class_within
from jembol.desk.lists import may
from jembol.desk.reasons import Question, answered
from jembol.files.shelf import open_file
from jembol.journal.record import Entry
from jembol.training import actions, queries
from jembol.training.certificate_sheets import address_of, file_name, pdf_of
from jembol.training.events import CERTIFICATES_TAKEN
from jembol.training.models import Certificate, Class
from jembol.training.rules import grouped
from jembol.ui.addresses import lasting
from jembol.ui.guards import OfficerRequest, reads, writes
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.files.models import StoredFile


def certificate_within(request: OfficerRequest, certificate_id: int) -> Certificate:
    """Return a certificate of a class and of a person that this officer may see.

    Raises:
        Http404: there is none with this key within reach.
    """
    rows = Certificate.objects.of_people_in(request.reach).select_related(
        "training_class__area", "registration__person", "revocation", "replaces", "replaced_by",
        "template",
    )  # fmt: skip
    found: Certificate = get_object_or_404(
        rows, pk=certificate_id, training_class__in=Class.objects.within(request.reach)
    )
    return found


@reads("training.see")
def certificate_detail(request: OfficerRequest, certificate_id: int) -> HttpResponse:
    """Show one certificate: what it says, whether it stands, and what may be done with it."""
    row = certificate_within(request, certificate_id)
    word, tone = state_of(row)
    person, area_key = row.registration.person, row.training_class.area_id
    stands = row.revoked_at is None
    may_change = may(request, "training.change", at=area_key)
    may_change = may_change and may(request, "training.change", at=person.area_id)
    link = reverse("desk:certificate_list", args=[row.training_class.public_id])
    context = {
        "title": row.name,
        "row": row,
        "revocation": getattr(row, "revocation", None),
        "replaced_by": getattr(row, "replaced_by", None),
        "code": grouped(row.code),
        "address": address_of(row),
        "state": {"word": word, "tone": tone},
        "person": person if may(request, "registry.see", at=person.area_id) else None,
        "may_revoke": may_change and stands,
        "may_reissue": may_change and not hasattr(row, "replaced_by"),
        "may_export": may(request, "training.export", at=person.area_id),
        "has_other_name": stands and (person.survivor or person).name != row.name,
        "back": {"link": link, "title": _("Certificates")},
    }
    return show(request, "desk/certificate_detail.html", context)


@reads("training.export")
def certificate_file(request: OfficerRequest, certificate_id: int) -> HttpResponse:
    """Give one certificate as PDF; the journal notes that it was taken."""
    row = certificate_within(request, certificate_id)
    request.readings.append(
        Entry(
            event=CERTIFICATES_TAKEN,
            about=row,
            by=request.by,
            area=row.registration.person.area_id,
            person_id=row.registration.person_id,
            details={"number": row.written_number},
        )
    )
    return pdf_answer(pdf_of([row]), file_name(row))


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """Answer with a PDF that the browser may show or keep."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{_quoted(name)}"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _quoted(name: str) -> str:
    return "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "-._") else f"%{byte:02X}"
        for byte in name.encode()
        for sign in [chr(byte)]
    )


@writes("training.change")
def revocation_create(request: OfficerRequest, certificate_id: int) -> HttpResponse:
    """Revoke a certificate that should not stand, with the reason."""
    row = certificate_within(request, certificate_id)
    question = Question(
        title=_("Revoke the certificate"),
        lead=f"{row.written_number} · {row.name}",
        submit=_("Revoke it"),
        done=_("The certificate is revoked; whoever checks it sees that."),
        back=_back_to(row),
    )
    return answered(
        request,
        question,
        lambda why: actions.revoke_certificate(certificate=row, why=why, by=request.by),
    )


@writes("training.change")
def reissue_create(request: OfficerRequest, certificate_id: int) -> HttpResponse:
    """Issue a new certificate in the place of one, as after a name was corrected."""
    row = certificate_within(request, certificate_id)
    person = row.registration.person
    question = Question(
        title=_("Issue the certificate anew"),
        lead=_("%(number)s is revoked. The new one has the name %(name)s and the next number.")
        % {"number": row.written_number, "name": (person.survivor or person).name},
        submit=_("Issue it anew"),
        done=_("A new certificate is issued; it stands in the list."),
        back=(
            reverse("desk:certificate_list", args=[row.training_class.public_id]),
            _("Certificates"),
        ),
    )
    address = lasting(request, "public:certificate_check")
    return answered(
        request,
        question,
        lambda why: actions.reissue_certificate(
            certificate=row, address=address, why=why, by=request.by
        ),
    )


def _back_to(row: Certificate) -> tuple[str, str]:
    return reverse("desk:certificate_detail", args=[row.pk]), row.name


# --- all of a class -----------------------------------------------------------------------------


@writes("training.change")
def certificate_bundle_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Have all certificates of a class made into one PDF and one archive."""
    each = class_within(request, public_id)
    question = Question(
        title=_("Make the files of all certificates"),
        lead=each.title,
        submit=_("Make the files"),
        done=_("The files are being made. You may leave this page; the work goes on."),
        back=(reverse("desk:certificate_list", args=[public_id]), _("Certificates")),
        asks=False,
    )
    return answered(
        request,
        question,
        lambda _why: actions.order_bundle(training_class=each, by=request.by),
    )


@reads("training.export")
def certificate_bundle_file(request: OfficerRequest, public_id: str, kind: str) -> HttpResponseBase:
    """Give the file of all certificates that was made for this officer."""
    each = class_within(request, public_id)
    found = queries.own_bundle(each, request.officer.pk)
    file = _file_of(found[0].pdf, found[0].archive, kind) if found else None
    if found is None or file is None:
        raise Http404
    request.readings.append(
        Entry(
            event=CERTIFICATES_TAKEN,
            about=each,
            by=request.by,
            area=each.area_id,
            details={"certificates": found[0].count, "file": kind},
        )
    )
    response = FileResponse(open_file(file), as_attachment=True, filename=file.name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _file_of(pdf: StoredFile | None, archive: StoredFile | None, kind: str) -> StoredFile | None:
    return {"pdf": pdf, "zip": archive}.get(kind)


paths = [
    path(
        "kelas/<slug:public_id>/sertifikat/berkas/",
        certificate_bundle_create,
        name="certificate_bundle_create",
    ),
    path(
        "kelas/<slug:public_id>/sertifikat/berkas/<slug:kind>/",
        certificate_bundle_file,
        name="certificate_bundle_file",
    ),
    path("sertifikat/<int:certificate_id>/", certificate_detail, name="certificate_detail"),
    path("sertifikat/<int:certificate_id>/pdf/", certificate_file, name="certificate_file"),
    path(
        "sertifikat/<int:certificate_id>/pencabutan/",
        revocation_create,
        name="certificate_revocation_create",
    ),
    path(
        "sertifikat/<int:certificate_id>/penerbitan/",
        reissue_create,
        name="certificate_reissue_create",
    ),
]
