"""Which pages stand in the menu, grouped by what people come to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from jembol.accounts.choices import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the menu, and the permission that opens it.

    `also` names lists whose addresses lie elsewhere: there, too, this page is marked as the place
    where one is.
    """

    name: str
    title: _StrPromise
    permission: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Pages of one kind of work; the first group of the menu bears no title."""

    word: str
    title: _StrPromise | str
    pages: tuple[Page, ...]


MENU = (
    Group("awal", "", (Page("desk:board", _("Board"), "reporting.see"),)),
    Group(
        "orang",
        _("People and enterprises"),
        (
            Page("desk:person_list", _("People"), "registry.see"),
            Page("desk:enterprise_list", _("Enterprises"), "registry.see"),
            Page("desk:group_list", _("Groups"), "registry.see"),
            Page("desk:doubt_list", _("Possible duplicates"), "registry.see"),
            Page("desk:quality", _("Data quality"), "registry.see"),
            Page("desk:import_list", _("Imports"), "intake.see"),
        ),
    ),
    Group(
        "pelatihan",
        _("Training"),
        (
            Page("desk:class_list", _("Classes"), "training.see", ("desk:scan_list",)),
            Page("desk:calendar", _("Calendar"), "training.see"),
            Page("field:start", _("At the door"), "training.attend"),
            Page("desk:mentor_list", _("Mentors"), "training.see", ("desk:mentor_opinions",)),
            Page("desk:placing_list", _("Several classes at once"), "training.see"),
            Page("desk:follow_up_list", _("To be asked"), "training.see"),
        ),
    ),
    Group(
        "jemput-bola",
        _("Visits to people"),
        (
            Page(
                "desk:need_list",
                _("Need by RW"),
                "outreach.see",
                ("desk:need_weights", "desk:need_comparison", "desk:estimate_list"),
            ),
            Page(
                "desk:week_plan_list",
                _("Plans of weeks"),
                "outreach.see",
                ("desk:service_day_list",),
            ),
            Page("desk:outreach_board", _("Week of visits"), "outreach.see"),
            Page(
                "desk:visit_list",
                _("Visits"),
                "outreach.see",
                ("desk:visit_create", "desk:charge_list"),
            ),
            Page("desk:promise_list", _("Promises"), "outreach.see"),
            Page("desk:referral_list", _("Referrals"), "outreach.see"),
            Page("desk:told_need_list", _("Needs told at visits"), "outreach.see"),
            Page(
                "desk:wish_list", _("Wishes of RT and RW"), "outreach.see", ("desk:rt_door_list",)
            ),
            Page("desk:envelope_list", _("Records from phones"), "outreach.settle"),
        ),
    ),
    Group(
        "laporan",
        _("Reports"),
        (
            Page("desk:registration_list", _("Registrations"), "training.see"),
            Page("desk:attendance_list", _("Attendances"), "training.see"),
            Page("desk:outcome_list", _("What came of classes"), "training.see"),
            Page("desk:measure_list", _("What visits brought"), "outreach.see"),
            Page("desk:override_list", _("Exceptions to the rules"), "training.see"),
            Page(
                "desk:past_person_list",
                _("The register on a past day"),
                "registry.see",
                ("desk:past_enterprise_list",),
            ),
            Page("desk:fact_list", _("Journal"), "journal.see"),
        ),
    ),
    Group(
        "pengaturan",
        _("Settings"),
        (
            Page("desk:venue_list", _("Places"), "places.see"),
            Page("desk:paper_list", _("Papers"), "papers.see"),
            Page("desk:wording_list", _("Words of messages"), "training.change"),
            Page("desk:visit_form_list", _("Forms on visits"), "outreach.see"),
            Page("desk:profile_list", _("How officers work"), "outreach.plan"),
            Page("desk:officer_list", _("Officers"), "accounts.see"),
            Page("desk:device_list", _("Phones"), "accounts.see"),
        ),
    ),
)

# The group that is unfolded where no page decides it, such as on the board: the work of the role.
WORK = {
    Role.HEAD: "laporan",
    Role.TRAINING: "pelatihan",
    Role.FIELD: "jemput-bola",
    Role.MENTOR: "pelatihan",
    Role.AUDITOR: "laporan",
    Role.PRIVACY: "orang",
    Role.ADMINISTRATOR: "pengaturan",
}
