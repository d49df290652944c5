"""Keep the Indonesian catalogue true to the texts in the code, without system gettext.

python tools/messages.py            bring the catalogue up to date; keeps every translation
python tools/messages.py --check    fail, and list what is missing, untranslated or left over
python tools/messages.py compile    write the .mo files that Django reads
"""

import argparse
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src/jembol"
LOCALE = ROOT / "locale"
HEADER = """\
# Indonesian texts of Jembol. The English texts stand in the code.
# `make messages` brings new ones here; `make check` fails while one has no translation."""
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    # Refusals of intake take a template and translate it themselves (`intake/errors.py`).
    "Refused": (2,),
    **dict.fromkeys(
        (
            *("FileTooBig", "FileUnreadable", "FileTypeUnknown", "FileLocked", "FileUnsafe"),
            *("FileHasNothing", "TooManyRows", "TooManyColumns", "TextBroken", "QuoteUnclosed"),
        ),
        (1,),
    ),
}
UNKEPT = tuple(
    f'"{name}:'.encode()
    for name in (
        *("Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date"),
        *("Last-Translator", "Language-Team", "Generated-By"),
    )
)
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
Key = tuple[str, str]
"""Context and English text (the singular one)."""


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", nargs="?", choices=("update", "compile"), default="update")
    parser.add_argument("--check", action="store_true", help="change nothing, fail on a difference")
    given = parser.parse_args()
    settings.configure(USE_I18N=True)  # `templatize` reads the settings and nothing else of them
    if given.check:
        return check()
    if given.task == "compile":
        compile_all()
    else:
        update()
    return 0


# --- what the code says -----------------------------------------------------------------------


def texts_of_code(sources: Path = SOURCES) -> Catalog:
    """Return every text that the code and the templates translate, with its places."""
    found = Catalog(charset="utf-8")
    for path in sorted((*sources.rglob("*.py"), *sources.rglob("*.html"), *sources.rglob("*.txt"))):
        if "migrations" in path.parts:
            continue
        place = path.relative_to(sources.parent.parent).as_posix()
        for line, text, comments, context in _extracted(path):
            found.add(
                text,
                locations=[(place, line)],
                auto_comments=comments,
                context=context,
                flags=_flags_of(text),
            )
    return found


def _extracted(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django's own step: a template becomes calls of gettext between filler words. Babel's
        # tokenizer, stricter than xgettext, would stumble over the indentation of the filler.
        source = INDENT.sub("", templatize(source, origin=str(path)))
    yield from extract(
        "python",
        BytesIO(source.encode()),
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        options={"encoding": "utf-8"},
        strip_comment_tags=True,
    )


def _flags_of(text: str | tuple[str, ...]) -> set[str]:
    """Mark texts with `%(name)s`, so that a translation that loses a name is found."""
    words = text if isinstance(text, tuple) else (text,)
    return {"python-format"} if any("%(" in word for word in words) else set()


# --- the catalogue ----------------------------------------------------------------------------


def catalogue_path(language: str = "id") -> Path:
    """Return the file of a language."""
    return LOCALE / language / "LC_MESSAGES/django.po"


def read(path: Path) -> Catalog:
    """Return the catalogue that `path` holds, or an empty one for Indonesian."""
    if not path.exists():
        return empty()
    with path.open("rb") as file:
        return read_po(file, locale="id", charset="utf-8")


def empty() -> Catalog:
    """Return a catalogue for Indonesian, which has one form for any number."""
    catalogue = Catalog(locale="id", charset="utf-8", header_comment=HEADER, fuzzy=False)
    catalogue.mime_headers = [("Plural-Forms", "nplurals=1; plural=0;")]
    return catalogue


def merged(said: Catalog, kept: Catalog) -> Catalog:
    """Return the texts of the code with the translations that stand; nothing guessed."""
    fresh = empty()
    known = {key_of(message): message.string for message in translations(kept)}
    for message in translations(said):
        fresh.add(
            message.id,
            string=_fitting(known.get(key_of(message), ""), message),
            locations=[
                (place, 0) for place in sorted({place for place, _line in message.locations})
            ],
            flags=message.flags,
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return fresh


def _fitting(string: str | tuple[str, ...], message: Message) -> str | tuple[str, ...]:
    """Return the translation in the form of its text: Indonesian has one plural form."""
    word = string[0] if isinstance(string, tuple) else string
    return (word,) if isinstance(message.id, tuple) else word


def update() -> None:
    """Write the catalogue anew: new texts in, texts that nobody says any more out."""
    path = catalogue_path()
    fresh = merged(texts_of_code(), read(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, fresh, width=100, sort_output=True, include_lineno=False)
    # A date in the header would change the file without any change of texts.
    lines = written.getvalue().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if not line.startswith(UNKEPT)))
    missing = [message for message in translations(fresh) if not is_translated(message)]
    print(f"{len(list(translations(fresh)))} texts, {len(missing)} without a translation")


def translations(catalogue: Catalog) -> Iterator[Message]:
    """Yield the messages without the header, by text."""
    yield from sorted((one for one in catalogue if one.id), key=key_of)


def key_of(message: Message) -> Key:
    """Return what tells this text from others."""
    text = message.id[0] if isinstance(message.id, tuple) else message.id
    return message.context or "", text


def is_translated(message: Message) -> bool:
    """Say whether every form of the text has a translation."""
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return bool(forms) and all(forms)


# --- the gate ---------------------------------------------------------------------------------


def check() -> int:
    """Print each difference between code and catalogue; 1 when there is one."""
    complaints = list(differences(texts_of_code(), read(catalogue_path())))
    for complaint in complaints:
        print(complaint)
    if complaints:
        print(f"{len(complaints)} texts to mend: run `make messages`, then translate them.")
    return 1 if complaints else 0


def differences(said: Catalog, kept: Catalog) -> Iterator[str]:
    """Yield one line for each text that is missing, left over, untranslated, fuzzy or broken."""
    code = {key_of(message): message for message in translations(said)}
    known = {key_of(message): message for message in translations(kept)}
    for key in sorted(code.keys() - known.keys()):
        yield f"missing: {key[1]!r} ({_place_of(code[key])})"
    for key in sorted(known.keys() - code.keys()):
        yield f"left over: {key[1]!r}"
    for key in sorted(code.keys() & known.keys()):
        yield from _faults_of(known[key], code[key], kept)


def _faults_of(message: Message, said: Message, kept: Catalog) -> Iterator[str]:
    text, place = key_of(message)[1], _place_of(said)
    if not is_translated(message):
        yield f"untranslated: {text!r} ({place})"
        return
    if message.fuzzy:
        yield f"fuzzy: {text!r} ({place})"
    message.flags |= said.flags
    for fault in message.check(kept):
        yield f"broken: {text!r} ({place}): {fault}"


def _place_of(message: Message) -> str:
    path, line = message.locations[0]
    return f"{path}:{line}"


def compile_all() -> None:
    """Write the .mo file beside each catalogue."""
    for path in sorted(LOCALE.rglob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.parent.name, charset="utf-8")
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        # Written aside and moved, so that a running server never reads half a file.
        fresh = path.with_suffix(".mo.new")
        fresh.write_bytes(compiled.getvalue())
        fresh.replace(path.with_suffix(".mo"))


if __name__ == "__main__":
    sys.exit(main())
