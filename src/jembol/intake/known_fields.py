"""Every field that a list can tell, with the Indonesian headers that mean it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from jembol.intake.dates import read_date


class ListKind(StrEnum):
    """What a list is about."""

    PEOPLE = "people"
    ENTERPRISES = "enterprises"
    ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a list can tell.

    Attributes:
        name: Canonical name.
        label: The header in our own templates and exports.
        words: Headers that mean it, normalised.
        content: Tells whether a value looks like it, for columns with an unknown header.
    """

    name: str
    label: str
    words: tuple[str, ...]
    content: Callable[[str], bool] | None = None


def normalise(header: str) -> str:
    """Return a header as bare words: "No. HP/WA (aktif)" becomes "no hp wa"."""
    text = unicodedata.normalize("NFKC", header).casefold()
    text = re.sub(r"\([^)]*\)", " ", text) if re.sub(r"\([^)]*\)", "", text).strip() else text
    return " ".join(re.findall(r"[^\W_]+", text))


def _field(
    name: str, label: str, words: str, content: Callable[[str], bool] | None = None
) -> Field:
    listed = (label, name, *words.split(","))
    return Field(name, label, tuple(dict.fromkeys(map(normalise, listed))), content)


def _also(field: Field, words: str) -> Field:
    """Return a field that further headers mean."""
    return replace(field, words=(*field.words, *map(normalise, words.split(","))))


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text: compiled.fullmatch(text.strip().lstrip("'")) is not None


_IS_NIK = _matches(r"\d{2}[.\- ]?\d{2}[.\- ]?\d{2}[.\- ]?(?:\d[.\- ]?){9}\d(?:\.0)?")
_IS_PHONE = _matches(r"(?:\+?62|0|8)[\d\-. ()]{7,17}")
_IS_SEX = _matches(r"l|p|lk|pr|laki(?:-| )?laki|perempuan|pria|wanita")
_IS_PAIR = _matches(r"(?:rt\W*)?\d{1,3}\s*[/-]\s*(?:rw\W*)?\d{1,3}|rt\W*\d+\W*rw\W*\d+")
_IS_NIB = _matches(r"\d{13}")


def is_date(text: str) -> bool:
    """Tell whether a text is a date, and not a NIB whose digits could be one."""
    return read_date(text).date is not None and not _IS_NIB(text)


