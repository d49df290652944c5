"""The papers of a class as sheets: what each says, drawn one by one and put together."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone, translation

from jembol.files.pdfs import joined
from jembol.files.rules import safe_name
from jembol.files.shelf import open_file
from jembol.kit.indonesian import long_day
from jembol.kit.money import Rupiah
from jembol.papers.kinds import PACK
from jembol.papers.rendering import WORK_SECONDS, press_of
from jembol.training.certificate_sheets import pdf_of
from jembol.training.choices import PaperKind
from jembol.training.lack_words import WORDS
from jembol.training.queries.packs import PackContents, PaperState, planned, spent
from jembol.training.rules.packs import bears_stamp

if TYPE_CHECKING:
    from jembol.places.models import Area
    from jembol.training.models import Certificate, CostLine, Session
    from jembol.training.queries.classes import GridRow

ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""Years that ZIP knows begin with 1980; the moment of packing would make equal archives differ."""

COVER: Final = "sampul"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper as PDF.

    Attributes:
        name: How its file is called, without ending.
        pdf: The bytes.
    """

    name: str
    pdf: bytes


def sheets_of(contents: PackContents, *, at: datetime, size: str) -> Iterator[Sheet]:
    """Yield every paper of the class in the order of the pack, the cover first.

    Raises:
        TemplateBroken: the city's template makes no paper of this class.
        TemplateTooHeavy: the papers take too much time or memory.
    """
    with translation.override("id"):
        written = list(_written(contents, at))
    kind, city = PACK, contents.city
    press = press_of(
        kind, city=city, at=at, size=size, seconds=WORK_SECONDS, files=_pictures(contents)
    )
    class_data = class_data_of(contents)
    data = [{"kelas": class_data, "naskah": [paper]} for _name, paper in written]
    for (name, _paper), pdf in zip(written, press.draw_each(data), strict=True):
        yield Sheet(name, pdf)
    for number, group in enumerate(_by_template(contents.certificates), start=1):
        yield Sheet(f"8-{number} Sertifikat", pdf_of(group, seconds=WORK_SECONDS))


def together(sheets: Sequence[Sheet]) -> bytes:
    """Return all papers as one PDF, in their order."""
    return joined(sheet.pdf for sheet in sheets)


def archive_of(sheets: Sequence[Sheet]) -> bytes:
    """Return a ZIP with a PDF of its own for each paper; the same papers, the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            name = safe_name(f"{sheet.name}.pdf")
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), sheet.pdf)
    return packed.getvalue()


# --- what the papers say ----------------------------------------------------------------------


def class_data_of(contents: PackContents) -> dict[str, Any]:
    """Return what all papers say alike of the class."""
    each = contents.training_class
    plan = getattr(each, "plan", None)
    budget = [plan.budget_code, plan.budget_line] if plan else []
    return {
        "judul": each.title,
        "kode": each.public_id,
        "hari": [
            {"tanggal": long_day(day.on, weekday=True), "pukul": hours_of(day)}
            for day in contents.sessions
        ],
        "tempat": place_of(contents),
        "mentor": list(each.mentors.order_by("pk").values_list("name", flat=True)),
        "penyelenggara": each.organiser_name or contents.letterhead.office,
        "rekening": " · ".join(part for part in budget if part),
    }


def hours_of(session: Session) -> str:
    """Return the hours of a day as papers write them, or nothing."""
    if session.starts_at is None:
        return ""
    until = f"{session.ends_at:%H.%M}" if session.ends_at else "selesai"
    return f"{session.starts_at:%H.%M}–{until} WIB"


def place_of(contents: PackContents) -> str:
    """Return where the class is given."""
    each = contents.training_class
    venue = each.venue
    parts = [venue.name, venue.address] if venue else []
    return ", ".join(part for part in (*parts, each.area.name, contents.city.name) if part)


def _written(contents: PackContents, at: datetime) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield name and data of each paper that the city's template draws."""
    yield "0 Sampul", _cover(contents, at)
    people = [row for row in contents.grid.rows if not row.is_withdrawn]
    makers = {
        PaperKind.INVITATION: _invitation,
        PaperKind.ATTENDANCE: _attendance,
        PaperKind.MINUTES: _minutes,
        PaperKind.RECEIPTS: _receipts,
        PaperKind.HAND_OVER: _hand_over,
        PaperKind.COSTS: _costs,
        PaperKind.CERTIFICATES: _certificates,
        PaperKind.PHOTOS: _photos,
    }
    for place, state in enumerate(contents.papers, start=1):
        if state.is_needed:
            made = list(makers[state.kind](contents, people))
            for number, paper in enumerate(made, start=1):
                label = str(PaperKind(state.kind).label)
                name = f"{place}-{number} {label}" if len(made) > 1 else f"{place} {label}"
                yield (
                    name,
                    {"jenis": state.kind.value, "nomor": _number(contents, state.kind), **paper},
                )


def _cover(contents: PackContents, at: datetime) -> dict[str, Any]:
    rows = [_on_the_cover(state) for state in contents.papers if state.is_needed]
    return {
        "jenis": COVER,
        "daftar": rows,
        "kurang": contents.missing,
        "dibuat": long_day(timezone.localdate(at)),
    }


def _on_the_cover(state: PaperState) -> dict[str, str]:
    return {
        "nama": str(PaperKind(state.kind).label),
        "nomor": state.number.number if state.number else "",
        "kurang": "; ".join(str(WORDS[lack]) for lack in state.lacks),
    }


