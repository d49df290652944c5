"""What the pages for going to the people say by themselves; `{gaps}` are filled on the phone."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jembol.outreach.choices import NeedKind, ReferralKind, VisitOutcome
from jembol.registry.choices import Answer, Strength

OUTREACH_WORDS: Final[dict[str, str | Promise]] = {
    # Choosing where.
    "rt-of": _("RT {rt} / RW {rw}, {kelurahan}"),
    "rw-only": _("RW {rw}, {kelurahan}"),
    "choose-rw": _("RW?"),
    "choose-rt": _("RT?"),
    "other-number": _("Another number"),
    "change-place": _("Change"),
    "recent": _("Last used"),
    # Who looks alike.
    "alike-one": _("Perhaps known already: look before you save."),
    "alike-many": _("{count} people look alike: look before you save."),
    "alike-answered": _("Answered"),
    **{f"answer-{one.value}": one.label for one in Answer},
    **{f"strength-{one.value}": one.label for one in Strength if one.value},
    # Enrolling.
    "name-missing": _("Write the name first."),
    "place-missing": _("Choose the RT."),
    "consent-missing": _("Read the first text aloud, and note the answer."),
    "consent-no": _("Without a yes to the first text nobody is written down."),
    "nik-short": _("A NIK has 16 digits; leave it empty when it is not at hand."),
    "enrolled": _("{name} is written down."),
    "enrolled-known": _("{name} is known already; what is new was added."),
    "kept-here": _("Kept on this phone; it goes to the office by itself when there is a network."),
    "not-kept-here": _(
        "This phone could not write it down, perhaps because it is full. Note it on paper, send "
        "what is here, and make room."
    ),
    "draft-back": _("What you had written is still here."),
    # Visiting.
    **{f"outcome-{one.value}": one.label for one in VisitOutcome},
    **{f"need-{one.value}": one.label for one in NeedKind},
    **{f"referral-{one.value}": one.label for one in ReferralKind},
    "visited": _("The visit is noted."),
    "who-missing": _("Choose a person, or where it was."),
    "outcome-missing": _("Tap how it went."),
    "answers-wrong": _("Look at the marked questions; save once more to send them as they are."),
    "promise-words": _("Visit again"),
    "promise-day-missing": _("Choose until when."),
    "last-visit": _("Last visit {on}"),
    "no-visit": _("Not visited yet"),
    "promised": _("{words} · until {on} · {officer}"),
    "photo-number": _("Photo {number}"),
    "photo-drop": _("Leave it out"),
    "photo-bad": _("This file is no picture that the phone can open."),
    "photo-asked": _("Did they say yes to photographs? Then tick it below."),
    "position-asked": _("Looking for the place …"),
    "position-found": _("Place noted, within {metres} m."),
    "position-none": _("No place found. The visit is noted without it."),
    "position-denied": _("The browser may not use the place. The visit is noted without it."),
    "stop-here": _("Visit"),
    "stop-line": _("{hour} {name}"),
    # My area.
    "carries": _("Carries {people} people and {enterprises} enterprises, {size} of {most} MB."),
    "carried-since": _("Fetched {on}; shown until {until}."),
    "left-out": _("{count} people are too many for this phone and stand at the office only."),
    "nobody-found": _("Nobody of that name is carried. They may still be known at the office."),
    "made-here": _("enrolled on this phone"),
    "visit-them": _("Note a visit"),
    "fix-them": _("Mend number or address"),
    "fixed": _("The correction is kept on this phone and goes to the office."),
    "call": _("Call"),
    "promise-due": _("until {on}"),
    "promise-late": _("late since {on}"),
    # The queue.
    "kind-training.scan": _("Scan at a door"),
    "kind-registry.enrol": _("Person enrolled"),
    "kind-registry.change": _("Correction"),
    "kind-outreach.visit": _("Visit"),
    "kind-outreach.visit_change": _("Visit, corrected"),
    "kind-outreach.photo": _("Photo"),
    "queue-empty": _("Nothing waits on this phone."),
    "photos-waiting": _("{count} photos wait; {done} of {total} kB are at the office."),
    "photos-bad": _("The office could not take {count} of them; tell the administrator."),
    "tried": _("tried {count} times"),
    "edited": _("Corrected; the former one is no longer sent."),
    "doubt-told": _("The office looks whether {name} is known already."),
    "kept-apart": _("Somebody else changed the same: {fields}. A supervisor decides."),
    "applied": _("The correction holds."),
    "code-by-hand": _("Set aside by hand."),
    "code-http": _("The server could not read this record. Try again, or tell the office."),
    # Start and end of the day.
    "warn-old-unsent-evening": _("Find a network before you go home, or save a backup as a file."),
    "way": _("The way there"),
    "all-sent": _("Everything is at the office."),
    "still-here": _("{count} records are only on this phone."),
    "no-route": _("No route for today is carried. Visit whom you know to be in need."),
    "done-visits": _("{count} visits"),
    "done-people": _("{count} people enrolled"),
    "done-needs": _("{count} needs"),
    "done-promises": _("{count} promises"),
    "nothing-due": _("Nothing is promised for tomorrow."),
    "warn-no-area": _(
        "This phone carries nothing of your area now. Everything can be noted all the same; open "
        "the page once with a network."
    ),
}
