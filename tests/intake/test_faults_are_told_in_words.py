"""Every fault that kit can find in a cell has words that the catalogue can translate."""

import pytest
from django.utils import translation

from jembol.intake.fault_words import in_words
from jembol.kit.ids import PublicId
from jembol.kit.nib import Nib
from jembol.kit.nik import Kk, Nik
from jembol.kit.phone import Phone
from jembol.kit.text import clean_line
from jembol.kit.unreadable import Unreadable

# Invented numbers; none of them is anybody's.
FAULTS = [
    (Nik.parse, ""),
    (Nik.parse, "35730541O7900012"),
    (Nik.parse, "0"),
    (Nik.parse, "357305410790001"),
    (Nik.parse, "1111111111111111"),
    (Nik.parse, "3.57305E+15"),
    (Nik.parse, "3500054107900012"),
    (Nik.parse, "3573059907900012"),
    (Nik.parse, "3573054107900000"),
    (Kk.parse, ""),
    (Kk.parse, "357305"),
    (Nib.parse, ""),
    (Nib.parse, "12345678901AB"),
    (Nib.parse, "123456"),
    (Nib.parse, "1111111111111"),
    (Phone.parse, ""),
    (Phone.parse, "6.28123E+12"),
    (Phone.parse, "0012345"),
    (Phone.parse, "08123"),
    (PublicId.parse, ""),
    (PublicId.parse, "P-12"),
    (PublicId.parse, "P-7K3M-9QX2-0"),
    (PublicId.parse, "Z-7K3M-9QX2-C"),
    (clean_line, "a\0b"),
    (clean_line, "a\ud800b"),
]


def fault_of(reader, text):
    with pytest.raises(Unreadable) as found:
        reader(text)
    return found.value


@pytest.mark.parametrize(("reader", "text"), FAULTS)
def test_a_fault_and_its_remedy_are_whole_sentences_of_the_catalogue(reader, text):
    fault = fault_of(reader, text)

    with translation.override("en"):
        fact, remedy = in_words(fault)

    assert fact[0].isupper()
    assert remedy.endswith(".")
    assert "%(" not in fact


def test_the_number_of_digits_stands_in_the_fact():
    fault = fault_of(Nik.parse, "357305410790001")

    with translation.override("en"):
        fact, _remedy = in_words(fault)

    assert fact == "The number has 15 digits instead of 16"
