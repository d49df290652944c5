"""Take a city's own form in, ask it on visits, ask it no longer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.files.actions import store
from jembol.files.choices import WORKBOOKS, Audience
from jembol.files.models import StoredFile
from jembol.journal.by import By
from jembol.journal.canonical import canonical
from jembol.journal.record import record
from jembol.outreach import errors, events
from jembol.outreach.form_reading import Cells, ReadForm, read_form
from jembol.outreach.models import FormPublication, FormVersion, VisitForm
from jembol.places.models import Area


def take_form_in(
    *, area: Area, sheets: Mapping[str, Sequence[Cells]], name: str, content: bytes, by: By
) -> FormVersion:
    """Keep what an XLSForm asks as the next version of its form; the same content is one version.

    Args:
        area: Where it is to be asked.
        sheets: The rows of its sheets, read by a guarded reader.
        name: The name of the file.
        content: Its bytes, which are kept.
        by: Who brings it.

    Raises:
        OutOfReach: the area lies outside the actor's duty.
        FormUnreadable: it holds no form that a visit can ask.
        FileTooBig: the file is larger than may be handed in.
        FileTypeRefused: the file is no workbook.
    """
    by.must_cover(area.key)
    read = read_form(sheets, name=name.rpartition(".")[0] or name)
    file = store(
        content, name=name, audience=Audience.OFFICIAL, area_key=area.key, by=by,
        allowed=tuple(WORKBOOKS),
    )  # fmt: skip
    return _kept(area, read, file, by)


@transaction.atomic
def _kept(area: Area, read: ReadForm, file: StoredFile, by: By) -> FormVersion:
    defaults = {"title": read.title, "made_at": by.at}
    form, _is_new = VisitForm.objects.get_or_create(area=area, key=read.key, defaults=defaults)
    form = _held(form)
    digest = hashlib.sha256(canonical(read.content).encode()).hexdigest()
    if known := FormVersion.objects.filter(form=form, digest=digest).first():
        return known
    if form.title != read.title:
        form.title = read.title
        form.save(update_fields=["title"])
    version = FormVersion.objects.create(
        form=form,
        area=area,
        number=form.versions.count() + 1,
        content=read.content,
        report=read.report,
        digest=digest,
        file=file,
        officer_id=_officer(by),
        at=by.at,
    )
    details = {"form": form.key, "version": version.number, "gaps": len(read.report)}
    record(events.FORM_READ, about=version, by=by, area=area.key, details=details)
    return version


@transaction.atomic
def show_form(*, version: FormVersion, by: By) -> FormPublication:
    """Ask this version on visits from now on, in place of the one before.

    Raises:
        OutOfReach: the form lies outside the actor's duty.
        FormNotShown: this version is asked already.
    """
    form = _held(version.form)
    by.must_cover(form.area_id)
    before = form.publications.filter(ends_at=None).first()
    if before is not None and before.version_id == version.pk:
        raise errors.FormNotShown(
            _("Version %(number)d is asked already. Nothing needs to be done.")
            % {"number": version.number}
        )
    if before is not None:
        _end(before, by)
    shown = FormPublication.objects.create(
        form=form, area_id=form.area_id, version=version, officer_id=_officer(by),
        starts_at=by.at,
    )  # fmt: skip
    details = {"form": form.key, "version": version.number}
    record(events.FORM_SHOWN, about=version, by=by, area=form.area_id, details=details)
    return shown


@transaction.atomic
def retire_form(*, form: VisitForm, why: str, by: By) -> VisitForm:
    """Ask a form no longer; answers that phones still hold are taken as before.

    Raises:
        OutOfReach: the form lies outside the actor's duty.
        FormNotShown: it is not being asked.
    """
    held = _held(form)
    by.must_cover(held.area_id)
    standing = held.publications.filter(ends_at=None).select_related("version").first()
    if standing is None:
        raise errors.FormNotShown(_("This form is not being asked. Nothing needs to be done."))
    _end(standing, by)
    details = {"form": held.key, "version": standing.version.number}
    record(
        events.FORM_RETIRED, about=held, by=by, area=held.area_id, why=why[:300], details=details
    )
    return held


def _end(publication: FormPublication, by: By) -> None:
    publication.ends_at = max(by.at, publication.starts_at)
    publication.save(update_fields=["ends_at"])


def _held(form: VisitForm) -> VisitForm:
    """Return the form as it is now; whoever changes its versions at the same moment waits here."""
    # NO KEY: rows that only refer to the form need not wait (PostgreSQL manual, 13.3.2).
    rows = VisitForm.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=form.pk)


def _officer(by: By) -> int | None:
    return by.id if by.kind == "officer" else None
