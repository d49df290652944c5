"""Turns the sheets of an XLSForm into questions of a visit, and reports by row what is left out.

pyxform reads the rows: headings and their other names, translations, lists of choices, groups. What
stands here decides which of it is asked on a visit, and reads the expressions into trees. Nothing
is dropped in silence: whatever is not taken over becomes a `Gap` with its sheet, row and value.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _
from pyxform.errors import PyXFormError
from pyxform.utils import default_is_dynamic
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData

from jembol.outreach.errors import FormUnreadable
from jembol.outreach.form_rows import Rows
from jembol.outreach.rules.expressions import CannotRead, Tree, names_in, parse
from jembol.outreach.rules.needs import in_rings, needs_of, reaches
from jembol.outreach.rules.questions import walk

Cells = Sequence[str]
"""One row of a sheet, as exact text; empty cells are empty."""

MOST_QUESTIONS: Final = 500
MOST_CHOICES: Final = 5_000
LONGEST_LABEL: Final = 2_000
DEEPEST_GROUP: Final = 20
SHEETS: Final = ("survey", "choices", "settings", "external_choices", "entities", "osm")
TYPES: Final = {
    "text": "text", "integer": "integer", "decimal": "decimal", "date": "date", "time": "time",
    "note": "note", "geopoint": "geopoint", "photo": "image", "image": "image",
    "select one": "select_one", "select all that apply": "select_multiple",
    "calculate": "calculate", "group": "group", "repeat": "group",
}  # fmt: skip
# What a form asks the telephone, and the visit knows by itself.
KNOWN_BY_THE_VISIT: Final = frozenset({
    "start", "end", "deviceid", "phonenumber", "username", "email", "simserial", "subscriberid",
    "audit", "start-geopoint", "background-audio", "uuid", "instanceID",
})  # fmt: skip
TAKEN: Final = frozenset({
    "type", "name", "label", "hint", "bind", "default", "choice_filter", "control", "choices",
    "itemset", "list_name", "children", "_dynamic_default", "actions", "parameters",
    "guidance_hint", "sms_field",
})  # fmt: skip
# Column of the form, its name in pyxform's `bind`, its name in a question.
EXPRESSIONS: Final = (("relevant", "relevant"), ("constraint", "constraint"),
                      ("required", "required"), ("calculate", "calculate"),
                      ("readonly", "readonly"))  # fmt: skip
WORDS_OF_BIND: Final = (("jr:constraintMsg", "constraint_words"), ("jr:requiredMsg",
                                                                   "required_words"))  # fmt: skip
LOOKS: Final = frozenset({"minimal", "multiline"})
YES: Final = frozenset({"yes", "true", "true()", "ya"})
NO: Final = frozenset({"no", "false", "false()", "tidak", ""})
LANGUAGES: Final = {"indonesia": "id", "bahasa indonesia": "id", "indonesian": "id",
                    "english": "en", "inggris": "en", "jawa": "jv", "basa jawa": "jv",
                    "javanese": "jv", "madura": "mad", "default": "id"}  # fmt: skip
# What pyxform writes by itself for `or_other`, in English whatever the form speaks.
GENERATED: Final[dict[object, dict[str, str]]] = {
    "Other": {"en": "Other", "id": "Lainnya"},
    "Specify other.": {"en": "Specify other.", "id": "Sebutkan."},
}
_CODE: Final = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z]+)?)\)\s*$")
_ROW: Final = re.compile(r"\[row : (\d+)\]")
_KEY: Final = re.compile(r"[^a-z0-9_-]+")
_GAP_IN_LABEL: Final = re.compile(r"\$\{\s*([^}\s]*)\s*\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something in a workbook that a visit does not ask, or not in that way.

    Attributes:
        sheet: The sheet.
        row: Its row as spreadsheets number it; 0 for the whole sheet.
        column: The heading, as pyxform calls it.
        value: What stands there.
        code: What it is about; `form_words.GAPS` says it to people.
        effect: `left_out` (the question), `without` (asked without this), `known` (nothing lost).
        word: The part that is not supported.
    """

    sheet: str = "survey"
    row: int
    column: str
    value: str
    code: str
    effect: str
    word: str = ""


