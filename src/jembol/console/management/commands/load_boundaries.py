"""`jembol load-boundaries FILE.geojson`: official boundaries, all of a file or nothing."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jembol.journal.by import By
from jembol.kit.refusal import Refusal
from jembol.places import actions


class Command(BaseCommand):
    help = "Load official boundaries from a GeoJSON file (WGS 84) whose features have a `code`."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--source",
            default="",
            help="who published the boundaries and when; the file's name when left out",
        )

    def handle(self, **options: Any) -> None:
        file: Path = options["file"]
        document = _document(file)
        by = By.system("jembol load-boundaries", at=timezone.now())
        source = options["source"] or file.name
        try:
            changed = actions.load_boundaries(features=document, source=source, by=by)
        except Refusal as refusal:
            raise CommandError(f"{file}: {refusal}\nNothing was loaded.") from refusal
        features = len(document["features"])
        self.stdout.write(f"{features} boundaries read, {len(changed)} new or changed.")


def _document(file: Path) -> Any:
    try:
        # utf-8-sig: map programs on Windows write a byte order mark.
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise CommandError(f"{file} cannot be read: {problem.strerror}.") from problem
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as problem:
        raise CommandError(
            f"{file} is not JSON ({problem}). Export the boundaries as GeoJSON in UTF-8."
        ) from problem
