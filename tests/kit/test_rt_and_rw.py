import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.area import RtRw, parse_rt_rw

numbers = st.integers(1, 999)
FORMS = (
    "RT {rt:02d} RW {rw:02d}",
    "{rt:02d}/{rw:02d}",
    "{rt}/{rw}",
    "{rt:03d}/{rw:03d}",
    "{rt:03d} / {rw:03d}",
    "RT.{rt}/RW.{rw}",
    "rt{rt:02d}rw{rw:02d}",
    "RW {rw:02d} RT {rt:02d}",
    "RW {rw}, RT {rt}",
    "RT/RW {rt}/{rw}",
    "RT/RW: {rt:03d}/{rw:03d}",
    "RW/RT {rw}/{rt}",
    "RT {rt}/{rw}",
    "RT-{rt}/RW-{rw}",
    "R.T. {rt} R.W. {rw}",
    "RT No. {rt} RW No. {rw}",
    "Jl. Contoh Gg. 2 No. 17 RT {rt} RW {rw} Kel. Samaan",
    "rukun tetangga {rt} rukun warga {rw}",
)


@given(st.sampled_from(FORMS), numbers, numbers)
def test_every_usual_form_gives_the_same_two_numbers(form, rt, rw):
    assert parse_rt_rw(form.format(rt=rt, rw=rw)) == RtRw(rt=rt, rw=rw)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("RW 5", RtRw(None, 5)),
        ("RT 03", RtRw(3, None)),
        ("RT 3 RW VI", RtRw(3, 6)),
        ("RT. III / RW. IX", RtRw(3, 9)),
        ("RT 00 RW 05", RtRw(None, 5)),
        ("０３／０５", RtRw(3, 5)),
    ],
)
def test_a_part_that_is_not_said_stays_unknown(text, found):
    assert parse_rt_rw(text) == found


@pytest.mark.parametrize(
    "text",
    ["", "-", "s.d.a.", "5", "000/000", "03/05/2026", "2026-05-03", "RT 1234", "Art 5", "1003/5"],
)
def test_a_cell_that_names_neither_gives_nothing(text):
    assert parse_rt_rw(text) is None


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_fail(text):
    found = parse_rt_rw(text)

    assert found is None or found.rt or found.rw
