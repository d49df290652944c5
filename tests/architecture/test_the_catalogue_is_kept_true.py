"""tools/messages.py finds every text of code and templates, and every fault of a translation."""

import sys

import pytest
from source_tree import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import messages

CODE = """
from django.utils.translation import gettext as _, ngettext
def told(name, count):
    # Translators: the name of a person
    return _("Hello %(name)s") % {"name": name} + ngettext("%(n)s row", "%(n)s rows", count)
"""
TEMPLATE = """{% load i18n %}<p>
      {% trans "Sign out" %}
  {% blocktrans with name=person %}Dear {{ name }}{% endblocktrans %}
 <b title="{% trans 'Menu' context 'page' %}">{{ _("Pages") }}</b></p>
"""


@pytest.fixture
def said(tmp_path):
    folder = tmp_path / "src/jembol"
    folder.mkdir(parents=True)
    (folder / "told.py").write_text(CODE)
    (folder / "page.html").write_text(TEMPLATE)
    return messages.texts_of_code(folder)


def translated(said, **words):
    """A catalogue in which every text has a translation."""
    kept = messages.merged(said, messages.empty())
    for message in messages.translations(kept):
        word = words.get("word", "kata %(name)s" if "%(name)s" in message.id else "kata")
        if "%(n)s" in str(message.id):
            word = "%(n)s baris"
        message.string = (word,) if isinstance(message.id, tuple) else word
    return kept


def test_texts_of_code_and_templates_are_found(said):
    found = {messages.key_of(message) for message in messages.translations(said)}

    assert found == {
        ("", "Hello %(name)s"),
        ("", "%(n)s row"),
        ("", "Sign out"),
        ("", "Dear %(name)s"),
        ("page", "Menu"),
        ("", "Pages"),
    }


def test_a_complete_catalogue_has_no_fault(said):
    assert list(messages.differences(said, translated(said))) == []


def test_missing_left_over_and_untranslated_texts_are_named(said):
    kept = translated(said)
    del kept["Pages"]
    kept.add("Nobody says this", "Tak ada")
    kept["Sign out"].string = ""

    faults = [line.partition(":")[0] for line in messages.differences(said, kept)]

    assert faults == ["missing", "left over", "untranslated"]


def test_a_fuzzy_translation_and_one_that_loses_a_name_are_named(said):
    kept = translated(said)
    kept["Pages"].flags.add("fuzzy")
    kept["Hello %(name)s"].string = "Halo %(nama)s"

    faults = [line.partition(":")[0] for line in messages.differences(said, kept)]

    assert sorted(faults) == ["broken", "fuzzy"]


def test_bringing_texts_up_to_date_keeps_every_translation(said, tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "locale")
    monkeypatch.setattr(messages, "texts_of_code", lambda: said)
    messages.update()
    path = messages.catalogue_path()
    path.write_text(
        path.read_text().replace('msgid "Pages"\nmsgstr ""', 'msgid "Pages"\nmsgstr "Hal"')
    )

    messages.update()
    once = path.read_bytes()
    messages.update()

    assert messages.read(path)["Pages"].string == "Hal"
    assert path.read_bytes() == once
    assert b"nplurals=1" in once
