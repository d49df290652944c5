"""One press, every paper: the same dates and names in all, and what is missing is said."""

import io
import zipfile
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from city import NOW, system
from jembol.files.shelf import open_file
from jembol.kit.money import Rupiah
from jembol.kit.reach import Reach
from jembol.papers import actions as papers
from jembol.papers.choices import Size
from jembol.training import actions, errors
from jembol.training.actions.mentors import MentorDetails
from jembol.training.choices import PaperKind
from jembol.training.models import Pack
from jembol.training.pack_sheets import archive_of, sheets_of, together
from jembol.training.queries.packs import class_for_papers, pack_contents
from jembol.training.rules import Cost
from jembol.training.rules.packs import Lack, PackFacts, bears_stamp, is_needed, lacks_of
from papers.printed import picture_of, text_of
from papers.printed import sheets_of as sizes_of
from pictures import picture
from training.certified import issue, work
from training.classroom import enrol, open_class, sessions_of

TODAY = NOW.date()
NAME = "Ni'mah #set <b> Contoh"


@pytest.fixture
def bare(areas):
    """A class of two days of which nothing is known but its days."""
    return open_class(areas.dinoyo, title="Kue kering Dinoyo")


@pytest.fixture
def full(areas):
    """A class with everything that its papers ask for."""
    mentor = actions.add_mentor(
        details=MentorDetails(name="Bu Ratna Contoh", area=areas.malang), by=system()
    )
    opened = open_class(areas.dinoyo, title="Kue kering Dinoyo", mentors=[mentor])
    opened.sessions.update(starts_at=time(8), ends_at=time(15))
    people = enrol(areas.dinoyo, 2) + enrol(areas.dinoyo, 1, prefix=NAME)
    seats = actions.register_many(
        training_class=opened, people=people, by=system(), door="desk"
    ).ids.values()
    for session in sessions_of(opened):
        actions.take_roll(session=session, present=set(seats), by=system())
    plan = actions.PlanDetails(budget_code="2.17.03", budget_line="Pelatihan kue", budget_year=2026)
    actions.make_plan(training_class=opened, details=plan, by=system())
    costs = (
        Cost("5.1.02.01", "honorarium", "Honorarium mentor", 14, "jam", Rupiah(400_000), mentor.pk),
        Cost("5.1.02.02", "materials", "Tepung dan mentega", 3, "paket", Rupiah(75_000)),
    )
    for cost in costs:
        line = actions.add_cost(training_class=opened, cost=cost, by=system())
        actions.note_spending(
            cost_line=line, amount=cost.total.amount, paid_on=opened.ends_on, by=system()
        )
    for kind in (PaperKind.INVITATION, PaperKind.MINUTES, PaperKind.HAND_OVER, PaperKind.COSTS):
        actions.number_letter(
            training_class=opened, kind=kind, number=f"400/{kind}/2026", on=opened.starts_on,
            by=system(),
        )  # fmt: skip
    actions.write_minutes(training_class=opened, text="Hari pertama.\n\nPraktik.", by=system())
    actions.add_hand_over(
        training_class=opened, what="Paket bahan kue", quantity=1, unit="paket", by=system()
    )
    actions.add_photo(
        training_class=opened, content=io.BytesIO(picture()), name="a.png", ground="papers",
        caption="Mengadon", by=system(),
    )  # fmt: skip
    head = {"government": "Pemerintah Kota Malang", "office": "Dinas Contoh", "place": "Malang",
            "signatory_name": "Wulan Contoh", "signatory_title": "Kepala Dinas"}  # fmt: skip
    papers.change_letterhead(city=areas.malang, by=system(), values=head)
    issue(opened)
    return opened


def contents_of(opened, reach=None):
    found = class_for_papers(opened.public_id)
    return pack_contents(found, reach or Reach.everywhere(), TODAY)


def drawn(opened, size=Size.F4):
    return list(sheets_of(contents_of(opened), at=NOW, size=size))


def lacks(opened):
    return {
        paper.kind.value: {one.value for one in paper.lacks}
        for paper in contents_of(opened).papers
        if paper.is_needed
    }


def test_a_bare_class_says_what_each_paper_lacks(bare):
    assert lacks(bare) == {
        "undangan": {"number", "people", "venue", "hours", "signatory"},
        "hadir": {"people", "roll"},
        "acara": {"number", "text", "roll"},
        "biaya": {"number", "costs", "budget"},
        "sertifikat": {"issued"},
        "foto": {"photo"},
    }


def test_even_then_the_papers_are_made_and_the_cover_says_so(bare):
    sheets = drawn(bare)

    assert [sheet.name for sheet in sheets][:3] == [
        "0 Sampul", "1 Undangan", "2-1 Daftar hadir",
    ]  # fmt: skip
    assert "6 naskah belum lengkap" in text_of(sheets[0].pdf)


def test_a_full_class_lacks_only_its_venue(full):
    found = {kind: lack for kind, lack in lacks(full).items() if lack}

    assert found == {"undangan": {"venue"}}


