"""A made register is the same at every run, has the size asked for, and holds what it promises."""

import random
from collections import Counter
from pathlib import Path

import pytest
from bench.linkage.names import NameWriter
from bench.linkage.register import how_often, main, rows
from bench.linkage.styles import STYLES, A

SIZE = (1500, 3000)


def _cells(style: str = "a", cities: tuple[str, ...] = ("malang",), seed: int = 3) -> list[object]:
    return [row.cells for row in rows(STYLES[style], cities, SIZE, seed)]


def test_the_same_seed_makes_the_same_rows_and_another_seed_others() -> None:
    assert _cells() == _cells()
    assert _cells() != _cells(seed=4)


@pytest.mark.parametrize("style", STYLES)
def test_every_style_has_as_many_people_and_rows_as_asked_for(style: str) -> None:
    made = list(rows(STYLES[style], ("mojokerto", "wanasari"), SIZE, 5))
    counts = Counter(row.person.number for row in made)
    assert (len(counts), len(made)) == SIZE
    assert max(counts.values()) <= 8


def test_learning_and_testing_cities_share_no_person() -> None:
    learning = {row.person.nik for row in rows(STYLES["a"], ("malang",), SIZE, 1)}
    testing = {row.person.nik for row in rows(STYLES["b"], ("mojokerto",), SIZE, 1)}
    assert not learning & testing


def test_a_quarter_of_the_rows_shows_no_number_and_one_in_twenty_a_slip_in_it() -> None:
    made = list(rows(STYLES["a"], ("malang",), (5000, 10000), 7))
    share = Counter(slip for row in made for slip in row.slips)
    none = share["nik_blank"] + share["nik_filler"]
    assert 0.20 < none / 10000 < 0.30
    assert 0.03 < share["nik_digit"] / 10000 < 0.07
    assert share["nik_card"] > 0
    assert share["nik_excel"] + share["nik_scientific"] > 0


def test_a_slip_that_is_told_changed_the_number_and_one_that_is_not_did_not() -> None:
    for row in rows(STYLES["hard"], ("wanasari",), SIZE, 9):
        digits = "".join(sign for sign in row.cells["nik"].removesuffix(".0") if sign.isdigit())
        told = {slip for slip in row.slips if slip.startswith("nik_")}
        if not told:
            assert digits == row.person.nik
        elif told != {"nik_excel"}:  # a number that ended in 0 is rounded to itself
            assert digits != row.person.nik


def test_the_true_people_differ_in_their_numbers_even_when_they_are_twins() -> None:
    people = {row.person.number: row.person for row in rows(STYLES["c"], ("wanasari",), SIZE, 2)}
    assert len({person.nik for person in people.values()}) == len(people)
    twins = [person for person in people.values() if person.role == "twin"]
    assert twins
    for twin in twins:
        twins_of_home = [one for one in twin.household.people if one.role == "twin"]
        assert len({one.born_on for one in twins_of_home}) < len(twins_of_home)
        assert len({one.name for one in twins_of_home}) == len(twins_of_home)


def test_a_careful_writer_copies_the_name() -> None:
    writer = NameWriter(A, random.Random(1))
    slips: list[str] = []
    assert writer.write(("Siti", "Aminah"), "f", "Joko", 0, slips) == "Siti Aminah"
    assert slips == []


def test_more_rows_than_people_can_stand_in_are_refused() -> None:
    with pytest.raises(SystemExit, match="cannot stand in"):
        how_often([], 9, random.Random(1))


def test_the_files_hold_one_true_row_for_each_written_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, truth = tmp_path / "people.csv", tmp_path / "truth.csv"
    words = ["register", "--records", "400", "--out", str(out), "--truth", str(truth)]
    monkeypatch.setattr("sys.argv", words)
    main()
    written = out.read_text(encoding="utf-8").splitlines()
    true = truth.read_text(encoding="utf-8").splitlines()
    assert len(written) == len(true) == 401
    assert [line.split(",")[0] for line in written] == [line.split(",")[0] for line in true]
