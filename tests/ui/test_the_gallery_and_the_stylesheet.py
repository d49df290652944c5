"""Each component has its example, there are few of them, and no style is left without a use."""

import re
from pathlib import Path

import jembol
from jembol.ui.components import phone, register

SOURCE = Path(jembol.__file__).parent
GALLERY = SOURCE / "desk/templates/desk/gallery.html"
STYLE = SOURCE / "ui/static/ui/jembol.css"
# Written by Django, and by `shade-{}` of the map.
WRITTEN_ELSEWHERE = {"errorlist", "shade-none"}


def test_each_component_is_in_the_gallery():
    shown = GALLERY.read_text(encoding="utf-8")

    assert [name for name in register.tags if f"{{% {name}" not in shown] == []


def test_there_are_few_components():
    assert len(register.tags) <= 20


def test_each_class_of_the_stylesheet_is_used():
    rules = re.sub(r"\{[^{}]*\}", " ", STYLE.read_text(encoding="utf-8"))
    named = set(re.findall(r"\.([a-z][a-z-]*[a-z])(?![\w.]*\()", rules))
    kinds = {".html", ".py", ".js"}
    used = " ".join(
        path.read_text(encoding="utf-8")
        for path in SOURCE.rglob("*")
        if path.suffix in kinds and "vendor" not in path.parts
    )

    unused = {name for name in named if not re.search(rf"(?<![\w-]){name}(?![\w])", used)}
    assert unused - WRITTEN_ELSEWHERE == set()


def test_a_number_that_is_none_any_more_stays_readable():
    assert ">12<" in phone("12")
    assert ">0899-0000-0001<" in phone("+6289900000001")
