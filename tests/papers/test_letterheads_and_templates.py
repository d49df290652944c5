"""A city has its own letterhead and templates; no kept version changes."""

import pytest
from django.db import IntegrityError, transaction

from city import NOW, build_officers, by, system
from jembol.journal.errors import OutOfReach
from jembol.papers import actions, errors, kinds, queries
from jembol.papers.kinds import CERTIFICATE
from jembol.papers.models import PaperTemplate
from jembol.papers.rendering import render
from papers.printed import text_of

OWN = '#import "dasar.typ": *\n#kop.dinas \\ #isi.lembar.map(s => s.nama).join(", ")'


def save(city, text, at=NOW):
    return actions.save_template(kind=CERTIFICATE, city=city, text=text, by=system(at))


def in_force(city):
    return queries.source_of(CERTIFICATE, city, at=NOW)


def said(city):
    return text_of(render(CERTIFICATE, CERTIFICATE.example, city=city, at=NOW))


def test_until_a_city_says_more_its_name_and_office_stand_at_the_head(areas):
    head = queries.letterhead_of(areas.malang)

    assert head.government == "Pemerintah Kota Malang"
    assert head.office.startswith("Dinas Koperasi")
    assert head.place == "Malang"


def test_a_letterhead_is_on_every_paper_from_then_on(areas):
    values = {"signatory_name": "Dra. Wulan Uji", "signatory_nip": "1970", "office": "Dinas Uji"}
    actions.change_letterhead(city=areas.malang, by=system(), values=values)

    paper = said(areas.malang)

    assert "Dra. Wulan Uji" in paper
    assert "Dinas Uji" in paper
    assert "Wulan" not in said(areas.mojokerto)


@pytest.mark.parametrize(
    ("name", "text"), [("office", " "), ("place", ""), ("address", "x" * 301), ("place", "\x00")]
)
def test_a_letterhead_that_lacks_something_is_refused_at_its_field(areas, name, text):
    with pytest.raises(errors.LetterheadIncomplete) as refused:
        actions.change_letterhead(city=areas.malang, by=system(), values={name: text})

    assert refused.value.field == name


def test_a_city_replaces_a_template_and_others_keep_the_default(areas):
    save(areas.malang, OWN)

    assert said(areas.malang).endswith("Siti Rahayu Ningtyas")
    assert in_force(areas.malang).is_own
    assert "SERTIFIKAT" in said(areas.mojokerto).replace(" ", "")


def test_a_template_that_makes_no_paper_is_not_saved_and_its_line_is_told(areas):
    with pytest.raises(errors.TemplateBroken, match="Line 2 of the template"):
        save(areas.malang, "satu\n#isi.tidak-ada-juga(")

    assert not PaperTemplate.objects.exists()


def test_versions_are_counted_and_kept(areas):
    save(areas.malang, OWN)
    save(areas.malang, OWN)
    save(areas.malang, f"{OWN}\nLagi")

    kept = queries.versions_of(CERTIFICATE, areas.malang)
    assert [row.version for row in kept] == [2, 1]
    assert in_force(areas.malang).text.endswith("Lagi")


def test_a_city_goes_back_to_the_default_and_follows_the_program_again(areas, monkeypatch):
    save(areas.malang, OWN)
    save(areas.malang, CERTIFICATE.text)
    assert not in_force(areas.malang).is_own

    monkeypatch.setattr(queries, "shared_part", lambda: f"{kinds.shared_part()}\n// baru")

    assert in_force(areas.malang).version is None


def test_the_default_is_kept_once_when_papers_are_made_with_it(areas):
    first = actions.keep_source(kind=CERTIFICATE, city=areas.malang, by=system())
    again = actions.keep_source(kind=CERTIFICATE, city=areas.malang, by=system())

    assert first == again
    assert (first.is_default, first.text) == (True, CERTIFICATE.text)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_lets_nobody_change_a_version(areas, change):
    row = save(areas.malang, OWN)
    rows = PaperTemplate.objects.filter(pk=row.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(text="lain") if change == "update" else rows.delete()


def test_another_citys_officer_changes_nothing_here(areas):
    officer = build_officers("admin.mojokerto")["admin.mojokerto"]
    elsewhere = by(officer, "papers.change")

    with pytest.raises(OutOfReach):
        actions.save_template(kind=CERTIFICATE, city=areas.malang, text=OWN, by=elsewhere)
    with pytest.raises(OutOfReach):
        actions.change_letterhead(city=areas.malang, values={"place": "X"}, by=elsewhere)


def test_papers_belong_to_a_city_and_not_to_a_part_of_it(areas):
    with pytest.raises(errors.NotACity):
        save(areas.dinoyo, OWN)
