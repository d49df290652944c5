"""Certificates as sheets of paper: drawn from what was frozen when they were issued, nothing else.

The same rows give the same pages for ever, whatever became of the person, the class, the letterhead
or the city's template since.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from jembol.files.rules import safe_name
from jembol.papers.drawing import qr_svg
from jembol.papers.queries import source_of_version
from jembol.papers.rendering import REQUEST_SECONDS, WORK_SECONDS, Press
from jembol.training.rules import grouped

if TYPE_CHECKING:
    from jembol.training.models import Certificate

# Years that ZIP knows begin with 1980; the moment of packing would make equal archives differ.
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)


def sheet_of(certificate: Certificate) -> dict[str, Any]:
    """Return what one sheet says, as the template reads it."""
    said = certificate.frozen
    return {
        "nomor": certificate.written_number,
        "nama": certificate.name,
        "pelatihan": certificate.title,
        "lama": said["lama"],
        "tempat": said["tempat"],
        "tanggal": said["tanggal"],
        "qr": qr_svg(address_of(certificate)),
        "situs": said["situs"],
        "kode": grouped(certificate.code),
        "kop": said["kop"],
    }


def address_of(certificate: Certificate) -> str:
    """Return the address that the QR code holds: the page where the certificate is checked."""
    return f"{certificate.frozen['alamat']}{grouped(certificate.code)}/"


def pdf_of(certificates: Sequence[Certificate], *, seconds: int = REQUEST_SECONDS) -> bytes:
    """Return the sheets of certificates with one template as one PDF.

    Raises:
        TemplateBroken: the template makes no paper of them.
        TemplateTooHeavy: there are too many for the time.
    """
    return _press(certificates[0], seconds).draw(_paper(certificates))


def pdfs_of(certificates: Sequence[Certificate]) -> Iterator[tuple[Certificate, bytes]]:
    """Yield each certificate with a PDF of its own.

    Raises:
        TemplateBroken: a template makes no paper of one.
        TemplateTooHeavy: it takes too much time.
    """
    for _template, group in groupby(certificates, key=lambda one: one.template_id):
        same = list(group)
        papers = [_paper([one]) for one in same]
        yield from zip(same, _press(same[0], WORK_SECONDS).draw_each(papers), strict=True)


def archive_of(papers: Sequence[tuple[Certificate, bytes]]) -> bytes:
    """Return a ZIP of the PDFs, each named by number and name; the same papers, the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for certificate, pdf in papers:
            archive.writestr(zipfile.ZipInfo(file_name(certificate), _ZIP_DATE), pdf)
    return packed.getvalue()


def file_name(certificate: Certificate) -> str:
    """Return how the file of one certificate is called; numbers keep namesakes apart."""
    name = "".join(" " if sign in '/\\:*?"<>|' else sign for sign in certificate.name)
    return safe_name(f"{certificate.year}-{certificate.number:04d} {name[:80]}.pdf")


def _press(certificate: Certificate, seconds: int) -> Press:
    return Press(
        source=source_of_version(certificate.template),
        at=certificate.at,
        letterhead=certificate.frozen["kop"],
        seconds=seconds,
    )


def _paper(certificates: Sequence[Certificate]) -> dict[str, Any]:
    title = certificates[0].title
    return {"judul": title, "lembar": [sheet_of(one) for one in certificates]}