@dataclass(slots=True)
class ReadForm:
    """A form as it will be asked, and what of the workbook is not."""

    key: str
    title: str
    content: dict[str, Any]
    gaps: list[Gap] = field(default_factory=list)

    @property
    def report(self) -> list[dict[str, Any]]:
        """The gaps as plain JSON, in the order of the rows."""
        return [asdict(gap) for gap in sorted(self.gaps, key=lambda gap: (gap.sheet, gap.row))]


def read_form(sheets: Mapping[str, Sequence[Cells]], *, name: str) -> ReadForm:
    """Read the sheets of an XLSForm.

    Args:
        sheets: Rows by the name of the sheet; row 1 holds the headings.
        name: What the form is called when its settings do not say.

    Raises:
        FormUnreadable: pyxform finds no form in it, or it asks too much.
    """
    rows = Rows({key.strip().lower(): value for key, value in sheets.items()})
    try:
        survey = workbook_to_json(_definition(rows), warnings=[], fallback_form_name=name)
    except PyXFormError as refused:
        raise _unreadable(str(refused)) from refused
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as odd:
        # pyxform meets rows that nobody thought of; to whoever sent them they are unreadable.
        raise _unreadable(type(odd).__name__) from odd
    return _Reading(survey, rows).form()


def _definition(rows: Rows) -> DefinitionData:
    given: dict[str, Any] = {}
    for sheet in SHEETS:
        table = rows.table(sheet)
        if table:
            given[sheet] = table
            given[f"{sheet}_header"] = [dict.fromkeys(rows.headings(sheet))]
    return DefinitionData(**given, sheet_names=list(rows.sheets))


def _unreadable(words: str) -> FormUnreadable:
    found = _ROW.search(words)
    row = int(found[1]) if found else 0
    where = _("Row %(row)d of the sheet survey") % {"row": row} if row else _("The workbook")
    said = _ROW.sub("", words).strip()[:300]
    return FormUnreadable(
        _("%(where)s is no part of an XLSForm: “%(words)s”. Mend it in the workbook and send it "
          "again.") % {"where": where, "words": said},
        row=row,
    )  # fmt: skip


def language_code(heading: str) -> str:
    """Return the code of a language as forms name it: `English (en)`, `Bahasa Indonesia`."""
    found = _CODE.search(heading)
    plain = heading.strip().lower()
    return found[1].lower() if found else LANGUAGES.get(plain, _KEY.sub("-", plain)[:20] or "id")


