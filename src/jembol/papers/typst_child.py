"""Makes PDF of typst sources in a process of its own, with bounds set before anything is read.

A template is written by a city and may be wrong or hostile: it may loop, or ask for gigabytes, for
files or for the network. So this program limits itself first, offers nothing but the files that it
is given in memory, and dies alone. It is run by path with `python -I` and imports nothing of
Jembol, so that its start is quick.
Input, one JSON value: `{"files", "documents", "fonts", "root", "created", "memory_mb", "seconds"}`,
file contents in base 64. Output, one JSON value a line: for each document `{"pdf"}`, or once
`{"refuse"}` with what typst said.
"""

import base64
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any, Final

MEGABYTE: Final = 1024 * 1024
MAIN: Final = "main.typ"
DATA: Final = "data.json"


def main() -> int:
    """Read the order, write the answers; every refusal is an ordinary answer."""
    order = json.loads(sys.stdin.buffer.read())
    limit_oneself(order["memory_mb"], order["seconds"])
    for answer in answers(order):
        sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
    return 0


def limit_oneself(memory_mb: int, seconds: int) -> None:
    """Bound memory and processor time of this process, and forbid it to write files."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * MEGABYTE, memory_mb * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answers(order: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the PDF of each document, or the refusal of the first that makes none."""
    # Imported after the limits are set: the library is native code and reads strange texts.
    import typst  # noqa: PLC0415

    given = {name: base64.b64decode(content) for name, content in order["files"].items()}
    folders = [order["fonts"]] if order["fonts"] else []
    # Fonts of the machine would make the same paper look different elsewhere.
    fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)
    # Its types do not name files in memory, which it takes (`input` as a mapping).
    make: Any = typst.Compiler
    for data in order["documents"]:
        files = {**given, DATA: json.dumps(data).encode()}
        compiler = make(
            input=files,
            root=order["root"],
            font_paths=fonts,
            ignore_system_fonts=True,
            package_path=order["root"],
            package_cache_path=order["root"],
        )
        try:
            pdf = compiler.compile(format="pdf", timestamp=order["created"])
        except typst.TypstError as problem:
            yield {"refuse": told(problem)}
            return
        yield {"pdf": base64.b64encode(pdf).decode()}


def told(problem: Any) -> dict[str, Any]:
    """Return what typst said about a fault, as values."""
    return {
        "message": problem.message,
        "diagnostic": problem.diagnostic,
        "hints": list(problem.hints),
    }


if __name__ == "__main__":
    sys.exit(main())
