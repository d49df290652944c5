"""All numbers here are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jembol.kit.nib import Nib, NotANib
from jembol.kit.phone import NotAPhone, Phone, phones_in

rests = st.from_regex(r"8[1-9][0-9]{7,10}", fullmatch=True)
FORMS = (
    "0{0}",
    "+62{0}",
    "62{0}",
    "62-{0}",
    "+62 (0){0}",
    "0062{0}",
    "{0}",
    "'0{0}",
    "{0}.0",
    " 0{0}\u200e",
    "WA: 0{0}",
    "0{0} (Bu Contoh)",
)


@given(st.sampled_from(FORMS), rests)
def test_every_form_of_a_mobile_number_is_one_number(form, rest):
    (phone,) = phones_in(form.format(rest))

    assert phone.e164 == f"+62{rest}"
    assert phone.whatsapp == f"62{rest}"
    assert phone.national.replace("-", "") == f"0{rest}"
    assert phone.is_mobile


@given(rests)
def test_a_number_reads_back_and_its_mask_hides_the_middle(rest):
    phone = Phone.parse(f"0{rest}")

    assert Phone.parse(phone.national) == Phone.parse(phone.e164) == phone
    assert phone.masked == "0" + rest[:3] + "•" * (len(rest) - 6) + rest[-3:]
    assert rest not in repr(phone)


@given(
    st.lists(rests, min_size=1, max_size=3),
    st.sampled_from((" / ", "/", ", ", ";", " atau ", "\n")),
)
def test_each_number_of_a_cell_is_found_once_and_in_order(found, between):
    cell = between.join(f"0{rest}" for rest in found)

    assert phones_in(cell) == tuple(dict.fromkeys(Phone(f"+62{rest}") for rest in found))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        ("-", "blank"),
        ("0", "blank"),
        ("8.12345E+10", "spreadsheet_float"),
        ("12345", "format"),
        ("08123456789O", "format"),
        ("081234", "length"),
        ("081234567890 081234567891", "length"),
        ("+1 212 555 0100", "format"),
    ],
)
def test_a_text_that_is_no_number_is_refused(text, code):
    with pytest.raises(NotAPhone) as caught:
        Phone.parse(text)

    assert caught.value.code == code


@pytest.mark.parametrize("text", ["8.12345e10", "081234567890 / 0812", "08123456789O"])
def test_a_cell_with_one_bad_number_is_refused_rather_than_cut(text):
    with pytest.raises(NotAPhone):
        phones_in(text)


def test_cells_without_numbers_and_landlines_are_known():
    assert phones_in("") == phones_in("-") == phones_in("tidak ada") == phones_in("0") == ()
    assert phones_in("0341/551234") == (Phone("+62341551234"),)
    assert Phone.parse("(0341) 551234").whatsapp is None
    assert str(Phone.parse("0341551234")) == "(0341) 551234"


@given(st.from_regex(r"[0-9]{13}", fullmatch=True).filter(lambda digits: len(set(digits)) > 1))
def test_a_nib_keeps_its_thirteen_digits_in_any_form(digits):
    assert Nib.parse(digits).digits == digits
    assert Nib.parse(f"'{digits[:4]}.{digits[4:8]} {digits[8:]}").digits == digits
    assert str(Nib.parse(f"{digits}.0")) == digits


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        ("220101234567", "length"),
        ("1.234567E+12", "letters"),
        ("0000000000000", "repeated"),
    ],
)
def test_a_text_that_is_no_nib_is_refused(text, code):
    with pytest.raises(NotANib) as caught:
        Nib.parse(text)

    assert caught.value.code == code
