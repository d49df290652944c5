"""The columns of an export of SIDT-KUMKM, the national register of enterprises (docs/data.md)."""

from typing import Final

COLUMNS: Final = (
    "id_data_badan_usaha", "nik_pengusaha", "nama_pengusaha", "nib", "jenis_kelamin",
    "is_disabilitas", "tanggal_lahir", "pendidikan_formal", "kontak_hp", "prov_pengusaha",
    "kab_pengusaha", "kec_pengusaha", "kel_pengusaha", "alamat_pengusaha", "rt_pengusaha",
    "rw_pengusaha", "nama_usaha", "kegiatan_utama", "produk_utama", "kategori_kbli", "kode_kbli",
    "status_badan_usaha", "skala_usaha", "modal_pendirian", "bulan_mulai_operasi",
    "tahun_mulai_operasi", "omzet_tahunan", "asset", "prov_usaha", "kab_usaha", "kec_usaha",
    "kel_usaha", "alamat_usaha", "rt_usaha", "rw_usaha", "foto_usaha", "alamat_latitude",
    "alamat_longitude", "tk_dibayar_laki", "tk_dibayar_perempuan", "tk_dibayar_disabil_laki",
    "tk_dibayar_disabil_perempuan", "tk_not_dibayar_laki", "tk_not_dibayar_perempuan",
    "tk_not_dibayar_disabil_laki", "tk_not_dibayar_disabil_perempuan",
)  # fmt: skip
"""The 46 columns in their order."""

LINEAGE: Final = ("pulled_at", "updated_at", "source_page")
"""What a pull of the data adds behind them."""

FIGURES: Final = {
    "omzet_tahunan": "sales",
    "asset": "assets",
    "modal_pendirian": "capital",
    "tk_dibayar_laki": "paid_men",
    "tk_dibayar_perempuan": "paid_women",
    "tk_dibayar_disabil_laki": "paid_disabled_men",
    "tk_dibayar_disabil_perempuan": "paid_disabled_women",
    "tk_not_dibayar_laki": "unpaid_men",
    "tk_not_dibayar_perempuan": "unpaid_women",
    "tk_not_dibayar_disabil_laki": "unpaid_disabled_men",
    "tk_not_dibayar_disabil_perempuan": "unpaid_disabled_women",
    "kategori_kbli": "kbli_category",
    "status_badan_usaha": "legal_form",
    "skala_usaha": "scale_label",
    "foto_usaha": "photo",
    "alamat_latitude": "latitude",
    "alamat_longitude": "longitude",
}
"""Columns that are fields of a report."""