_ADDRESS: Final = (
    _field("address", "Alamat", "alamat lengkap,alamat rumah,alamat ktp,alamat domisili,"
           "alamat tinggal,alamat tempat tinggal,domisili,jalan,nama jalan,alamat usaha,jl"),
    _field("rt_rw", "RT/RW", "rt rw,alamat rt rw", _IS_PAIR),
    _field("rt", "RT", "no rt"),
    _field("rw", "RW", "no rw"),
    _field("kelurahan", "Kelurahan", "kel,kel desa,kelurahan desa,desa kelurahan,desa,desa kel,"
           "nama kelurahan"),
    _field("kecamatan", "Kecamatan", "kec,nama kecamatan"),
    _field("city", "Kota", "kabupaten,kab kota,kota kab,kota kabupaten,kabupaten kota"),
)  # fmt: skip
_BUSINESS: Final = (
    _field("product", "Produk", "nama produk,jenis produk,produk utama,hasil produksi,hasil usaha,"
           "produk usaha,produk yang dijual"),
    _field("activity", "Jenis Usaha", "kegiatan,bidang usaha,kegiatan utama,kegiatan usaha,"
           "kategori usaha,sektor usaha,sektor"),
    _field("nib", "NIB", "no nib,nomor nib,nomor induk berusaha", _IS_NIB),
    _field("kbli", "KBLI", "kode kbli,no kbli"),
    _field("yearly_sales", "Omzet per Tahun", "omzet,omset,omzet tahunan,omset tahunan,"
           "omset per tahun,penjualan tahunan,hasil penjualan tahunan,omzet setahun,omzet th"),
)  # fmt: skip
_GROUP_AND_NOTE: Final = (
    _field("group_name", "Kelompok", "nama kelompok,kube,kelompok usaha,klp"),
    _field("note", "Keterangan", "ket,catatan,keterangan lain"),
)
_PHONE_WORDS: Final = (
    "no hp,hp,no wa,wa,hp wa,telp,no telp,telepon,no telepon,nomor telepon,nomor hp,nomor wa,"
    "whatsapp,no whatsapp,nomor whatsapp,no handphone,nomor handphone,handphone,kontak,no kontak,"
    "kontak hp,no telp hp,telp hp,no telp wa,no tlp,tlp,no tlpn,contact person,cp"
)
_NIK_WORDS: Final = (
    "no ktp,nomor ktp,no nik,nomor nik,nomor induk kependudukan,no induk kependudukan,ktp,nik ktp,"
    "no identitas,nomor identitas,no nik ktp,no ktp nik"
)
_PERSON: Final = (
    _field("id", "ID Jembol", "jembol id,no jembol"),
    _field("name", "Nama", "nama peserta,nama lengkap,nama lengkap peserta,nama warga,nama anggota,"
           "nama pemilik,nama pelaku usaha,nama ktp,nama sesuai ktp,peserta,nama pendaftar,"
           "nama pelaku umkm,nama lengkap sesuai ktp,nama siswa"),
    _field("nik", "NIK", _NIK_WORDS, _IS_NIK),
    _field("kk", "No. KK", "kk,nomor kk,no kartu keluarga,nomor kartu keluarga,kartu keluarga"),
    _field("sex", "L/P", "jenis kelamin,jk,j k,kelamin,gender,lk pr,p l,lp", _IS_SEX),
    _field("born_on", "Tanggal Lahir", "tgl lahir,tgl lhr,lahir,tanggal kelahiran", is_date),
    _field("birth_place", "Tempat Lahir", "tmp lahir,tpt lahir,tmpt lahir,kota lahir"),
    _field("birth", "Tempat, Tanggal Lahir", "ttl,t t l,tempat tgl lahir,tempat dan tanggal lahir,"
           "tmp tgl lahir,tmpt tgl lahir,tpt tgl lahir,tempat dan tgl lahir"),
    _field("phone", "No. HP/WA", _PHONE_WORDS, _IS_PHONE),
    *_ADDRESS,
    _field("enterprise_name", "Nama Usaha", "usaha,nama umkm,merk,merek,brand,nama merek,nama merk,"
           "merk dagang,merek dagang,nama toko,nama brand,nama usaha merk,nama umkm usaha"),
    *_BUSINESS,
    _field("disability", "Disabilitas", "difabel,penyandang disabilitas,is disabilitas,ragam "
           "disabilitas,jenis disabilitas"),
    _field("education", "Pendidikan", "pendidikan terakhir,pendidikan formal,pddk,pend terakhir"),
    *_GROUP_AND_NOTE,
)  # fmt: skip
# SIDT-KUMKM names the place of the enterprise apart from that of its owner (registry.sidt).
_PLACE_OF_BUSINESS: Final = {
    "rt": "rt usaha", "rw": "rw usaha", "kelurahan": "kel usaha,kelurahan usaha,desa usaha",
    "kecamatan": "kec usaha,kecamatan usaha", "city": "kab usaha,kota usaha,kabupaten usaha",
}  # fmt: skip
_ADDRESS_OF_BUSINESS: Final = (
    *(
        _also(field, _PLACE_OF_BUSINESS[field.name]) if field.name in _PLACE_OF_BUSINESS else field
        for field in _ADDRESS
    ),
    _field("province", "Provinsi", "prov,prov usaha,provinsi usaha"),
)
_OWNER: Final = (
    _field("owner_sex", "L/P Pemilik", "jenis kelamin,jk,kelamin,gender,l p,lp,"
           "jenis kelamin pengusaha,jenis kelamin pemilik"),
    _field("owner_born_on", "Tanggal Lahir Pemilik", "tanggal lahir,tgl lahir,tgl lahir pemilik,"
           "tanggal lahir pengusaha"),
    _field("owner_education", "Pendidikan Pemilik", "pendidikan formal,pendidikan,"
           "pendidikan terakhir,pendidikan pengusaha"),
    _field("owner_disability", "Disabilitas Pemilik", "is disabilitas,disabilitas,difabel"),
    _field("owner_address", "Alamat Pemilik", "alamat pengusaha,alamat rumah pemilik"),
    _field("owner_rt", "RT Pemilik", "rt pengusaha"),
    _field("owner_rw", "RW Pemilik", "rw pengusaha"),
    _field("owner_kelurahan", "Kelurahan Pemilik", "kel pengusaha,kelurahan pengusaha,"
           "kel pemilik,desa pemilik"),
    _field("owner_kecamatan", "Kecamatan Pemilik", "kec pengusaha,kecamatan pengusaha,"
           "kec pemilik"),
    _field("owner_city", "Kota Pemilik", "kab pengusaha,kota pengusaha,kabupaten pengusaha,"
           "kab pemilik"),
    _field("owner_province", "Provinsi Pemilik", "prov pengusaha,provinsi pengusaha"),
)  # fmt: skip
_REPORTED: Final = (
    _field("sidt_id", "ID SIDT", "id data badan usaha,id badan usaha,id sidt kumkm"),
    _field("kbli_category", "Kategori KBLI", "kategori kbli"),
    _field("legal_form", "Bentuk Badan Usaha", "status badan usaha,badan hukum,bentuk badan hukum"),
    _field("scale_label", "Skala Usaha", "skala"),
    _field("capital", "Modal Pendirian", "modal awal,modal usaha"),
    _field("assets", "Aset", "asset,total aset,total asset,nilai aset"),
    _field("start_month", "Bulan Mulai Operasi", "bulan mulai"),
    _field("start_year", "Tahun Mulai Operasi", "thn mulai operasi"),
    _field("photo", "Foto Usaha", "foto"),
    _field("latitude", "Lintang", "alamat latitude,latitude,lat"),
    _field("longitude", "Bujur", "alamat longitude,longitude,lon,long,lng"),
    _field("paid_men", "Tenaga Kerja Dibayar Laki-laki", "tk dibayar laki"),
    _field("paid_women", "Tenaga Kerja Dibayar Perempuan", "tk dibayar perempuan"),
    _field("paid_disabled_men", "Tenaga Kerja Disabilitas Dibayar Laki-laki",
           "tk dibayar disabil laki"),
    _field("paid_disabled_women", "Tenaga Kerja Disabilitas Dibayar Perempuan",
           "tk dibayar disabil perempuan"),
    _field("unpaid_men", "Tenaga Kerja Tidak Dibayar Laki-laki", "tk not dibayar laki"),
    _field("unpaid_women", "Tenaga Kerja Tidak Dibayar Perempuan", "tk not dibayar perempuan"),
    _field("unpaid_disabled_men", "Tenaga Kerja Disabilitas Tidak Dibayar Laki-laki",
           "tk not dibayar disabil laki"),
    # A program that stores the export cuts this header after 31 signs.
    _field("unpaid_disabled_women", "Tenaga Kerja Disabilitas Tidak Dibayar Perempuan",
           "tk not dibayar disabil perempuan,tk not dibayar disabil perempua"),
    _field("pulled_at", "Ditarik Pada", "pulled at"),
    _field("updated_at", "Diperbarui Pada", "updated at"),
    _field("source_page", "Halaman Sumber", "source page"),
)  # fmt: skip
_ENTERPRISE: Final = (
    _field("id", "ID Usaha", "id jembol usaha,id usaha jembol"),
    _field("enterprise_name", "Nama Usaha", "usaha,nama umkm,merk,merek,brand,nama merek,nama merk,"
           "merk dagang,merek dagang,nama toko,nama brand,nama perusahaan"),
    _field("owner_name", "Nama Pemilik", "pemilik,nama,nama pengusaha,nama lengkap,"
           "nama lengkap pemilik,nama pelaku usaha,nama pelaku umkm,nama pemilik usaha"),
    _field("owner_nik", "NIK Pemilik", f"nik,nik pengusaha,{_NIK_WORDS}", _IS_NIK),
    _field("owner_phone", "No. HP Pemilik", f"no hp wa,{_PHONE_WORDS}", _IS_PHONE),
    _field("owner_id", "ID Jembol Pemilik", "id pemilik,jembol id pemilik,id jembol,jembol id"),
    _field("phone", "No HP Usaha", "no wa usaha,no telp usaha,telp usaha,telepon usaha,hp usaha"),
    *_ADDRESS_OF_BUSINESS,
    *_BUSINESS,
    _field("kbli_edition", "Edisi KBLI", "tahun kbli,kbli edisi"),
    _field("started_on", "Mulai Usaha", "tahun mulai,mulai,tanggal mulai,tgl mulai,tahun berdiri,"
           "berdiri,tahun mulai usaha,mulai operasi,tahun usaha"),
    _field("status", "Status", "status usaha"),
    *_OWNER,
    *_REPORTED,
    *_GROUP_AND_NOTE,
)  # fmt: skip
FIELDS: Final[dict[ListKind, tuple[Field, ...]]] = {
    ListKind.PEOPLE: _PERSON,
    ListKind.ENTERPRISES: _ENTERPRISE,
    ListKind.ATTENDANCE: _PERSON,
}
