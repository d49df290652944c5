"""Empty lists to be filled in and sent: one for each kind, read back without a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jembol.intake.choices import Kind
from jembol.intake.words import EXAMPLE


@dataclass(frozen=True, slots=True)
class Template:
    """One empty list.

    Attributes:
        name: Name of the file, without its ending.
        header: Titles of the columns, in Indonesian whatever the language of the pages.
        example: One line that shows how to fill in; its first cell says so, and it is never stored.
        notes: One explanation for each column.
    """

    name: str
    header: tuple[str, ...]
    example: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """What stands below the header of a fresh template: the example."""
        return (self.example,)


_Columns = tuple[tuple[str, str, str], ...]

_PERSON: Final[_Columns] = (
    ("ID Jembol", EXAMPLE, "Kosongkan untuk orang baru. Baris CONTOH tidak disimpan."),
    ("Nama", "Siti Aminah", "Wajib. Seperti di KTP; satu kata pun boleh."),
    ("NIK", "3573054107900012", "16 angka. Kosongkan bila tidak tahu."),
    ("No. KK", "", "16 angka. Boleh kosong."),
    ("L/P", "P", "L atau P."),
    ("Tempat Lahir", "Malang", ""),
    ("Tanggal Lahir", "31/12/1990", "Hari/bulan/tahun."),
    ("No. HP/WA", "0812-3456-7890", "Satu nomor."),
    ("Alamat", "Jl. Kenanga 5", ""),
    ("RT", "002", ""),
    ("RW", "006", ""),
    ("Kelurahan", "Dinoyo", ""),
    ("Kecamatan", "Lowokwaru", ""),
    ("Pendidikan", "SMA", "SD, SMP, SMA, Diploma, S1, S2."),
    ("Disabilitas", "Tidak", "Ya atau Tidak."),
    ("Nama Usaha", "", "Boleh kosong."),
    ("Produk", "", "Boleh kosong."),
)
_ENTERPRISE: Final[_Columns] = (
    ("ID Usaha", EXAMPLE, "Kosongkan untuk usaha baru. Baris CONTOH tidak disimpan."),
    ("Nama Usaha", "Dapur Aminah", "Wajib."),
    ("Nama Pemilik", "Siti Aminah", "Seperti di KTP."),
    ("NIK Pemilik", "3573054107900012", "16 angka. Kosongkan bila tidak tahu."),
    ("No. HP Pemilik", "0812-3456-7890", "Satu nomor."),
    ("Jenis Usaha", "Makanan", ""),
    ("Produk", "Kue kering", ""),
    ("NIB", "", "13 angka. Boleh kosong."),
    ("KBLI", "", "5 angka. Boleh kosong."),
    ("Alamat", "Jl. Kenanga 5", ""),
    ("RT", "002", ""),
    ("RW", "006", ""),
    ("Kelurahan", "Dinoyo", ""),
    ("Kecamatan", "Lowokwaru", ""),
    ("Mulai Usaha", "2019", "Tahun atau tanggal."),
    ("Status", "buka", "buka, libur, tutup, rintisan, ide."),
)
_DAYS: Final[_Columns] = tuple((f"Hari {number}", "v", "v bila hadir.") for number in (1, 2, 3))
_NAMES: Final = {
    Kind.PEOPLE: "contoh-daftar-orang",
    Kind.ENTERPRISES: "contoh-daftar-usaha",
    Kind.ATTENDANCE: "contoh-daftar-hadir",
}


def template_for(kind: str) -> Template:
    """Return the empty list of a kind; the caller writes it as XLSX with text columns."""
    columns = _ENTERPRISE if kind == Kind.ENTERPRISES else _PERSON
    if kind == Kind.ATTENDANCE:
        columns += _DAYS
    header, example, notes = zip(*columns, strict=True)
    return Template(_NAMES[Kind(kind)], header, example, notes)
