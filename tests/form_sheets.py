"""A city's own form as the sheets of its workbook, small and invented."""

HEAD = ["type", "name", "label::Bahasa Indonesia (id)", "label::English (en)", "hint", "required",
        "constraint", "constraint_message", "relevant", "calculation", "default", "choice_filter",
        "appearance"]  # fmt: skip
CHOICES = [
    ["list_name", "name", "label::Bahasa Indonesia (id)", "label::English (en)", "sektor"],
    ["sektor", "makanan", "Makanan", "Food"],
    ["sektor", "kriya", "Kriya", "Crafts"],
    ["alat", "oven", "Oven", "Oven", "makanan"],
    ["alat", "mesin_jahit", "Mesin jahit", "Sewing machine", "kriya"],
    ["alat", "kompor", "Kompor", "Stove", "makanan"],
]
SETTINGS = [
    ["form_id", "form_title", "default_language"],
    ["usaha-rumah", "Usaha rumahan", "Bahasa Indonesia (id)"],
]


def row(kind, name="", label="", **more):
    """One row of the sheet `survey`; the cells that are not named stay empty."""
    cells = {"type": kind, "name": name, "label::Bahasa Indonesia (id)": label, **more}
    return [cells.get(heading, "") for heading in HEAD]


ROWS = [
    row("text", "nama_usaha", "Nama usaha", required="yes", **{"label::English (en)": "Business"}),
    row("integer", "pekerja", "Berapa pekerja?", constraint=". >= 0 and . <= 50",
        constraint_message="Antara 0 dan 50"),
    row("decimal", "upah", "Upah sehari", relevant="${pekerja} > 0", required="${pekerja} > 2"),
    row("calculate", "upah_sebulan", calculation="${pekerja} * ${upah} * 25"),
    row("select_one sektor", "sektor", "Sektor", default="makanan"),
    row("select_multiple alat", "alat", "Alat", choice_filter="sektor = ${sektor}",
        constraint="count-selected(.) <= 1"),
    row("begin group", "izin", "Izin", relevant="${sektor} = 'makanan'"),
    row("date", "pirt", "Tanggal P-IRT", constraint=". <= today()"),
    row("time", "buka", "Jam buka"),
    row("end group"),
    row("note", "", "Terima kasih, ${nama_usaha}"),
    row("geopoint", "tempat", "Tempat usaha", required="yes"),
    row("image", "foto", "Foto"),
]  # fmt: skip


def sheets(*rows, choices=CHOICES, settings=SETTINGS):
    return {"survey": [HEAD, *(rows or ROWS)], "choices": choices, "settings": settings}
