"""Make the virtual environment and bring it to the lock; quick when nothing changed.

Runs on the system's Python with nothing but the standard library:
`python3 tools/install.py {run,dev,bench} [--venv .venv]`. Each step leaves a stamp in the
environment, keyed by the checksum of what it was made from, so the next start does only what is
new.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = (3, 11), (3, 13)
LOCKS = {"run": ("run", "dev"), "dev": ("dev",), "bench": ("bench",)}
"""By set of packages: the locks that hold all of it."""


class Stop(Exception):
    """What is missing, and how to get it, in one line."""


def main() -> int:
    """Bring the environment to the wanted set of packages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", choices=tuple(LOCKS))
    parser.add_argument("--venv", default=".venv")
    given = parser.parse_args()
    try:
        install(ROOT / given.venv, given.packages)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as failed:
        print(f"This step failed: {' '.join(map(str, failed.cmd))}", file=sys.stderr)
        return 1
    return 0


def install(venv: Path, packages: str) -> None:
    """Do the steps whose stamp is old."""
    check_python()
    if not (venv / "bin/pip").exists() or version_of(venv) != list(sys.version_info[:2]):
        say(f"Making {venv.name} with Python {sys.version_info[0]}.{sys.version_info[1]}")
        make_environment(venv)
    stamps = Stamps(venv / "installed.json")
    python = venv / "bin/python"
    install_locked(python, packages, stamps)
    project = checksum("pyproject.toml")
    if stamps.get("project") != project:
        say("Installing Jembol itself")
        pip(python, "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ".")
        stamps.set("project", project)
    copy_styles(python)
    compile_catalogues(python, stamps)


def check_python() -> None:
    """Refuse a Python that the dependencies do not run on."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise Stop(
            f"Jembol needs Python 3.11, 3.12 or 3.13, but this is {sys.version.split()[0]}. "
            "Name another one: make run PYTHON=python3.11"
        )


def version_of(venv: Path) -> list[int]:
    """Return major and minor version of the environment's Python."""
    if not (venv / "pyvenv.cfg").exists():
        return []
    for line in (venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines():
        name, _equals, value = line.partition("=")
        if name.strip() == "version":
            return [int(part) for part in value.strip().split(".")[:2]]
    return []


def make_environment(venv: Path) -> None:
    """Make a fresh virtual environment; on Debian its package may have to come first."""
    if importlib.util.find_spec("ensurepip") is None:
        apt_install("python3-venv")
    if venv.exists() and not (venv / "pyvenv.cfg").exists():
        raise Stop(f"{venv} is there and is no virtual environment. Name another: VENV=.venv-2")
    if venv.exists():
        shutil.rmtree(venv)
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)


def apt_install(*packages: str) -> None:
    """Install Debian's packages when this user may, and otherwise say what to install."""
    words = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    remedy = f"Missing: {' '.join(packages)}. Install it: apt-get install {' '.join(packages)}"
    before = _as_root()
    if before is None or shutil.which("apt-get") is None:
        raise Stop(remedy)
    say(f"Installing {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "--quiet"], words):
        done = subprocess.run(
            [*before, *command], env=quiet, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
        )
    if done.returncode != 0:
        raise Stop(remedy)


def _as_root() -> list[str] | None:
    """Return the words before a command that make it run as root, or None when none do."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    probe = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if probe.returncode == 0 else None


class Stamps:
    """What each step was last made from."""

    def __init__(self, path: Path) -> None:
        """Read the stamps that `path` keeps."""
        self.path = path
        self.known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    def get(self, step: str) -> str | None:
        """Return the checksum that this step was made from."""
        return self.known.get(step)

    def set(self, step: str, value: str) -> None:
        """Keep that the step is done; called after it, so a broken step is done again."""
        self.known[step] = value
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(self.known, indent=1), encoding="utf-8")
        fresh.replace(self.path)


def install_locked(python: Path, packages: str, stamps: Stamps) -> None:
    """Install the lock; the lock for developers holds everything that running needs."""
    locks = {name: checksum(f"requirements/{name}.txt") for name in LOCKS[packages]}
    if any(stamps.get(name) == lock for name, lock in locks.items()):
        return
    lock = f"requirements/{packages}.txt"
    say(f"Installing the packages of {lock}")
    pip(python, "install", "--require-hashes", "--requirement", lock)
    stamps.set(packages, locks[packages])


def copy_styles(python: Path) -> None:
    """Copy the style sheet from its package (the tool keeps a stamp of its own)."""
    subprocess.run([python, "tools/vendor.py"], cwd=ROOT, check=True)


def compile_catalogues(python: Path, stamps: Stamps) -> None:
    """Compile the catalogues that changed."""
    sources = sorted((ROOT / "locale").rglob("*.po"))
    state = checksum(*(str(path.relative_to(ROOT)) for path in sources))
    is_compiled = all(path.with_suffix(".mo").exists() for path in sources)
    if stamps.get("catalogues") == state and is_compiled:
        return
    subprocess.run([python, "tools/messages.py", "compile"], cwd=ROOT, check=True)
    stamps.set("catalogues", state)


def pip(python: Path, *words: str) -> None:
    """Run pip of the environment."""
    settings = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    settings["PIP_ROOT_USER_ACTION"] = "ignore"
    subprocess.run([python, "-m", "pip", *words], cwd=ROOT, env=settings, check=True)


def checksum(*files: str) -> str:
    """Return one checksum of these files of the repository."""
    digest = hashlib.sha256()
    for name in files:
        digest.update(name.encode() + b"\0" + (ROOT / name).read_bytes() + b"\0")
    return digest.hexdigest()


def say(step: str) -> None:
    """Tell what begins now."""
    print(f"== {step}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
