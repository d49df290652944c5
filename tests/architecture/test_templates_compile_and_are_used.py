"""Every template compiles, and somebody shows it."""

import re

import pytest
from django.template.loader import get_template
from source_tree import JEMBOL, modules

# Named by Django and allauth, not by our code.
NAMED_ELSEWHERE = (
    "account/",
    "mfa/",
    "usersessions/",
    "allauth/",
    "django/",
    "400.html",
    "403.html",
)
QUOTED = re.compile(r"""["']([\w/.-]+\.(?:html|txt))["'#]""")


def templates():
    return {
        path.relative_to(folder).as_posix(): path
        for folder in JEMBOL.glob("*/templates")
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".html", ".txt"}
    }


def named_somewhere():
    texts = [module.source for module in modules()]
    texts += [path.read_text(encoding="utf-8") for path in templates().values()]
    return {name for text in texts for name in QUOTED.findall(text)}


@pytest.mark.parametrize("name", sorted(templates()))
def test_it_compiles(name):
    assert get_template(name).template.name == name


def test_every_template_is_used():
    named = named_somewhere()
    unused = [
        name for name in templates() if name not in named and not name.startswith(NAMED_ELSEWHERE)
    ]

    assert unused == []


def test_every_template_that_the_code_names_is_there():
    ours = {module.package for module in modules()}
    wanted = {name for name in named_somewhere() if name.split("/")[0] in ours}

    assert sorted(wanted - templates().keys()) == []


def test_no_template_holds_a_script_or_a_style():
    # `help_text` is written by Django and by us, and holds a list for the rules of passwords.
    forbidden = re.compile(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|hx-on|(?<!help_text)\|safe\b"
    )
    found = [
        f"{name}: {match.group(0).strip()}"
        for name, path in templates().items()
        for match in forbidden.finditer(path.read_text(encoding="utf-8"))
    ]

    assert found == []