class _Reading:
    """Goes through what pyxform found, and keeps what a visit can ask."""

    def __init__(self, survey: Mapping[str, Any], rows: Rows) -> None:
        self.survey = survey
        self.rows = rows
        self.gaps: list[Gap] = []
        self.names: set[str] = set()
        self.again: Counter[str] = Counter()
        self.languages: dict[str, None] = {}
        self.standard = language_code(str(survey.get("default_language") or "default"))

    def form(self) -> ReadForm:
        self.bound_depth(self.survey["children"])
        items = list(self.items(self.survey["children"]))
        # Before anything that compares questions with each other.
        self.bound([item for item, _above in walk(items)])
        self.without_strangers(items)
        self.without_rings(items)
        self.must_ask([item for item, _above in walk(items)])
        title = str(self.survey.get("title") or self.survey["id_string"])[:150]
        key = _KEY.sub("-", str(self.survey["id_string"]).lower()).strip("-")[:60]
        if not key:
            raise _unreadable("form_id")
        first = [self.standard] if self.standard in self.languages else []
        languages = list(dict.fromkeys([*first, *self.languages])) or [self.standard]
        content = {"form": key, "title": title, "languages": languages, "items": items}
        return ReadForm(key, title, content, self.gaps)

    def bound(self, asked: Sequence[Mapping[str, Any]]) -> None:
        """Refuse a form without a question, or one that no visit can hold."""
        self.must_ask(asked)
        choices = sum(len(item.get("choices", ())) for item in asked)
        if len(asked) > MOST_QUESTIONS or choices > MOST_CHOICES:
            raise FormUnreadable(
                _("The form has %(questions)d questions and %(choices)d choices; a visit holds at "
                  "most %(most)d and %(most_choices)d. Split it into several forms.")
                % {"questions": len(asked), "choices": choices, "most": MOST_QUESTIONS,
                   "most_choices": MOST_CHOICES}
            )  # fmt: skip

    def bound_depth(self, children: Sequence[Mapping[str, Any]]) -> None:
        """Refuse groups in groups in groups, before anything goes down into them."""
        row, depth = list(children), 0
        while row:
            depth += 1
            if depth > DEEPEST_GROUP:
                raise FormUnreadable(
                    _("More than %(most)d groups stand inside each other. Write them one below "
                      "the other, and send the workbook again.") % {"most": DEEPEST_GROUP}
                )  # fmt: skip
            row = [one for child in row for one in child.get("children", ())]

    def must_ask(self, asked: Sequence[Mapping[str, Any]]) -> None:
        """Refuse a form without a question."""
        if not any(item["type"] not in {"note", "group"} for item in asked):
            raise FormUnreadable(
                _("None of its rows is a question that a visit can ask. See which types can be "
                  "asked in the list below, and send the workbook again.")
            )  # fmt: skip

    # items

    def items(self, children: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        for child in children:
            if child.get("control", {}).get("bodyless"):
                continue
            if item := self.item(child):
                yield item

    def item(self, child: Mapping[str, Any]) -> dict[str, Any] | None:
        name, kind = str(child["name"]), str(child["type"])
        is_today = kind == "today"
        if kind in KNOWN_BY_THE_VISIT:
            self.gap(child, "type", kind, code="metadata", effect="known")
            return None
        if not is_today and kind not in TYPES:
            self.gap(child, "type", kind, code="type", effect="left_out")
            return None
        if name in self.names:
            self.again[name] += 1
            self.gap(child, "name", name, code="name", effect="left_out")
            return None
        self.names.add(name)
        if is_today:
            return {"name": name, "type": "calculate", "calculate": ["call", "today"]}
        item = {"name": name, "type": TYPES[kind], **self.texts(child), **_look(child)}
        return self.complete(item, child)

    def complete(self, item: dict[str, Any], child: Mapping[str, Any]) -> dict[str, Any] | None:
        self.note_what_is_not_taken(child)
        item |= self.expressions(child)
        if item["type"] == "calculate" and "calculate" not in item:
            default = self.default(child)
            if default is None:
                self.names.discard(item["name"])
                return None
            item["calculate"] = default
        elif (default := self.default(child)) is not None:
            item["default"] = default
        if "choices" in child or item["type"].startswith("select"):
            item |= self.choices(child)
            if not item["choices"]:
                self.gap(child, "type", str(child.get("itemset", "")), code="list",
                         effect="left_out")  # fmt: skip
                self.names.discard(item["name"])
                return None
        if child["type"] == "repeat":
            self.gap(child, "type", "begin repeat", code="repeat", effect="without")
        if "children" in child:
            item["items"] = list(self.items(child["children"]))
        return item

    def texts(self, child: Mapping[str, Any]) -> dict[str, Any]:
        bind = child.get("bind", {})
        found = {"label": self.words(child.get("label")), "hint": self.words(child.get("hint"))}
        for column, name in WORDS_OF_BIND:
            found[name] = self.words(bind.get(column))
        return {name: words for name, words in found.items() if words}

    def words(self, said: object) -> dict[str, str]:
        """Return a text by language; one without a language is in the form's own."""
        by_language = said if isinstance(said, Mapping) else {"": said}
        if own := GENERATED.get(next(iter(by_language.values()), None)):
            return {language: own.get(language, own["en"]) for language in self.named()}
        words = {
            (language_code(language) if language not in {"", "default"} else self.standard):
                str(text)[:LONGEST_LABEL]
            for language, text in by_language.items() if text not in {None, ""}
        }  # fmt: skip
        self.languages |= dict.fromkeys(words)
        return words

    def named(self) -> list[str]:
        """Return the languages that are known so far, at least the form's own."""
        return [*self.languages] or [self.standard]

    def choices(self, child: Mapping[str, Any]) -> dict[str, Any]:
        found: list[dict[str, Any]] = [
            {
                "name": str(choice["name"]),
                "label": self.words(choice.get("label", choice["name"])),
                "with": {
                    key: str(value) for key, value in choice.items()
                    if key not in {"name", "label", "media", "list_name"}
                    and not key.startswith("_") and isinstance(value, str)
                },
            }
            for choice in child.get("choices") or ()
        ]  # fmt: skip
        filters: dict[str, Tree | None] = {}
        if said := child.get("choice_filter"):
            tree = self.expression(child, "choice_filter", said)
            filters = {"choice_filter": tree}
            attributes = {key for choice in found for key in choice["with"]} | {"name"}
            if tree and _attributes_in(tree) - attributes:
                self.gap(child, "choice_filter", said, code="expression", effect="without")
                filters = {}
        kept: dict[str, Any] = {name: tree for name, tree in filters.items() if tree}
        for choice in found:
            extra = choice.pop("with")
            if kept:
                choice["with"] = {**extra, "name": choice["name"]}
        return {"choices": found, **kept}

    # expressions

    def expressions(self, child: Mapping[str, Any]) -> dict[str, Any]:
        bind = child.get("bind", {})
        found: dict[str, Any] = {}
        for column, name in EXPRESSIONS:
            said = str(bind.get(column, "")).strip()
            if column in {"required", "readonly"} and said.lower() in YES | NO:
                if said.lower() in YES:
                    found[name] = ["call", "true"]
            elif said and (tree := self.expression(child, column, said)):
                found[name] = tree
        return found

    def expression(self, child: Mapping[str, Any], column: str, said: str) -> Tree | None:
        try:
            tree = parse(said)
        except CannotRead as refused:
            self.refuse(child, column, said, refused)
            return None
        if column != "choice_filter" and (bare := _attributes_in(tree)):
            self.refuse(child, column, said, CannotRead("expression", min(bare)))
            return None
        return tree

    def refuse(self, child: Mapping[str, Any], column: str, said: str, refused: CannotRead) -> None:
        effect = "left_out" if column == "calculate" else "without"
        self.gap(child, column, said, code=refused.code, effect=effect, word=refused.word)

    def default(self, child: Mapping[str, Any]) -> Tree | None:
        said = str(child.get("default", "")).strip()
        if not said:
            return None
        if default_is_dynamic(said, str(child["type"])):
            return self.expression(child, "default", said)
        return ["s", said]

    def without_strangers(self, items: list[dict[str, Any]]) -> None:
        """Take away expressions that ask for answers which nobody gives."""
        users: dict[str, list[tuple[Mapping[str, Any], str]]] = defaultdict(list)
        waiting: deque[tuple[Mapping[str, Any], str]] = deque(
            (item, column) for item, _above in walk(items) for column in _expression_columns(item)
        )
        for item, column in waiting:
            for name in names_in(item[column]):
                users[name].append((item, column))
        while waiting:
            item, column = waiting.popleft()
            strange = sorted(names_in(item[column]) - self.names) if column in item else []
            if strange:
                self.take_away(items, item, column, strange[0], "reference")
                # With a calculated question goes what asks for it.
                waiting += users[item["name"]] if column == "calculate" else []
        for item, _above in walk(items):
            self.note_strange_gaps(item)

    def note_strange_gaps(self, item: Mapping[str, Any]) -> None:
        for text in (*item.get("label", {}).values(), *item.get("hint", {}).values()):
            for name in _GAP_IN_LABEL.findall(text):
                if name not in self.names:
                    self.gap(item, "label", text, code="reference", effect="without", word=name)

    def take_away(
        self, items: list[dict[str, Any]], item: Any, column: str, word: str, code: str
    ) -> None:
        is_calculated = column == "calculate"
        effect = "left_out" if is_calculated else "without"
        self.gap(item, column, word, code=code, effect=effect, word=word)
        del item[column]
        if is_calculated:
            self.names.discard(item["name"])
            _drop(items, item["name"])

    def without_rings(self, items: list[dict[str, Any]]) -> None:
        """Take away expressions by which a question waits for itself."""
        places = {item["name"]: (item, above) for item, above in walk(items)}
        needs = {name: needs_of(*place) for name, place in places.items()}
        for name in in_rings(needs):
            item, above = places[name]
            if not reaches(name, needs):
                continue
            column = "calculate" if "calculate" in item else "relevant"
            owner = next((one for one in (item, *above) if column in one), None)
            if owner is not None:
                self.take_away(items, owner, column, owner["name"], "ring")
                for one in [
                    name,
                    *(inner["name"] for inner, _over in walk(owner.get("items", ()))),
                ]:
                    needs[one] = needs_of(*places[one])

    # what is not taken over

    def note_what_is_not_taken(self, child: Mapping[str, Any]) -> None:
        for column, value in _not_taken(child):
            self.gap(child, column, _shown(value), code="column", effect="without")
        appearance = str(child.get("control", {}).get("appearance", ""))
        strange = [word for word in appearance.split() if word not in LOOKS]
        if strange:
            self.gap(
                child, "appearance", appearance, code="appearance", effect="without",
                word=strange[0],
            )  # fmt: skip

    def gap(self, child: Mapping[str, Any], column: str, value: object, *, code: str,
            effect: str, word: str = "") -> None:  # fmt: skip
        again = self.again[child["name"]] if code == "name" else 0
        row = self.rows.row_of(str(child["name"]), again)
        self.gaps.append(
            Gap(row=row, column=column, value=str(value)[:300], code=code, effect=effect,
                word=word[:100])
        )  # fmt: skip


def _not_taken(child: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield the columns of a row that nothing is made of, with their values."""
    yield from ((column, value) for column, value in child.items() if column not in TAKEN)
    places: tuple[tuple[str, frozenset[str]], ...] = (
        ("control", frozenset({"appearance", "jr:count"})),
        ("bind", frozenset(column for column, _name in (*EXPRESSIONS, *WORDS_OF_BIND))),
    )
    for place, known in places:
        yield from (pair for pair in child.get(place, {}).items() if pair[0] not in known)
    if parameters := child.get("parameters"):
        yield "parameters", parameters


def _look(child: Mapping[str, Any]) -> dict[str, str]:
    words = str(child.get("control", {}).get("appearance", "")).split()
    known = [word for word in words if word in LOOKS]
    return {"look": known[0]} if known else {}


def _expression_columns(item: Mapping[str, Any]) -> list[str]:
    columns = [name for _column, name in EXPRESSIONS]
    return [name for name in (*columns, "default", "choice_filter") if name in item]


def _attributes_in(tree: Tree) -> set[str]:
    if tree[0] == "attr":
        return {tree[1]}
    inner = [part for part in tree[1:] if isinstance(part, list)]
    return {name for part in inner for name in _attributes_in(part)}


def _drop(items: list[dict[str, Any]], name: str) -> None:
    items[:] = [item for item in items if item["name"] != name]
    for item in items:
        _drop(item.get("items", []), name)


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_shown(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value))
    return str(value)