def _number(contents: PackContents, kind: str) -> dict[str, str]:
    """Return number and date of a paper; without one the last day of the class stands."""
    found = contents.numbers.get(kind)
    day = found.on if found else contents.training_class.ends_on
    return {"nomor": found.number if found else "", "tanggal": long_day(day)}


_Papers = Iterator[dict[str, Any]]


def _invitation(contents: PackContents, people: Sequence[GridRow]) -> _Papers:
    del contents
    yield {"orang": [_person(row) for row in people]}


def _attendance(contents: PackContents, people: Sequence[GridRow]) -> _Papers:
    everybody = [row for row in contents.grid.rows if row in people or any(row.present)]
    places = {session.pk: place for place, session in enumerate(contents.grid.sessions)}
    for number, session in enumerate(contents.sessions, start=1):
        place = places[session.pk]
        has_roll = hasattr(session, "roll")
        venue = session.venue.name if session.venue else place_of(contents)
        yield {
            "hari": {
                "nomor": number,
                "tanggal": long_day(session.on, weekday=True),
                "saja": long_day(session.on),
                "pukul": hours_of(session),
                "tempat": venue,
            },
            "orang": [{**_person(row), "hadir": _mark(row.present[place])} for row in everybody],
            "jumlah": contents.grid.came[place] if has_roll else -1,
        }


def _minutes(contents: PackContents, people: Sequence[GridRow]) -> _Papers:
    grid = contents.grid
    yield {
        "uraian": contents.minutes.text if contents.minutes else "",
        "terdaftar": len(people) + grid.hidden,
        "hadir": sum(any(row.present) for row in grid.rows),
        "kehadiran": sum(grid.came),
    }


def _receipts(contents: PackContents, people: Sequence[GridRow]) -> _Papers:
    del people
    for line in contents.honoraria:
        paid = spent(line)
        amount = planned(line) if paid is None else paid
        payment = getattr(line, "spending", None)
        day = payment.paid_on if payment else contents.training_class.ends_on
        name = (payment.paid_to if payment else "") or (line.mentor.name if line.mentor else "")
        yield {
            "terbilang": _spoken(amount),
            "jumlah": amount.format(),
            "untuk": f"{line.what}, pelatihan {contents.training_class.title}",
            "rekening": line.account_code,
            "hitungan": f"{line.quantity} {line.unit} × {Rupiah(line.unit_price).format()}",
            "tanggal": long_day(day),
            "penerima": name,
            "meterai": bears_stamp(amount),
        }


def _hand_over(contents: PackContents, people: Sequence[GridRow]) -> _Papers:
    came = [row for row in contents.grid.rows if any(row.present)]
    yield {
        "barang": [
            {"apa": one.what, "jumlah": one.quantity, "satuan": one.unit}
            for one in contents.hand_overs
        ],
        "orang": [_person(row) for row in came or people],
    }


def _costs(contents: PackContents, people: Sequence[GridRow]) -> _Papers:
    del people
    total = sum((planned(line) for line in contents.costs), Rupiah(0))
    paid = sum((spent(line) or Rupiah(0) for line in contents.costs), Rupiah(0))
    yield {
        "baris": [_cost(line) for line in contents.costs],
        "rencana": total.format(),
        "dibayar": paid.format(),
        "sisa": (total - paid).format(),
        "terbilang": _spoken(paid),
    }


def _cost(line: CostLine) -> dict[str, str]:
    paid = spent(line)
    return {
        "apa": line.what,
        "rekening": line.account_code,
        "banyak": f"{line.quantity} {line.unit}",
        "rencana": planned(line).format(),
        # Not noted is not nothing.
        "dibayar": "–" if paid is None else paid.format(),
        "sisa": "–" if paid is None else (planned(line) - paid).format(),
    }


def _certificates(contents: PackContents, people: Sequence[GridRow]) -> _Papers:
    del people
    yield {
        "lembar": [
            {
                "nama": one.name,
                "nomor": one.written_number,
                "tanggal": long_day(one.issued_on),
            }
            for one in contents.certificates
        ]
    }


def _photos(contents: PackContents, people: Sequence[GridRow]) -> _Papers:
    del people
    yield {
        "gambar": [
            {
                "berkas": picture_name(photo.pk),
                "tanggal": long_day(photo.session.on) if photo.session else "",
                "keterangan": photo.caption,
            }
            for photo in contents.photos
        ]
    }


def picture_name(key: int) -> str:
    """Return how a photograph is called inside the template."""
    return f"foto-{key}.jpg"


def _pictures(contents: PackContents) -> dict[str, bytes]:
    found = {}
    for photo in contents.photos:
        with open_file(photo.file) as content:
            found[picture_name(photo.pk)] = content.read()
    return found


def _person(row: GridRow) -> dict[str, str]:
    return {"nama": row.person.name, "alamat": lives_in(row.person.area)}


def lives_in(area: Area) -> str:
    """Return RT, RW and kelurahan as papers write them."""
    names = [area.name]
    while area.parent is not None and area.name.startswith(("RT", "RW")):
        area = area.parent
        names.append(area.name)
    return " ".join(names)


def _mark(present: bool | None) -> str:  # noqa: FBT001 - three answers, as in the grid
    return "" if present is None else ("hadir" if present else "tidak")


def _spoken(amount: Rupiah) -> str:
    words = amount.words()
    return f"{words[:1].upper()}{words[1:]}"


def _by_template(certificates: Sequence[Certificate]) -> Iterator[list[Certificate]]:
    groups: dict[int, list[Certificate]] = {}
    for one in certificates:
        groups.setdefault(one.template_id, []).append(one)
    yield from groups.values()
