"""An enterprise passes from one owner to another, and a member leaves a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.desk.enterprises import enterprise_within
from jembol.desk.finding import people_found
from jembol.desk.groups import group_within
from jembol.desk.people import person_within
from jembol.desk.reasons import Question, answered
from jembol.registry import actions
from jembol.registry.models import Membership, Ownership, Person
from jembol.registry.queries.identity import rows_of, shown_to
from jembol.ui.forms import DayField, refusals_into, sent
from jembol.ui.guards import OfficerRequest, writes
from jembol.ui.listing import parse_key
from jembol.ui.pages import show

if TYPE_CHECKING:
    from jembol.registry.models import Enterprise


class HandoverForm(forms.Form):
    """From whom, on which day, and why; to whom is the button that is pressed."""

    from_ = forms.TypedChoiceField(label=gettext_lazy("From"), coerce=int)
    on = DayField(label=gettext_lazy("On"))
    why = forms.CharField(label=gettext_lazy("Reason"), max_length=300, required=False)


def _owners(each: Enterprise, request: OfficerRequest) -> dict[int, Person]:
    entries = rows_of(each).values("pk")
    standing = Ownership.objects.filter(enterprise__in=entries, ends_on=None)
    held = standing.within(request.reach, "person__area").select_related("person__survivor")
    people = [shown_to(request.reach, ownership.person) for ownership in held.order_by("pk")]
    return {person.pk: person for person in people}


@writes("registry.change")
def handover_create(request: OfficerRequest, public_id: str) -> HttpResponse:
    """Pass an enterprise on; who owned it before stays written."""
    each = enterprise_within(request, public_id)
    link = reverse("desk:enterprise_detail", args=[public_id])
    owners = _owners(each, request)
    form = HandoverForm(
        sent(request), initial={"from_": next(iter(owners), None), "on": timezone.localdate()}
    )
    form.fields["from_"].choices = [  # type: ignore[attr-defined]
        (key, person.name) for key, person in owners.items()
    ]
    if form.is_valid():
        chosen = parse_key(request.POST.get("orang", ""))
        heir = get_object_or_404(Person.objects.within(request.reach), pk=chosen)
        given = form.cleaned_data
        with refusals_into(form):
            actions.pass_on(
                enterprise=each,
                from_=owners[given["from_"]],
                to=heir,
                on=given["on"],
                why=given["why"],
                by=request.by,
            )
            messages.success(request, _("Passed on to %(name)s.") % {"name": heir.name})
            return redirect(link)
    context = {
        "title": _("Pass on"),
        "lead": each.name,
        "form": form,
        "found": people_found(request, without=list(owners)),
        "may_enter": True,
        "back": {"link": link, "title": each.name},
    }
    return show(request, "desk/handover_create.html", context)


@writes("registry.change")
def departure_create(request: OfficerRequest, public_id: str, person_id: str) -> HttpResponse:
    """End a membership today; that the person was a member stays written."""
    group = group_within(request, public_id)
    members = Membership.objects.filter(group=group, ends_on=None)
    held = members.within(request.reach, "person__area").select_related("person").order_by("pk")
    leaving = rows_of(person_within(request, person_id)).values("pk")
    membership = held.filter(person__in=leaving).first()
    if membership is None:
        raise Http404
    question = Question(
        title=_("Leave the group"),
        lead=f"{membership.person.name} · {group.name}",
        submit=_("The person leaves"),
        done=_("%(name)s left.") % {"name": membership.person.name},
        back=(reverse("desk:group_detail", args=[public_id]), group.name),
    )
    return answered(
        request,
        question,
        lambda why: actions.leave(
            group=group,
            person=membership.person,
            on=timezone.localdate(),
            by=request.by,
            why=why,
        ),
    )


paths = [
    path("usaha/<slug:public_id>/peralihan/", handover_create, name="handover_create"),
    path(
        "kelompok/<slug:public_id>/anggota/<slug:person_id>/akhir/",
        departure_create,
        name="departure_create",
    ),
]
