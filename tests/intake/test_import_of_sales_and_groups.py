"""Ordinary lists: yearly sales are kept with the enterprise, and members come into their group."""

import pytest
from importing import csv_of
from test_import_of_sidt import rows_but_history

import city
from jembol.journal.models import Fact
from jembol.registry.actions import form_group, join, remove_group
from jembol.registry.errors import StillInUse
from jembol.registry.models import EnterpriseReport, Group, Membership, Person

pytestmark = pytest.mark.django_db
SALES = ("Nama", "No HP", "Nama Usaha", "Omset per Tahun")
MEMBERS = ("Nama", "No HP", "Kelurahan", "Kelompok")
PHONE = "0812-0000-000"


def members(*names, group="KUBE Melati"):
    lines = [(name, f"{PHONE}{place}", "Dinoyo", group) for place, name in enumerate(names)]
    return csv_of(MEMBERS, *lines)


def test_yearly_sales_of_a_list_of_people_stand_with_their_enterprise(desk):
    content = csv_of(SALES, ("Siti", f"{PHONE}1", "Kue Siti", "Rp 24.000.000"))
    desk.store(content, source="RW 3")

    report = EnterpriseReport.objects.get()
    assert (report.enterprise.name, report.sales, report.source) == ("Kue Siti", 24_000_000, "RW 3")
    assert (report.year, report.assets, report.sidt_id) == (2026, None, "")


def test_the_same_sales_again_are_no_change_and_others_are_kept_beside(desk):
    first = csv_of(SALES, ("Siti", f"{PHONE}1", "Kue Siti", "24000000"))
    second = csv_of(SALES, ("Siti", f"{PHONE}1", "Kue Siti", "30 juta"))
    desk.store(first)

    assert desk.verdicts(desk.store(first)) == ["unchanged"]
    assert desk.verdicts(desk.store(second)) == ["update"]
    assert list(EnterpriseReport.objects.order_by("pk").values_list("sales", flat=True)) == [
        24_000_000, 30_000_000,
    ]  # fmt: skip


def test_sales_without_a_business_are_told_as_left_out(desk):
    batch = desk.preview(csv_of(SALES, ("Siti", f"{PHONE}1", "", "24000000")))

    (row,) = desk.rows(batch)
    assert row.problems[0].what == "Sales without the name of a business are left out."


def test_members_of_a_list_come_into_the_group_it_names(desk):
    stored = desk.store(members("Siti Aminah", "Budi Santoso", "Painem"))

    group = Group.objects.get()
    assert (group.name, group.area) == ("KUBE Melati", desk.areas.malang)
    assert set(group.memberships.values_list("person__name", flat=True)) == {
        "Siti Aminah", "Budi Santoso", "Painem",
    }  # fmt: skip
    assert Fact.objects.filter(event="registry.group.joined").count() == 3
    assert Fact.objects.filter(event="registry.group.formed").count() == 1
    assert {row.joins for row in desk.rows(stored)} == {"KUBE Melati"}


def test_a_group_that_is_there_is_found_by_its_folded_name(desk):
    there = form_group(name="Kube Melati", area=desk.areas.dinoyo, by=desk.by)
    elsewhere = form_group(name="KUBE MELATI", area=desk.areas.kauman_mojokerto, by=city.system())

    desk.store(members("Siti Aminah", group=" KUBE  MELATI "))

    assert Membership.objects.get().group == there
    assert Group.objects.count() == 2
    assert not elsewhere.memberships.exists()


def test_a_member_already_there_is_no_change(desk):
    desk.store(members("Siti Aminah", "Budi Santoso"))

    again = desk.store(members("Siti Aminah", "Budi Santoso"))

    assert desk.verdicts(again) == ["unchanged", "unchanged"]
    assert Membership.objects.count() == 2


def test_only_the_new_member_is_told_as_a_change(desk):
    desk.store(members("Siti Aminah"))

    again = desk.store(members("Siti Aminah", "Budi Santoso"))

    assert desk.verdicts(again) == ["unchanged", "create"]


def test_an_undo_takes_members_out_and_removes_the_group_it_formed(desk):
    before = rows_but_history()
    stored = desk.store(members("Siti Aminah", "Budi Santoso", "Siti Aminah"))

    undone = desk.undo(stored)

    assert rows_but_history() == before
    assert (undone.made_groups, undone.refusal) == ([], "")
    assert set(desk.verdicts(desk.commit(undone))) >= {"create"}
    assert Group.objects.count() == 1


def test_a_group_that_others_joined_since_stays_and_the_import_says_so(desk):
    stored = desk.store(members("Siti Aminah"))
    desk.store(csv_of(("Nama", "No HP"), ("Wigati", f"{PHONE}9")))
    join(group=Group.objects.get(), person=Person.objects.get(name="Wigati"), by=desk.by)

    undone = desk.undo(stored)

    assert Membership.objects.get().person.name == "Wigati"
    assert "KUBE Melati has members" in undone.refusal
    with pytest.raises(StillInUse):
        remove_group(group=Group.objects.get(), by=desk.by, why="dobel")
