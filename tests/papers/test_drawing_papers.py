"""A template and data make a PDF: the data are never code, and nothing outside is reached."""

import pytest

from city import NOW
from jembol.papers import errors
from jembol.papers.choices import Size
from jembol.papers.drawing import qr_svg
from jembol.papers.kinds import CERTIFICATE, KINDS, shared_part
from jembol.papers.queries import Source
from jembol.papers.rendering import Press, render
from papers.printed import codes_in, sheets_of, text_of

LETTERHEAD = {
    "pemerintah": "Pemerintah Kota Uji", "dinas": "Dinas Uji", "alamat": "", "kontak": "",
    "tempat": "Uji", "jabatan": "Kepala", "nama": "Wulan", "pangkat": "", "nip": "",
}  # fmt: skip
STRANGE = (
    r"\input{/etc/passwd}",
    '#eval("1 + 1")',
    '#read("/etc/passwd") $x^2$ *tebal* _miring_ `kode` <label> @ref',
    "Bu \"Sri\" 'Rahayu' // bukan komentar /* juga */",
    "= Judul - bukan + daftar [kurung] {kurawal}",
    "{nomor} %(name)s {{ x }} <script>alert(1)</script>",
    "Ni'mah \\u{41} ~ ' -- ... & ; \\",
)


def press(text, **more):
    source = Source(text=text, shared=shared_part())
    return Press(source=source, at=NOW, letterhead=LETTERHEAD, **more)


SAYS = '#import "dasar.typ": *\n#isi.nama'


@pytest.mark.parametrize("name", STRANGE)
def test_data_are_text_and_never_code(name):
    said = text_of(press(SAYS).draw({"nama": name}))

    assert said.replace(" ", "") == name.replace(" ", "")


def test_a_sign_that_turns_the_line_cannot_reverse_a_paper():
    said = text_of(press(SAYS).draw({"nama": "Sri\u202eTAMAT\u202c \u2066x\u2069"}))

    assert said == "SriTAMAT x"


@pytest.mark.parametrize(
    "name", ["ꦱꦿꦶ\u200bꦫꦲꦪꦸ", "سيتي رحايو", "Nguyễn Thị Ánh", "M" * 10_000, "", " ", "Á" * 150]
)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_strange_name_breaks_no_paper(kind, name):
    plain = sheets_of(press(KINDS[kind].text).draw(KINDS[kind].example))

    pdf = press(KINDS[kind].text).draw(renamed(KINDS[kind].example, name))

    # A table may need more sheets for it; nothing is lost.
    assert len(sheets_of(pdf)) >= len(plain)
    assert set(sheets_of(pdf)) == set(plain)


def renamed(data, name):
    """The same data with this name wherever they name a person."""
    if isinstance(data, list):
        return [renamed(one, name) for one in data]
    if isinstance(data, dict):
        return {key: name if key == "nama" else renamed(one, name) for key, one in data.items()}
    return data


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("ok\n\n#tidak-ada", 3),
        ('#read("/etc/passwd")', 1),
        ('#read("../../../../etc/passwd")', 1),
        ('#read("kinds.py")', 1),
        ('#import "@preview/example:0.1.0": *', 1),
        ('#import "@pre" + "view/example:0.1.0"', 1),
        ("#let f() = f()\n#f()", None),
        ("#while true {}", 1),
    ],
)
def test_a_template_that_reaches_out_or_errs_is_refused_with_its_line(template, line):
    with pytest.raises(errors.TemplateBroken) as refused:
        press(template).draw({})

    if line is not None:
        assert refused.value.params["line"] == line
        assert f"Line {line} of the template" in str(refused.value)
    assert "try again" in str(refused.value)


def test_a_template_that_never_ends_is_stopped():
    endless = "#let n = 0\n#for i in range(100000000) { for j in range(100000000) { n += 1 } }"

    with pytest.raises(errors.TemplateTooHeavy):
        press(endless, seconds=1).draw({})


def test_a_template_that_wants_gigabytes_is_stopped():
    greedy = '#let s = "0123456789"\n#for i in range(40) { s = s + s }\n#s.len()'

    with pytest.raises((errors.TemplateTooHeavy, errors.TemplateBroken)):
        press(greedy, seconds=5).draw({})


def test_the_same_data_give_the_same_bytes():
    one, other = (press(CERTIFICATE.text).draw(CERTIFICATE.example) for _time in range(2))

    assert one == other


def test_sheets_are_a4_or_f4(areas):
    pages = {
        size: sheets_of(
            render(CERTIFICATE, CERTIFICATE.example, city=areas.malang, at=NOW, size=size)
        )
        for size in Size
    }

    assert pages == {Size.A4: [(297, 210)], Size.F4: [(330, 215)]}


def test_fonts_come_with_the_program_and_not_from_the_machine():
    pdf = press('#set text(font: "Arial")\nHuruf').draw({})

    assert b"Arial" not in pdf
    assert text_of(pdf) == "Huruf"


def test_a_file_is_given_to_the_template_by_name():
    drawing = qr_svg("kota.example").encode()
    pdf = press('#image("denah.svg", width: 4cm)', files={"denah.svg": drawing}).draw({})

    assert codes_in(pdf) == ["kota.example"]


def test_many_papers_come_in_order():
    drawn = list(press(SAYS).draw_each([{"nama": f"Nomor {n}"} for n in range(120)]))

    assert [text_of(pdf) for pdf in drawn[::40]] == ["Nomor 0", "Nomor 40", "Nomor 80"]
    assert len(drawn) == 120
