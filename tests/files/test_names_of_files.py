"""Names are shown, never trusted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uploads import REAL

from jembol.files.rules import LONGEST_NAME, media_type_of, safe_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Daftar Hadir 8–10 Agustus.xlsx", "Daftar Hadir 8–10 Agustus.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\sari\\peserta.xls", "peserta.xls"),
        ("peserta\u202efdp.exe", "pesertafdp.exe"),
        ("a\x00b\r\n.csv", "ab.csv"),
        ("..", "file"),
        ("", "file"),
        (".csv", "csv"),
    ],
)
def test_a_name_loses_its_path_and_its_misleading_signs(given, shown):
    assert safe_name(given) == shown


@given(name=st.text(max_size=600))
def test_every_name_becomes_one_short_visible_part(name):
    shown = safe_name(name)

    assert 1 <= len(shown) <= LONGEST_NAME
    assert "/" not in shown
    assert "\\" not in shown
    assert shown not in {".", ".."}
    assert not {unicodedata.category(sign) for sign in shown} & {"Cc", "Cf", "Cs"}


@given(content=st.binary(max_size=300))
def test_no_bytes_break_the_look_at_their_type(content):
    media_type_of(content)


@given(kind=st.sampled_from(sorted(REAL)), cut=st.integers(12, 40))
def test_a_cut_file_is_never_taken_for_another_type(kind, cut):
    content, media_type = REAL[kind]

    assert media_type_of(content[:cut]) in {media_type, None}
