"""A sheet of SIDT-KUMKM is read in any order and any part, kept, undone, and comes back as told."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from importing import csv_of
from test_import_of_our_own_lists import IN_ONE_DATABASE, TEXT, files_with, people, places_of
from test_import_undone import state

from jembol.intake.columns import propose
from jembol.intake.known_fields import ListKind
from jembol.journal.models import Fact
from jembol.kit.reach import Reach
from jembol.registry.actions import (
    EnterpriseDetails,
    Telling,
    add_enterprises,
    change,
    enrol_many,
    merge_enterprises,
    report_many,
)
from jembol.registry.models import Enterprise, EnterpriseReport, Person
from jembol.registry.queries.sidt import Sight, sidt_rows
from jembol.registry.sidt import COLUMNS, LINEAGE

pytestmark = pytest.mark.django_db
EVERYTHING = Sight(Reach.everywhere(), specific=True, nik=True)
NO_NIK = Sight(Reach.everywhere(), specific=True, nik=False)
# Invented; serials above 9000 belong to nobody.
ROW = dict.fromkeys((*COLUMNS, *LINEAGE), "") | {
    "id_data_badan_usaha": "880017", "nik_pengusaha": "3573054107909001",
    "nama_pengusaha": "Wigatiningsih", "jenis_kelamin": "Perempuan", "is_disabilitas": "false",
    "tanggal_lahir": "1990-07-01", "pendidikan_formal": "SMA", "kontak_hp": "0812-0000-0001",
    "prov_pengusaha": "JAWA TIMUR", "kab_pengusaha": "KOTA MALANG",
    "kec_pengusaha": "LOWOKWARU", "kel_pengusaha": "DINOYO", "alamat_pengusaha": "Jl. Rumah 1",
    "rt_pengusaha": "2", "rw_pengusaha": "3", "nama_usaha": "Kue Wiga",
    "kegiatan_utama": "Membuat kue", "produk_utama": "Kue kering", "kategori_kbli": "C",
    "kode_kbli": "10710", "status_badan_usaha": "Tidak berbadan hukum",
    "skala_usaha": "Usaha Mikro", "modal_pendirian": "5000000.00", "bulan_mulai_operasi": "5",
    "tahun_mulai_operasi": "2019", "omzet_tahunan": "60000000.00", "asset": "0",
    "prov_usaha": "JAWA TIMUR", "kab_usaha": "KOTA MALANG", "kec_usaha": "BLIMBING",
    "kel_usaha": "PURWANTORO", "alamat_usaha": "Jl. Toko 2", "rt_usaha": "4", "rw_usaha": "5",
    "foto_usaha": "https://contoh.invalid/foto.jpg", "alamat_latitude": "-7.9425",
    "alamat_longitude": "112.6094", "tk_dibayar_laki": "0", "tk_dibayar_perempuan": "2",
    "tk_dibayar_disabil_perempuan": "1", "pulled_at": "2026-02-01T03:00:00.000Z",
    "updated_at": "2025-11-05T03:00:00.000Z", "source_page": "12",
}  # fmt: skip


def sheet(**told):
    row = ROW | told
    return csv_of(tuple(row), tuple(row.values()))


def part(*names):
    return csv_of(names, tuple(ROW[name] for name in names))


def test_every_column_has_its_field():
    mapping = propose((*COLUMNS, *LINEAGE), [], ListKind.ENTERPRISES)

    assert [column.header for column in mapping.columns if not column.field] == []
    assert len(mapping.fields) == len(COLUMNS) + len(LINEAGE) == 49
    assert all(column.confidence == 1.0 for column in mapping.columns)


@pytest.mark.parametrize("seed", range(8))
def test_any_part_of_the_columns_in_any_order_is_recognised(seed):
    names = [*COLUMNS, *LINEAGE]
    Random(seed).shuffle(names)
    whole = {column.header: column.field for column in
             propose((*COLUMNS, *LINEAGE), [], ListKind.ENTERPRISES).columns}  # fmt: skip

    some = propose(names[: 5 + 5 * seed], [], ListKind.ENTERPRISES)

    assert {column.header: column.field for column in some.columns} == {
        name: whole[name] for name in names[: 5 + 5 * seed]
    }


def test_a_row_is_kept_with_its_owner_and_its_figures(desk):
    stored = desk.store(sheet(), kind="enterprises", source="SIDT")

    (row,) = desk.rows(stored)
    assert (str(row.verdict), row.problems) == ("create", [])
    owner, enterprise = Person.objects.get(), Enterprise.objects.get()
    assert (owner.name, owner.sex, owner.area.code, owner.address) == (
        "Wigatiningsih", "P", "35.73.05.1004.003.002", "Jl. Rumah 1",
    )  # fmt: skip
    assert (owner.has_disability, owner.education, str(owner.born_on)) == (
        False, "sma", "1990-07-01",
    )  # fmt: skip
    assert (enterprise.area.code, enterprise.address, enterprise.started_on) == (
        "35.73.01.1007.005.004", "Jl. Toko 2", date(2019, 5, 1),
    )  # fmt: skip
    report = EnterpriseReport.objects.get()
    assert (report.source, report.year, report.as_of) == ("SIDT", 2025, date(2025, 11, 5))
    assert (report.sales, report.assets, report.capital) == (60_000_000, 0, 5_000_000)
    assert (report.paid_men, report.paid_women, report.unpaid_men) == (0, 2, None)
    assert (report.paid_disabled_women, report.disabled_within) == (1, None)
    assert (report.sidt_id, report.legal_form, report.scale_label, report.kbli_category) == (
        "880017", "Tidak berbadan hukum", "Usaha Mikro", "C",
    )  # fmt: skip
    assert (report.latitude, report.longitude) == (-7.9425, 112.6094)
    assert (report.source_page, report.start_year, report.start_month) == ("12", 2019, 5)
    assert enterprise.status == "operating"


def test_the_same_sheet_again_changes_nothing_and_a_later_year_is_kept_beside(desk):
    desk.store(sheet(), kind="enterprises", source="SIDT")

    again = desk.store(sheet(), kind="enterprises", source="SIDT")
    pulled = desk.store(sheet(pulled_at="2026-02-20T03:00:00Z"), kind="enterprises", source="SIDT")
    later = desk.store(
        sheet(updated_at="2026-02-10T03:00:00Z", omzet_tahunan="75000000"),
        kind="enterprises", source="SIDT",
    )  # fmt: skip

    assert [desk.verdicts(one) for one in (again, pulled, later)] == [
        ["unchanged"], ["unchanged"], ["update"],
    ]  # fmt: skip
    told = EnterpriseReport.objects.order_by("pk").values_list("year", "sales")
    assert list(told) == [(2025, 60_000_000), (2026, 75_000_000)]
    assert (Person.objects.count(), Enterprise.objects.count()) == (1, 1)


def test_an_enterprise_is_known_by_its_number_under_another_name_and_without_nik(desk):
    desk.store(sheet(), kind="enterprises", source="SIDT")

    content = sheet(nama_usaha="Kue Bu Wiga", nik_pengusaha="", kontak_hp="", tanggal_lahir="")
    desk.store(content, kind="enterprises", source="SIDT")

    assert (Person.objects.count(), Enterprise.objects.count()) == (1, 1)


def test_a_row_under_a_number_that_was_merged_goes_to_the_one_that_stands_for_it(desk):
    desk.store(sheet(), kind="enterprises", source="SIDT")
    absorbed, owner = Enterprise.objects.get(), Person.objects.get()
    details = EnterpriseDetails(name="Wiga Bakery", area=desk.areas.purwantoro)
    (root,) = add_enterprises([(details, [owner])], by=desk.by)
    merge_enterprises(survivor=root, absorbed=absorbed, by=desk.by, why="sama")

    stored = desk.store(
        sheet(updated_at="2026-02-10T03:00:00Z", omzet_tahunan="75000000", nama_usaha=""),
        kind="enterprises", source="SIDT",
    )  # fmt: skip

    (row,) = desk.rows(stored)
    assert (str(row.verdict), row.problems) == ("update", [])
    assert EnterpriseReport.objects.order_by("pk").last().enterprise == root
    assert Enterprise.objects.count() == 2


def test_a_number_and_a_figure_are_enough(desk):
    desk.store(sheet(), kind="enterprises", source="SIDT")

    names = ("id_data_badan_usaha", "omzet_tahunan", "updated_at")
    changed = csv_of(names, ("880017", "90000000", "2026-01-05"))
    stored = desk.store(changed, kind="enterprises", source="SIDT")

    assert desk.verdicts(stored) == ["update"]
    assert EnterpriseReport.objects.order_by("pk").last().sales == 90_000_000


def test_an_unknown_number_without_a_name_is_refused_with_the_reason(desk):
    content = csv_of(("id_data_badan_usaha", "omzet_tahunan"), ("1", "2"))
    batch = desk.preview(content, kind="enterprises")

    (row,) = desk.rows(batch)
    assert (str(row.verdict), row.problems[0].what) == ("error", "The name is missing.")


BAD = {
    "omzet_tahunan": "banyak", "asset": "-5", "tk_dibayar_laki": "dua", "bulan_mulai_operasi": "13",
    "tahun_mulai_operasi": "2999", "alamat_latitude": "112.6", "pulled_at": "kapan-kapan",
    "kel_pengusaha": "Tidak Ada", "kab_pengusaha": "KOTA BATU",
}  # fmt: skip


@pytest.mark.parametrize("column", BAD)
def test_what_cannot_be_read_costs_the_row_only_that_value(desk, column):
    stored = desk.store(sheet(**{column: BAD[column]}), kind="enterprises", source="SIDT")

    (row,) = desk.rows(stored)
    assert str(row.verdict) == "create"
    assert {problem.severity for problem in row.problems} == {"warning"}
    assert EnterpriseReport.objects.count() == 1


def test_an_undo_takes_figures_owner_and_enterprise_back(desk):
    before = rows_but_history()
    stored = desk.store(sheet(), kind="enterprises", source="SIDT")

    desk.undo(stored)

    assert rows_but_history() == before
    assert Fact.objects.filter(event="registry.report.withdrawn").count() == 1
    assert desk.verdicts(desk.commit(desk.again(stored))) == ["create"]


def rows_but_history():
    return [row for row in state() if not row[0].endswith("Version")]


def test_an_undo_leaves_what_others_told(desk):
    desk.store(sheet(), kind="enterprises", source="SIDT")
    second = desk.store(
        sheet(updated_at="2026-02-10T03:00:00Z", omzet_tahunan="75000000"),
        kind="enterprises", source="SIDT",
    )  # fmt: skip

    desk.undo(second)

    assert EnterpriseReport.objects.get().sales == 60_000_000


@st.composite
def tellings(draw):
    money, workers = st.integers(0, 10**15), st.integers(0, 10**6)
    amounts = draw(
        st.dictionaries(st.sampled_from(["sales", "assets", "capital"]), money)
        | st.just({})
    )  # fmt: skip
    labour = draw(
        st.dictionaries(st.sampled_from(["paid_men", "paid_women", "unpaid_disabled_men"]), workers)
    )
    labels = draw(
        st.dictionaries(
            st.sampled_from(["legal_form", "scale_label", "kbli_category", "photo"]), TEXT
        )
    )
    place = draw(
        st.just({})
        | st.builds(
            lambda lat, lon: {"latitude": lat, "longitude": lon},
            st.floats(-11, 6), st.floats(95, 141),
        )
    )  # fmt: skip
    return {**amounts, **labour, **labels, **place}


@st.composite
def businesses(draw, places):
    return EnterpriseDetails(
        name=draw(TEXT),
        area=draw(st.sampled_from(places)),
        activity=draw(st.just("") | TEXT),
        product=draw(st.just("") | TEXT),
        kbli=draw(st.just("")),
        address=draw(st.just("") | TEXT),
        started_on=draw(st.none() | st.dates(date(1950, 1, 1), date(2020, 1, 1))),
    )


@pytest.mark.parametrize("sight", [EVERYTHING, NO_NIK])
def test_an_export_in_the_layout_of_sidt_changes_nothing(desk, sight):
    places = places_of(desk.areas)

    @IN_ONE_DATABASE
    @given(st.lists(businesses(places), min_size=4, max_size=12), st.data())
    def check(details, data):
        owners = enrol_many([data.draw(people(places)) for _one in range(3)], by=desk.by)
        pairs = [(one, [owners[place % 3]] if place % 4 else []) for place, one in
                 enumerate(details)]  # fmt: skip
        made = add_enterprises(pairs, by=desk.by)
        for one in made:
            for year in (2024, 2023, 2025):
                values = data.draw(tellings())
                told = [Telling(one, values, year=year, as_of=date(2026, 1, 5))] if values else []
                report_many(told, source="SIDT", by=desk.by)
        mine = Enterprise.objects.filter(pk__in=[one.pk for one in made])
        for name, content in files_with(COLUMNS, list(sidt_rows(mine, sight))):
            batch = desk.preview(content, name=name, kind="enterprises")

            told = [(str(row.verdict), row.changes, row.values) for row in desk.rows(batch)]
            assert [verdict for verdict, *_rest in told] == ["unchanged"] * len(made), told

    check()


def test_what_the_reader_may_not_see_is_blank(desk):
    desk.store(sheet(), kind="enterprises", source="SIDT")
    change(person=Person.objects.get(), changes={"has_disability": True}, by=desk.by)

    (line,) = sidt_rows(Enterprise.objects.all(), Sight(Reach.nowhere(), specific=False, nik=False))
    cells = dict(zip(COLUMNS, line, strict=True))
    (open_line,) = sidt_rows(Enterprise.objects.all(), EVERYTHING)

    for name in ("nik_pengusaha", "nama_pengusaha", "omzet_tahunan", "asset", "modal_pendirian",
                 "tk_dibayar_disabil_perempuan", "is_disabilitas"):  # fmt: skip
        assert cells[name] == ""
        assert dict(zip(COLUMNS, open_line, strict=True))[name] != ""
    assert (cells["nama_usaha"], cells["tk_dibayar_perempuan"]) == ("Kue Wiga", "2")
    assert dict(zip(COLUMNS, open_line, strict=True))["nik_pengusaha"] == ROW["nik_pengusaha"]
