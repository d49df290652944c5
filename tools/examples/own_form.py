"""A small form as a city may use it in Kobo or ODK, with three things that no visit asks."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from examples.layouts import without_clock

FILE_FORM = "formulir-usaha-rumahan.xlsx"
HEAD = (
    "type", "name", "label::Bahasa Indonesia (id)", "label::Basa Jawa (jv)", "hint", "required",
    "constraint", "constraint_message", "relevant", "calculation", "default", "choice_filter",
    "appearance",
)  # fmt: skip
SURVEY: tuple[dict[str, str], ...] = (
    {"type": "start", "name": "mulai"},
    {"type": "text", "name": "nama_usaha", "id": "Nama usaha", "jv": "Jenenge usaha",
     "required": "yes"},
    {"type": "select_one sektor", "name": "sektor", "id": "Usaha di bidang apa?",
     "jv": "Usahane ing bidang apa?", "required": "yes"},
    {"type": "select_multiple alat", "name": "alat", "id": "Alat apa yang dimiliki?",
     "jv": "Nduwe piranti apa?", "choice_filter": "sektor = ${sektor}"},
    {"type": "integer", "name": "pekerja", "id": "Berapa orang yang membantu?",
     "jv": "Sing ngrewangi wong pira?", "constraint": ". >= 0 and . <= 50",
     "constraint_message": "Antara 0 dan 50 orang"},
    {"type": "decimal", "name": "upah", "id": "Upah sehari untuk satu orang (rupiah)",
     "jv": "Bayarane sedina wong siji (rupiah)", "relevant": "${pekerja} > 0"},
    {"type": "calculate", "name": "upah_sebulan",
     "calculation": "${pekerja} * coalesce(${upah}, 0) * 25"},
    {"type": "note", "name": "hitungan", "id": "Upah sebulan kira-kira Rp${upah_sebulan}",
     "jv": "Bayaran sesasi kira-kira Rp${upah_sebulan}", "relevant": "${upah_sebulan} > 0"},
    {"type": "begin group", "name": "izin", "id": "Izin", "jv": "Idin",
     "relevant": "${sektor} = 'makanan'"},
    {"type": "select_one ya_tidak", "name": "punya_pirt", "id": "Sudah punya P-IRT?",
     "jv": "Wis nduwe P-IRT?", "appearance": "likert"},
    {"type": "date", "name": "pirt_sampai", "id": "Berlaku sampai", "jv": "Nganti tanggal",
     "relevant": "${punya_pirt} = 'ya'", "constraint": ". >= today() - 3650"},
    {"type": "end group"},
    {"type": "range", "name": "puas", "id": "Seberapa puas, 1 sampai 5?",
     "jv": "Sepira marem, 1 nganti 5?"},
    {"type": "text", "name": "kode", "id": "Kode kupon", "jv": "Kode kupon",
     "constraint": "regex(., '[A-Z]{2}[0-9]{4}')", "default": "", "relevant":
     "jr:choice-name(${sektor}, '${sektor}') != ''"},
    {"type": "geopoint", "name": "tempat", "id": "Tempat usaha", "jv": "Panggonane usaha"},
    {"type": "image", "name": "foto", "id": "Foto dapur atau bengkel",
     "jv": "Foto pawon utawa bengkel"},
)  # fmt: skip
CHOICES = (
    ("list_name", "name", "label::Bahasa Indonesia (id)", "label::Basa Jawa (jv)", "sektor"),
    ("sektor", "makanan", "Makanan dan minuman", "Panganan lan ombenan", ""),
    ("sektor", "kriya", "Kerajinan", "Kerajinan", ""),
    ("sektor", "jasa", "Jasa", "Jasa", ""),
    ("alat", "oven", "Oven", "Oven", "makanan"),
    ("alat", "kompor", "Kompor", "Kompor", "makanan"),
    ("alat", "mesin_jahit", "Mesin jahit", "Mesin jait", "kriya"),
    ("alat", "gunting_rambut", "Gunting rambut", "Gunting rambut", "jasa"),
    ("ya_tidak", "ya", "Ya", "Iya", ""),
    ("ya_tidak", "tidak", "Tidak", "Ora", ""),
)
SETTINGS = (
    ("form_id", "form_title", "version", "default_language"),
    ("usaha-rumahan", "Usaha rumahan", "2026-01", "Bahasa Indonesia (id)"),
)
_LABELS = {"id": HEAD[2], "jv": HEAD[3]}


def write_form(path: Path) -> None:
    """Write the workbook of the form."""
    book = openpyxl.Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    survey.append(HEAD)
    for row in SURVEY:
        cells = {_LABELS.get(name, name): text for name, text in row.items()}
        survey.append([cells.get(heading, "") or None for heading in HEAD])
    for title, rows in (("choices", CHOICES), ("settings", SETTINGS)):
        sheet = book.create_sheet(title)
        for cells_of_row in rows:
            sheet.append([text or None for text in cells_of_row])
    book.save(path)
    without_clock(path)
