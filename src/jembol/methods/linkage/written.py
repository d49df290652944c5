"""A record as somebody wrote it, every value a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a list or a form says about one person; a blank is unknown.

    Attributes:
        name: With titles, degrees and all.
        nik: In any form, also what a spreadsheet made of it.
        sex: "L", "P", or a word for it.
        born_on: Date of birth: ISO, day first, or with the month as a word.
        phone: One number or two.
        address: Street and number; may hold RT and RW.
        rt: RT alone, "03" or "03/05" for RT and RW.
        rw: RW alone.
        kelurahan: Name of the kelurahan or desa.
        kecamatan: Name of the kecamatan.
        city: Name of the kota or kabupaten.
        business: Name of the enterprise.
    """

    name: str = ""
    nik: str = ""
    sex: str = ""
    born_on: str = ""
    phone: str = ""
    address: str = ""
    rt: str = ""
    rw: str = ""
    kelurahan: str = ""
    kecamatan: str = ""
    city: str = ""
    business: str = ""
