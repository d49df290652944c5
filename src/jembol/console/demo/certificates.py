"""The fifth step: one class of the last weeks gets its certificates, one of them issued anew."""

from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from jembol.console.demo.sign_ins import MALANG
from jembol.console.demo.stage import Stage, Town
from jembol.journal.by import By
from jembol.papers import actions as papers
from jembol.training import actions as training
from jembol.training.models import Certificate, Class

CERTIFIED: Final = "Ecoprint dasar"
ISSUED_DAYS_AGO: Final = 27
CHUNK: Final = 100
# Invented, as everybody here; the NIP names no day of birth that exists.
LETTERHEAD: Final = {
    "address": "Jalan Contoh Nomor 1, Malang",
    "contact": "Telepon (0341) 000000 · contoh@jembol.invalid",
    "signatory_title": "Kepala Dinas (contoh)",
    "signatory_name": "Dra. Wulan Contoh Prastiwi, M.Si.",
    "signatory_rank": "Pembina Utama Muda",
    "signatory_nip": "19000000 000000 2 000",
}


def certify(stage: Stage) -> None:
    """Say who signs in Malang, and issue the certificates of one class."""
    town = stage.towns[MALANG]
    by = stage.officer(town, ISSUED_DAYS_AGO, hour=10)
    papers.change_letterhead(city=town.area, by=by, values=LETTERHEAD)
    training.set_certificate_numbering(
        city=town.area, form="{nomor}/{kode}/{bulan_romawi}/{tahun}", code="DISKOPINDAG", by=by
    )
    opened = Class.objects.inside(town.area).get(title=CERTIFIED)
    batch = training.issue_certificates(training_class=opened, address=_address(), by=by)
    while training.issue_next(batch=batch, limit=CHUNK, by=by)[1]:
        continue
    _issue_one_anew(stage, town, opened, by)
    issued = Certificate.objects.filter(training_class=opened)
    stage.tell(_("%(count)d certificates are issued") % {"count": issued.count()})


def _issue_one_anew(stage: Stage, town: Town, opened: Class, by: By) -> None:
    first = Certificate.objects.filter(training_class=opened).order_by("number").first()
    if first is not None and by.at < stage.now:
        training.reissue_certificate(
            certificate=first,
            address=_address(),
            why="Gelar belum tercantum saat dicetak.",
            by=stage.officer(town, ISSUED_DAYS_AGO - 2),
        )


def _address() -> str:
    """Return where certificates are checked; without a setting, on this machine."""
    base = settings.ADDRESS or "http://127.0.0.1:8000"
    return f"{base}{reverse('public:certificate_check')}"
