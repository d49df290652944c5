"""The repository as data: its modules with their syntax trees, its templates, its tracked files."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "src"
JEMBOL = SOURCES / "jembol"


@dataclass(frozen=True)
class Module:
    """One Python file of the product, or one that a test invents."""

    name: str
    source: str
    path: Path = Path("planted.py")

    @property
    def tree(self):
        return ast.parse(self.source)

    @property
    def package(self):
        """The package of the map: `jembol.training.actions.seats` belongs to `training`."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else ""

    @property
    def is_action(self):
        return "actions" in self.name.split(".")[2:3]

    def place(self, node):
        return f"{self.path}:{node.lineno}"


@cache
def modules():
    """Every module of `src/jembol` without the migrations."""
    return tuple(
        Module(name_of(path), path.read_text(encoding="utf-8"), path.relative_to(ROOT))
        for path in sorted(JEMBOL.rglob("*.py"))
        if "migrations" not in path.parts
    )


def name_of(path):
    parts = path.relative_to(SOURCES).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tracked_files():
    """Every file that belongs to the repository, also a new one that is not ignored."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, check=True).stdout
    paths = (ROOT / name.decode() for name in listed.split(b"\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def text_of(path):
    """The text of a file, or nothing when it is none."""
    data = path.read_bytes()
    return "" if b"\0" in data[:4096] else data.decode("utf-8", errors="replace")


def calls_in(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
