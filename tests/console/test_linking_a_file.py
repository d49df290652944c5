"""`jembol tool link`: files in, files out."""

import csv

import duckdb
import pytest
from django.core.management import CommandError, call_command

from jembol.console.programs import link as program
from jembol.console.programs.stages import Stages

ROWS = (
    ("a1", "Hj. Siti Aminah, S.Pd", "3573056105840003", "21-05-1984", "0813-3456-2210"),
    ("a2", "SITI AMINA", "3573056105840003", "1984-05-21", ""),
    ("a3", "St. Aminah", "", "21 Mei 1984", "+62 813 3456 2210"),
    ("b1", "Joko Santoso", "3573051203810001", "12/03/1981", "0813-3456-2210"),
    ("c1", "Ma'ruf", "", "", ""),
)
HEADER = ("record_id", "nama", "nik", "tgl_lahir", "telepon")


def written(path, rows=ROWS, header=HEADER, delimiter=","):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


def linked(people, out, **options):
    call_command("tool", "link", str(people), out=out, **options)
    with out.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_record_gets_its_cluster_and_probability(tmp_path):
    rows = linked(written(tmp_path / "people.csv"), tmp_path / "clusters.csv")

    assert [row["record_id"] for row in rows] == ["a1", "a2", "a3", "b1", "c1"]
    assert [row["cluster_id"] for row in rows] == ["a1", "a1", "a1", "b1", "c1"]
    assert all(0 <= float(row["probability"]) <= 1 for row in rows)
    assert not (tmp_path / "clusters.csv.part").exists()


def test_parquet_semicolons_and_the_headers_of_an_import_are_read_too(tmp_path):
    plain = linked(written(tmp_path / "people.csv"), tmp_path / "plain.csv")
    parquet = str(tmp_path / "people.parquet")
    duckdb.sql(f"COPY (FROM read_csv('{tmp_path}/people.csv', all_varchar = true)) TO '{parquet}'")
    header = ("record_id", "Nama Lengkap", "No. NIK", "Tgl. Lahir", "No. HP/WA (aktif)")
    other = written(tmp_path / "other.csv", header=header, delimiter=";")

    assert linked(tmp_path / "people.parquet", tmp_path / "parquet.csv") == plain
    assert linked(other, tmp_path / "other-clusters.csv") == plain


def test_only_names_are_enough(tmp_path):
    rows = [(row[0], row[1]) for row in ROWS]
    people = written(tmp_path / "names.csv", rows, HEADER[:2])

    assert len(linked(people, tmp_path / "clusters.csv")) == len(ROWS)


def test_a_list_without_rows_gives_a_header(tmp_path):
    assert linked(written(tmp_path / "empty.csv", ()), tmp_path / "clusters.csv") == []


@pytest.mark.parametrize(
    ("rows", "header", "told"),
    [
        (ROWS, ("id", *HEADER[1:]), "no column record_id"),
        ((*ROWS, ROWS[0]), HEADER, "'a1'"),
    ],
)
def test_what_cannot_be_linked_says_what_to_mend(tmp_path, rows, header, told):
    with pytest.raises(CommandError, match=told) as refused:
        linked(written(tmp_path / "people.csv", rows, header), tmp_path / "clusters.csv")

    assert refused.value.returncode == 2
    assert not (tmp_path / "clusters.csv").exists()


def test_an_absent_file_and_an_impossible_threshold_are_refused(tmp_path):
    with pytest.raises(CommandError, match="no file") as absent:
        linked(tmp_path / "nowhere.csv", tmp_path / "clusters.csv")
    with pytest.raises(CommandError, match="between 0 and 1") as impossible:
        linked(written(tmp_path / "people.csv"), tmp_path / "clusters.csv", threshold=1.5)

    assert {absent.value.returncode, impossible.value.returncode} == {2}


def test_a_run_that_broke_off_goes_on_with_what_it_kept(tmp_path, monkeypatch):
    people, out = written(tmp_path / "people.csv"), tmp_path / "clusters.csv"
    monkeypatch.setattr(program, "FROM_PROCESSES", 0)
    whole = linked(people, tmp_path / "whole.csv")
    broken = _stop_at(monkeypatch, "pairs-07")
    with pytest.raises(KeyboardInterrupt):
        linked(people, out)
    kept = {path.name for path in (tmp_path / "clusters.csv.part").iterdir()}
    made = _made(monkeypatch, broken)

    assert linked(people, out) == whole
    assert {"read-00000.npz", "model.npz"} <= kept
    assert not {f"{stage}.npz" for stage in made} & kept


def test_another_file_under_the_same_name_starts_anew(tmp_path, monkeypatch):
    people, out = written(tmp_path / "people.csv"), tmp_path / "clusters.csv"
    monkeypatch.setattr(program, "FROM_PROCESSES", 0)
    _stop_at(monkeypatch, "model")
    with pytest.raises(KeyboardInterrupt):
        linked(people, out)
    monkeypatch.undo()
    written(people, ROWS[3:])

    assert [row["record_id"] for row in linked(people, out)] == ["b1", "c1"]


def _stop_at(monkeypatch, wanted):
    keep = Stages.keep

    def stopping(self, stage, arrays):
        if stage == wanted:
            raise KeyboardInterrupt
        keep(self, stage, arrays)

    monkeypatch.setattr(Stages, "keep", stopping)
    return keep


def _made(monkeypatch, keep):
    made = []

    def noting(self, stage, arrays):
        made.append(stage)
        keep(self, stage, arrays)

    monkeypatch.setattr(Stages, "keep", noting)
    return made
