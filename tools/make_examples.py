"""Writes the messy lists of `examples/`, beside each the truth about its rows, and a form.

Run `python tools/make_examples.py [FOLDER]`. The seed is fixed, so that the same files come out.
The truth is what this program knows because it planted it; no code of the product is asked.
All people are invented; see `examples/README.md`.
"""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

from examples.handwriting import Line, Pen
from examples.layouts import write_2017, write_2023, write_2024
from examples.own_form import FILE_FORM, write_form
from examples.people import KELURAHAN, Town
from examples.story import (
    FILE_2017,
    FILE_2023,
    FILE_2024,
    Story,
    mark_movable,
    shuffled,
    tell,
    write_dittos,
)

SEED = 20241007
FOLDER = Path(__file__).resolve().parent.parent / "examples"


def write_truth(file: str, lines: list[Line], folder: Path) -> None:
    """Write what a sensible officer expects of each row, in the order of the file."""
    with (folder / f"{file}.truth.csv").open("w", newline="", encoding="utf-8") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["file", "sheet", "row", "verdict", "person", "column", "reason", "note"])
        for line in lines:
            person = line.person.id if line.person else ""
            told = (line.verdict, person, line.column, line.reason, line.note)
            writer.writerow([file, line.sheet, line.row, *told])


def main(folder: Path = FOLDER) -> None:
    """Write the three lists with their truths, and the form."""
    dice = random.Random(SEED)
    town = Town(dice)
    story = Story(town, Pen(dice))
    tell(story)
    folder.mkdir(parents=True, exist_ok=True)
    for lines in story.lists.values():
        for line in lines:
            # Rows without a name still stand in somebody's kecamatan.
            line.shown.setdefault("kecamatan", line.person.kecamatan if line.person else "")
    without_person = {FILE_2017: "Klojen", FILE_2023: "Kedungkandang", FILE_2024: "Lowokwaru"}
    writers = {FILE_2017: write_2017, FILE_2023: write_2023, FILE_2024: write_2024}
    dittos = {
        FILE_2017: (("s.d.a.", '-"-', "sda"), ("address", "pair", "kelurahan")),
        FILE_2023: (("s.d.a", "idem", "〃", '"', "s.d.a."), ("address", "rt", "rw", "kelurahan")),
        FILE_2024: (("s.d.a.", "sda"), ("address", "pair", "kelurahan", "kecamatan")),
    }
    mark_movable(story.lists.values())
    for file, lines in story.lists.items():
        for line in lines:
            line.shown["kecamatan"] = line.shown["kecamatan"] or without_person[file]
        ordered = shuffled(lines, dice)
        if file == FILE_2023:
            order = list(KELURAHAN)
            ordered.sort(key=lambda line: order.index(line.kecamatan))
        write_dittos(ordered, *dittos[file])
        writers[file](ordered, folder / file, dice)
        write_truth(file, ordered, folder)
    write_form(folder / FILE_FORM)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
