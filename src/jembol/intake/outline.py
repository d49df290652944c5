"""What was found in a file: its tables, their columns, and what is proposed for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final, Self

from jembol.intake import columns, tables
from jembol.intake.choices import Kind
from jembol.intake.dates import Doubt
from jembol.intake.known_fields import ListKind
from jembol.intake.models import Import
from jembol.intake.row_cells import Form
from jembol.intake.tables import Table
from jembol.intake.workbook import Workbook
from jembol.kit.area import city_key
from jembol.kit.text import fold_area
from jembol.places.models import Area
from jembol.places.queries import AreaFinder

SAMPLE_ROWS: Final = 5
_NAMES: Final = frozenset({"name", "id", "enterprise_name", "sidt_id"})


@dataclass(slots=True)
class TableOutline:
    """One table of a file, as it is stored with the import.

    Attributes:
        sheet: Name of the sheet.
        top_row: Row of the header; 0 when there is none.
        left: Place of the first column in the sheet, from 0.
        header: Titles of the columns.
        fingerprint: Digest of the header, under which a mapping is remembered.
        count: Rows of data.
        columns: Field of each column by its number.
        chosen: It is to be imported.
        is_remembered: The columns come from an earlier import of the source.
        title: Name of the class or list in the rows above.
        place: After "Tempat :".
        organiser: After "Penyelenggara :".
        days: Days named above, ISO.
        doubt: What is doubtful about them, in words of the source.
    """

    sheet: str
    top_row: int
    left: int
    header: list[str]
    fingerprint: str
    count: int
    columns: dict[int, str] = field(default_factory=dict)
    chosen: bool = True
    is_remembered: bool = False
    title: str = ""
    place: str = ""
    organiser: str = ""
    days: list[str] = field(default_factory=list)
    doubt: str = ""

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return what `as_json` made."""
        fields = dict(value)
        fields["columns"] = {int(column): name for column, name in value["columns"].items()}
        return cls(**fields)

    def as_json(self) -> dict[str, Any]:
        """Return the outline for storage."""
        stored = asdict(self)
        stored["columns"] = {str(column): name for column, name in self.columns.items()}
        return stored

    @property
    def names_somebody(self) -> bool:
        """Whether a column says whom the rows are about."""
        return not _NAMES.isdisjoint(self.columns.values())

    @property
    def day_numbers(self) -> list[int]:
        """The days that have a column."""
        names = (name for name in self.columns.values() if name.startswith("day_"))
        return sorted(int(name.removeprefix("day_")) for name in names)


def outline_of(table: Table, kind: str) -> TableOutline:
    """Return the outline of a table with the proposed columns."""
    proposed = columns.propose(table.header, [row.cells for row in table.rows], ListKind(kind))
    context = table.context
    days, doubt = _days(table)
    outline = TableOutline(
        sheet=table.sheet,
        top_row=table.top_row,
        left=table.left_column,
        header=list(table.header),
        fingerprint=columns.fingerprint(table.header),
        count=len(table.rows),
        columns={column.index: column.field for column in proposed.columns if column.field},
        title=context.title[:150],
        place=context.place[:150],
        organiser=context.organiser[:150],
        days=[day.isoformat() for day in days],
        doubt=doubt,
    )
    outline.chosen = bool(table.rows) and outline.names_somebody
    return outline


def _days(table: Table) -> tuple[list[date], str]:
    """Return the days that the title names first, and the doubt about them."""
    if not table.context.dates:
        return [], ""
    span = table.context.dates[0]
    length = (span.ends_on - span.starts_on).days + 1
    days = [date.fromordinal(span.starts_on.toordinal() + step) for step in range(min(length, 31))]
    return days, span.text if span.doubt is Doubt.WEEKDAY_DIFFERS else ""


def samples_of(found: Sequence[Table]) -> list[dict[str, Any]]:
    """Return the first rows and the skipped rows of each table, for the officer to see."""
    return [
        {
            "rows": [[cell.text for cell in row.cells] for row in table.rows[:SAMPLE_ROWS]],
            "skipped": [asdict(row) for row in table.skipped],
            "titles": list(table.context.lines),
        }
        for table in found
    ]


def tables_in(book: Workbook) -> tuple[Table, ...]:
    """Return the tables of a file that hold rows, in the order in which they are numbered."""
    return tuple(table for table in tables.find_all(book) if table.rows)


class CityGazetteer:
    """Finds areas of one city by what people write."""

    def __init__(self, area_key: int) -> None:
        """Read the names of the city that holds this area."""
        self._city = Area.objects.get(pk=city_key(area_key) or area_key)
        self._finder = AreaFinder(self._city)
        self._found: dict[tuple[str, str], int | None] = {}

    def kelurahan(self, text: str, kecamatan: str = "") -> int | None:
        """Return the key of the kelurahan."""
        asked = (text, kecamatan)
        if asked not in self._found:
            match = self._finder.kelurahan(text, kecamatan)
            self._found[asked] = match.key if match else None
        return self._found[asked]

    def kecamatan(self, text: str) -> int | None:
        """Return the key of the kecamatan."""
        match = self._finder.kecamatan(text)
        return match.key if match else None

    def is_this_city(self, text: str) -> bool:
        """Whether the text names the city itself."""
        return fold_area(text) == self._city.folded


def form_of(
    batch: Import, table: TableOutline, *, today: date, kind_of_file: str, places: CityGazetteer
) -> Form:
    """Return how the rows of a table are to be read."""
    return Form(
        kind=Kind(batch.kind),
        header=table.header,
        columns=table.columns,
        today=today,
        is_text_table=kind_of_file == "csv",
        places=places,
        left=table.left,
    )
