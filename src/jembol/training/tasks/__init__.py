"""Work of training in the background: certificates, papers, offers; `reminders` has the letters.

Each chunk with its numbers, its facts and the progress of the job is one transaction, so a worker
may be killed at any moment: what is issued is issued once, and the next worker goes on.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from django.utils import timezone

from jembol.accounts.models import Officer
from jembol.files.actions import store
from jembol.files.choices import Audience, MediaType
from jembol.files.models import StoredFile
from jembol.journal.by import By
from jembol.kit.area import city_key
from jembol.kit.refusal import Refusal
from jembol.outbox.step import Step
from jembol.outbox.tasks import task
from jembol.papers.rendering import WORK_SECONDS
from jembol.training import certificate_sheets as sheets
from jembol.training import pack_sheets
from jembol.training.actions.bundles import keep_bundle, order_bundle
from jembol.training.actions.certificates import close_batch, issue_next
from jembol.training.actions.offers import settle
from jembol.training.actions.packs import keep_pack
from jembol.training.models import Certificate, CertificateBatch, CertificateBundle, Class, Pack
from jembol.training.orders import BUNDLE, ISSUE, PACK, SETTLE
from jembol.training.queries.certificates import certificates_in
from jembol.training.queries.packs import class_for_papers, pack_contents
from jembol.training.tasks.reminders import remind, tell

__all__ = ["bundle", "issue", "pack", "remind", "settle_class", "tell"]

CHUNK: Final = 50
"""Certificates of one transaction: on SQLite other writers wait for it."""

MOST_SHEETS: Final = 2_000
"""Sheets of one PDF: drawing so many takes 1 GB of memory, half of what the process may have."""

LIMIT: Final = 512 * 1024 * 1024
"""Bytes of one file of certificates; 2,000 sheets take a fifth of that."""


@task(ISSUE.kind)
def issue(step: Step, *, batch_id: int) -> None:
    """Issue the certificates of a batch until nobody is due any more."""
    batch = CertificateBatch.objects.select_related("training_class__area", "template").get(
        pk=batch_id
    )
    try:
        while True:
            with step.transaction():
                by = _by(step, "training.change")
                issued, left = issue_next(batch=batch, limit=CHUNK, by=by)
                if not issued:
                    order_bundle(training_class=batch.training_class, by=by)
                    return
                step.progress(step.done + issued, total=step.done + issued + left)
    except Refusal:
        close_batch(batch=batch, by=_by(step, "training.change"))
        raise


@task(BUNDLE.kind)
def bundle(step: Step, *, bundle_id: int) -> None:
    """Draw all certificates of a class that one officer may see, as one PDF and as one archive."""
    row = CertificateBundle.objects.select_related("training_class__area").get(pk=bundle_id)
    by = _by(step, "training.export")
    wanted = certificates_in(row.training_class, by.reach).standing()
    found = list(wanted.select_related("template").order_by("template", "year", "number"))
    papers: list[tuple[Certificate, bytes]] = []
    for drawn in sheets.pdfs_of(found):
        papers.append(drawn)
        if len(papers) % CHUNK == 0:
            step.progress(len(papers), total=len(found))
    # Two templates cannot share a file; such certificates are printed from the archive.
    is_alike = len({one.template_id for one in found}) == 1 and len(found) <= MOST_SHEETS
    whole = sheets.pdf_of(found, seconds=WORK_SECONDS) if is_alike else b""
    packed = sheets.archive_of(papers)
    with step.transaction():
        keep_bundle(
            bundle=row,
            pdf=_stored(whole, MediaType.PDF, row, by) if whole else None,
            archive=_stored(packed, MediaType.ZIP, row, by),
            count=len(found),
            by=by,
        )
        step.progress(len(found), total=len(found))


@task(PACK.kind)
def pack(step: Step, *, pack_id: int) -> None:
    """Draw all papers of a class for one officer, as one PDF and as an archive."""
    row = Pack.objects.select_related("training_class").get(pk=pack_id)
    by = _by(step, "training.export")
    training_class = class_for_papers(row.training_class.public_id)
    contents = pack_contents(training_class, by.reach, timezone.localdate(by.at))
    drawn = []
    for sheet in pack_sheets.sheets_of(contents, at=by.at, size=row.size):
        drawn.append(sheet)
        step.progress(len(drawn), total=max(step.done, len(drawn)) + 1)
    name = f"SPJ {training_class.title}"
    keep = partial(
        store,
        audience=Audience.OFFICIAL,
        area_key=city_key(training_class.area_id),
        by=by,
        limit=LIMIT,
    )
    whole, packed = pack_sheets.together(drawn), pack_sheets.archive_of(drawn)
    with step.transaction():
        pdf = keep(whole, name=f"{name}.pdf", allowed=(MediaType.PDF,))
        archive = keep(packed, name=f"{name}.zip", allowed=(MediaType.ZIP,))
        keep_pack(pack=row, pdf=pdf, archive=archive, missing=contents.missing, by=by)
        step.progress(len(drawn), total=len(drawn))


@task(SETTLE.kind)
def settle_class(step: Step, *, class_id: int) -> None:
    """End the offers of a class that ran out, and offer what is free."""
    found = Class.objects.filter(pk=class_id).first()
    if found is not None:
        with step.transaction():
            settle(training_class=found, by=By.system("training.settle", at=step.now()))


def _stored(content: bytes, kind: MediaType, row: CertificateBundle, by: By) -> StoredFile:
    return store(
        content,
        name=f"Sertifikat {row.training_class.title}.{kind.name.lower()}",
        audience=Audience.OFFICIAL,
        area_key=city_key(row.training_class.area_id),
        by=by,
        allowed=(kind,),
        limit=LIMIT,
    )


def _by(step: Step, permission: str) -> By:
    """Return the officer who asked, with the reach that the officer has now, or the system."""
    now = step.now()
    if step.requested_by is None:
        return By.system("certificates", at=now)
    officer = Officer.objects.get(pk=step.requested_by)
    return By(
        kind="officer",
        id=officer.pk,
        label=officer.name,
        at=now,
        door="desk",
        reach=officer.reach(permission, timezone.localdate(now)),
    )
