"""`jembol redraw`: draw a published lottery again, without database and web server."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jembol.methods.draw.entries import NotALottery
from jembol.methods.draw.published import (
    Difference,
    differences,
    drawn_by,
    drawn_text,
    entries_from,
    rule_from,
)

OTHERWISE = 1
"""Exit status where what was published is not what was drawn."""
WRONG = 2
"""Exit status where the input has to be mended."""

SHOWN = 10
"""Lines that are shown when they differ; after these the rest follows from the first."""


class Command(BaseCommand):
    help = "Draw a published lottery again from entries, rule and secret, and compare."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("entries", type=Path, help="entries.csv as published")
        parser.add_argument("rule", type=Path, help="rule.json as published")
        parser.add_argument("secret", type=Path, help="secret.txt as published")
        parser.add_argument("--out", type=Path, required=True, help="CSV to write")
        parser.add_argument("--against", type=Path, help="the published drawn.csv, to compare")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            entries = entries_from(_text(options["entries"]))
            rule = rule_from(_text(options["rule"]))
            drawn = drawn_by(rule, entries, _text(options["secret"]).strip())
            published = _text(options["against"]) if options["against"] else None
        except NotALottery as problem:
            raise CommandError(str(problem), returncode=WRONG) from problem
        text = drawn_text(entries, drawn)
        options["out"].write_text(text, encoding="utf-8", newline="\n")
        self.stderr.write(
            f"The secret fits the published commitment. {len(entries)} entries,"
            f" {len(drawn.placed)} placed, {len(drawn.waiting)} waiting."
        )
        for one in drawn.shortfalls:
            self.stderr.write(
                f"Quota {one.category}: {one.attainable} of {one.at_least}; there were no more."
            )
        if published is not None:
            self._compare(differences(published, text))

    def _compare(self, found: list[Difference]) -> None:
        if not found:
            self.stderr.write("The published list is the one drawn again, line by line.")
            return
        told = [
            f"line {one.line}: published {one.published!r}, drawn {one.drawn!r}"
            for one in found[:SHOWN]
        ]
        raise CommandError(
            "\n".join([f"{len(found)} lines differ; the first:", *told]), returncode=OTHERWISE
        )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise NotALottery(f"{path} cannot be read: {problem}") from problem
