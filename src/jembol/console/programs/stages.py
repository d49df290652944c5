"""Stages of a long run, kept in a folder until it ends, so that a run that broke off goes on."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

Arrays = Mapping[str, Any]

_NAME: Final = "run.json"


class Stages:
    """What the stages of one run made; another input or another version starts anew."""

    def __init__(self, folder: Path, run: Mapping[str, Any]) -> None:
        """Open the folder of a run, or make it."""
        self.folder = folder
        told = json.dumps(run, sort_keys=True)
        name = folder / _NAME
        if folder.exists() and (not name.exists() or name.read_text("utf-8") != told):
            shutil.rmtree(folder)
        folder.mkdir(parents=True, exist_ok=True)
        name.write_text(told, "utf-8")

    def known(self, stage: str) -> dict[str, Any] | None:
        """Return what a stage made, or None when it has not ended."""
        path = self.folder / f"{stage}.npz"
        if not path.exists():
            return None
        with np.load(path) as held:
            return dict(held)

    def keep(self, stage: str, arrays: Arrays) -> None:
        """Keep what a stage made; it counts only when it is there whole."""
        half = self.folder / f"{stage}.half.npz"
        np.savez(half, **arrays)
        half.replace(self.folder / f"{stage}.npz")

    def made(self, stage: str, make: Callable[[], Arrays]) -> Arrays:
        """Return what a stage made before, or make it and keep it."""
        found = self.known(stage)
        if found is None:
            found = dict(make())
            self.keep(stage, found)
        return found

    def close(self) -> None:
        """Remove the folder; the run has ended."""
        shutil.rmtree(self.folder)
