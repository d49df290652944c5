"""Copy the front-end files that pages use from their packages into the static folder.

`npm ci` checks each package against the sha512 in package-lock.json and runs none of its scripts;
node is needed here and never at run time.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/jembol/ui/static/ui/vendor"
FILES = {
    "node_modules/@picocss/pico/css/pico.classless.min.css": "pico.css",
    "node_modules/@picocss/pico/LICENSE.md": "pico.LICENSE.md",
    "node_modules/jsqr/dist/jsQR.js": "jsqr.js",
    "node_modules/jsqr/LICENSE": "jsqr.LICENSE",
}


def main() -> int:
    """Install the packages and copy the named files; do nothing when they are current."""
    lock = (ROOT / "package-lock.json").read_bytes()
    stamp = TARGET / "lock.stamp"
    if stamp.exists() and stamp.read_bytes() == lock:
        return 0
    npm = Path(sys.executable).parent / "npm"
    subprocess.run(
        [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=ROOT,
        check=True,
    )
    TARGET.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        shutil.copyfile(ROOT / source, TARGET / name)
    stamp.write_bytes(lock)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
