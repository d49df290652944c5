"""The only door for writes about papers."""

from collections.abc import Mapping

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.journal.record import record
from jembol.kit.area import city_key
from jembol.kit.text import NotCleanText, clean_line
from jembol.papers import errors, events, queries, rules
from jembol.papers.kinds import Kind, shared_part
from jembol.papers.models import Letterhead, PaperTemplate
from jembol.papers.rendering import trial
from jembol.places.models import Area, City

FIELDS = (
    "government", "office", "address", "contact", "place", "signatory_title", "signatory_name",
    "signatory_rank", "signatory_nip",
)  # fmt: skip
NEEDED = ("government", "office", "place")


@transaction.atomic
def change_letterhead(*, city: Area, by: By, values: Mapping[str, str]) -> Letterhead:
    """Set who a city's papers come from and who signs; papers made before keep what they said.

    Raises:
        OutOfReach: the city lies outside the actor's duty.
        NotACity: the area is only a part of one.
        LetterheadIncomplete: government, office or place is blank, or a text does not fit.
    """
    by.must_cover(city.key)
    _refuse_parts(city)
    _hold(city)
    row = queries.letterhead_of(city)
    changes = {}
    for name in FIELDS:
        old, new = getattr(row, name), _line(name, values.get(name, getattr(row, name)))
        if old != new:
            changes[name] = [old, new]
            setattr(row, name, new)
    if row.pk is None or changes:
        row.changed_at = by.at
        row.save()
        record(events.LETTERHEAD_CHANGED, about=row, by=by, area=city.key, details=changes)
    return row


def save_template(*, kind: Kind, city: Area, text: str, by: By) -> PaperTemplate:
    """Put a city's own template in force from now on, after a trial with the kind's example.

    Earlier versions stay as they are; saving what is in force already changes nothing.

    Raises:
        OutOfReach: the city lies outside the actor's duty.
        NotACity: the area is only a part of one.
        TemplateTooLong: it has too many letters.
        TemplateBroken: it makes no paper; the message names the line.
        TemplateTooHeavy: it takes too much time or memory.
    """
    by.must_cover(city.key)
    _refuse_parts(city)
    text = text.replace("\r\n", "\n")
    if len(text) > rules.MAX_TEMPLATE:
        raise errors.TemplateTooLong(
            _("The template has %(length)d letters; %(limit)d fit. Shorten it.")
            % {"length": len(text), "limit": rules.MAX_TEMPLATE},
            field="text",
        )
    shared = shared_part()
    # Before the transaction: on SQLite nobody else writes while one is open.
    trial(kind, text, city=city, at=by.at, shared=shared)
    source = queries.Source(text=text, shared=shared, is_own=text != kind.text)
    return _put_in_force(kind, city, source, by)


@transaction.atomic
def _put_in_force(kind: Kind, city: Area, source: queries.Source, by: By) -> PaperTemplate:
    _hold(city)
    in_force = queries.source_of(kind, city, at=by.at)
    if in_force.digest == source.digest and in_force.version is not None:
        return in_force.version
    return _kept(kind, city, source, by, events.TEMPLATE_SAVED)


@transaction.atomic
def keep_source(*, kind: Kind, city: Area, by: By) -> PaperTemplate:
    """Return the row of the template in force; a default is kept now, as papers refer to it.

    Raises:
        NotACity: the area is only a part of one.
    """
    _refuse_parts(city)
    source = queries.source_of(kind, city, at=by.at)
    if source.version is not None:
        return source.version
    _hold(city)
    source = queries.source_of(kind, city, at=by.at)
    return source.version or _kept(kind, city, source, by, events.TEMPLATE_KEPT)


def _kept(kind: Kind, city: Area, source: queries.Source, by: By, event: str) -> PaperTemplate:
    rows = PaperTemplate.objects.filter(area=city, kind=kind.word)
    last = rows.aggregate(last=Max("version"))["last"] or 0
    row = PaperTemplate.objects.create(
        area=city,
        kind=kind.word,
        version=last + 1,
        text=source.text,
        shared=source.shared,
        digest=source.digest,
        is_default=not source.is_own,
        officer_id=by.id if by.kind == "officer" else None,
        active_from=by.at,
    )
    details = {"kind": kind.word, "version": row.version, "digest": row.digest}
    record(event, about=row, by=by, area=city.key, details=details)
    return row


def _hold(city: Area) -> None:
    """Let those who change the papers of one city wait for one another."""
    # NO KEY: rows that only refer to the city need not wait (PostgreSQL manual, 13.3.2).
    City.objects.select_for_update(of=("self",), no_key=True).filter(pk=city.pk).first()


def _refuse_parts(city: Area) -> None:
    if city.key != city_key(city.key):
        raise errors.NotACity(
            _("%(name)s is not a city. Choose the city to which it belongs.") % {"name": city.name}
        )


def _line(name: str, text: str) -> str:
    """Return one clean line that fits its place.

    Raises:
        LetterheadIncomplete: it does not fit, cannot be stored, or is blank where it is needed.
    """
    field = Letterhead._meta.get_field(name)  # noqa: SLF001 - public (Django manual, _meta API)
    limit = field.max_length if isinstance(field, models.CharField) else None
    try:
        clean = clean_line(text)
    except NotCleanText:
        raise errors.LetterheadIncomplete(
            _("This text holds signs that cannot be stored. Type it again."), field=name
        ) from None
    if limit is not None and len(clean) > limit:
        raise errors.LetterheadIncomplete(
            _("The text has %(length)d signs; at most %(longest)d fit. Shorten it.")
            % {"length": len(clean), "longest": limit},
            field=name,
        )
    if not clean and name in NEEDED:
        raise errors.LetterheadIncomplete(
            _("This is blank, and every paper shows it. Fill it in."), field=name
        )
    return clean