def test_dates_and_names_agree_in_every_paper(full):
    sheets = {sheet.name: text_of(sheet.pdf) for sheet in drawn(full)}

    for name in ("0 Sampul", "1 Undangan", "3 Berita acara"):
        assert "Selasa, 24 Februari 2026" in sheets[name], name
        assert "Rabu, 25 Februari 2026" in sheets[name], name
        assert "08.00–15.00 WIB" in sheets[name], name
    for name, text in sheets.items():
        if name in {"1 Undangan", "2-1 Daftar hadir", "2-2 Daftar hadir", "5 Daftar tanda terima"}:
            assert f"{NAME} 000".replace(" ", "") in text.replace(" ", ""), name
    assert all("Kue kering Dinoyo" in text for text in sheets.values())


def test_a_receipt_says_the_amount_in_words_and_asks_for_a_stamp(full):
    (receipt,) = (text_of(one.pdf) for one in drawn(full) if one.name.startswith("4 "))

    assert "Rp5.600.000" in receipt
    assert "Lima juta enam ratus ribu rupiah" in receipt
    assert "14 jam × Rp400.000" in receipt
    assert "Bu Ratna Contoh" in receipt
    assert "Meterai" in receipt


def test_costs_are_summed_and_what_was_not_paid_is_not_nothing(full):
    full.cost_lines.get(what="Tepung dan mentega").spending.delete()
    report = next(text_of(one.pdf) for one in drawn(full) if one.name.startswith("6 "))

    assert "Rp5.825.000 Rp5.600.000 Rp225.000" in report
    assert "Rp225.000 – –" in report


@pytest.mark.parametrize(("size", "sheet"), [(Size.A4, (210, 297)), (Size.F4, (215, 330))])
def test_all_of_them_on_the_sheet_that_was_asked_for_and_certificates_across(full, size, sheet):
    sizes = sizes_of(together(drawn(full, size)))

    assert set(sizes[:-3]) == {sheet}
    assert sizes[-3:] == [(297, 210)] * 3


def test_one_pdf_holds_what_the_archive_holds(full):
    sheets = drawn(full)
    whole = together(sheets)

    with zipfile.ZipFile(io.BytesIO(archive_of(sheets))) as archive:
        parts = [archive.read(name) for name in archive.namelist()]
    assert sum(len(sizes_of(part)) for part in parts) == len(sizes_of(whole))
    assert archive_of(sheets) == archive_of(drawn(full))


def test_a_photograph_is_printed(full):
    sheet = next(one for one in drawn(full) if one.name.startswith("8 Foto"))

    colours = picture_of(sheet.pdf, dots_per_inch=40).getcolors(maxcolors=10**6)
    # The picture of the tests is of one deep green.
    assert any(abs(r - 15) + abs(g - 92) + abs(b - 82) < 12 for _n, (r, g, b) in colours)
    assert "Mengadon" in text_of(sheet.pdf)


def test_the_worker_makes_them_once_for_the_officer(full):
    pack = actions.order_pack(training_class=full, size=Size.A4, by=system())
    work()

    pack.refresh_from_db()
    with open_file(pack.pdf) as content:
        assert len(sizes_of(content.read())) > 10
    assert pack.missing == 1
    assert Pack.objects.count() == 1


def test_who_sees_a_part_of_the_people_is_told_that_others_are_left_out(areas, full):
    found = contents_of(full, Reach.of([areas.purwantoro.key]))

    assert found.facts.hidden == 3
    assert Lack.HIDDEN in next(one.lacks for one in found.papers if one.kind == "hadir")


def test_a_cancelled_day_has_no_sheet(full):
    first = sessions_of(full)[0]
    first.roll.delete()
    first.attendances.all().delete()
    actions.cancel_session(session=first, why="Listrik padam", by=system())

    names = [one.name for one in drawn(full)]

    assert "2 Daftar hadir" in names
    assert "2-1 Daftar hadir" not in names


def test_only_letters_get_numbers_and_a_paid_line_stays(full):
    with pytest.raises(errors.NotNumbered):
        actions.number_letter(
            training_class=full, kind="foto", number="1", on=date(2026, 2, 24), by=system()
        )
    with pytest.raises(errors.CostPaid):
        actions.remove_cost(line=full.cost_lines.first(), by=system())


facts = st.builds(
    PackFacts,
    numbered=st.frozensets(st.sampled_from(["undangan", "acara", "terima", "biaya"])),
    **{
        name: st.integers(0, 3)
        for name in (
            "people", "hidden", "days_past", "rolls", "mentors", "honoraria", "unpaid_honoraria",
            "costs", "unpaid_costs", "hand_overs", "due_certificates", "certificates", "photos",
        )
    },
    **{
        name: st.booleans()
        for name in ("has_venue", "has_hours", "has_minutes", "has_budget", "has_signatory")
    },
)  # fmt: skip


@given(facts)
def test_a_paper_that_lacks_nothing_names_what_it_has(found):
    for kind in PaperKind:
        told = lacks_of(kind, found)

        assert len(set(told)) == len(told)
        assert (Lack.NUMBER in told) == (
            kind in {"undangan", "acara", "terima", "biaya"} and kind not in found.numbered
        )
        assert is_needed(kind, found) or kind in {"terima", "kuitansi"}


def test_a_stamp_is_for_more_than_five_million():
    assert not bears_stamp(Rupiah(5_000_000))
    assert bears_stamp(Rupiah(5_000_001))
