"""What the pages of the phone say by themselves, without a network; `{gaps}` are filled there."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STRIP: Final = (
    "state-", "only-here", "last-sent", "never-sent", "online", "offline", "carried", "warn-",
    "sign-in",
)  # fmt: skip
"""How the keys begin of what the strip above every page says."""

WORDS: Final[dict[str, str | Promise]] = {
    # The verdict, large.
    "verdict-welcome": _("Come in"),
    "verdict-out": _("Goes out"),
    "verdict-again": _("Is in already"),
    "verdict-unchecked": _("Not checked yet"),
    "verdict-not_allowed": _("Not allowed"),
    "verdict-unknown_code": _("Unknown code"),
    "verdict-undone": _("Taken back"),
    "let-in": _("Let in all the same"),
    "turned-away": _("Turned away"),
    "undone": _("Taken back"),
    "is-in": _("in already"),
    "not-kept": _("NOT kept"),
    # Why.
    "why-not-kept": _(
        "This phone could not write it down, perhaps because it is full. Note the name on paper, "
        "send what is here, and make room."
    ),
    "again-since": _("Came in at {since}, noted on this phone"),
    "also-on": _("Noted on another phone too: {phones}"),
    "why-unreadable": _("The code is damaged or not whole. Scan it again, or look for the name."),
    "why-not-ours": _("This is no ticket or card of the programme. Look for the name."),
    "why-forged": _("The code was not made by the city."),
    "why-revoked": _("This ticket or card was taken back."),
    "why-other-class": _("The ticket is for another class."),
    "why-expired": _("The ticket is past its last day."),
    "why-not-yet-valid": _("The ticket is not valid yet."),
    "why-withdrawn": _("Gave the place back."),
    "why-not-registered": _("Has a card, but no place in this class."),
    "why-unchecked": _("Not checked on this phone; the office checks it when it is sent."),
    "why-not-listed": _("A good ticket of somebody who is not on the carried list yet."),
    "why-too-early": _("The door is not open yet. Who comes in is noted all the same."),
    "why-too-late": _("The session is over. Who comes in is noted all the same."),
    "why-other-day": _("The chosen session is not today."),
    "why-session-cancelled": _("This session was cancelled."),
    "why-class-cancelled": _("This class was cancelled."),
    "why-no-session-today": _("This class has no session today."),
    "why-malformed": _("The code is damaged or not whole. Scan it again, or look for the name."),
    "why-truncated": _("The code is damaged or not whole. Scan it again, or look for the name."),
    "why-unknown-key": _("The office does not know who signed this code."),
    "why-unknown-serial": _("The office does not know this number."),
    "why-key-expired": _("The code is signed with a key that is no longer trusted."),
    "why-wrong-kind": _("This is no ticket or card of the programme. Look for the name."),
    "why-came-before": _("Noted before on another phone or at the office."),
    "why-by-hand": _("Set aside by hand."),
    "nameless": _("No name"),
    # Where it stands.
    "state-here": _("only here"),
    "state-sent": _("on its way"),
    "state-aside": _("needs you"),
    "state-accepted": _("stored"),
    "state-known": _("stored"),
    "state-held": _("stored, waits"),
    "state-quarantined": _("stored, office looks"),
    "state-parked": _("stored, office looks"),
    "receipt": _("{hour} {name} · number {id} ·"),
    "only-here": _("{count} only on this phone"),
    "last-sent": _("last sent {hour}"),
    "never-sent": _("nothing sent yet"),
    "online": _("connected"),
    "offline": _("no network"),
    "carried": _("carries {count} people"),
    "session-now": _("Now: session {number}, {on}"),
    "renamed": _("Other phones see this one as: {label}"),
    # What is wrong.
    "warn-signed-out": _("You are not signed in. Go on scanning; sign in to send."),
    "sign-in": _("Sign in"),
    "warn-skew": _(
        "The clock of this phone is wrong by {minutes} minutes. Times are put right when sent; "
        "please set the clock."
    ),
    "warn-old-unsent": _(
        "Something is on this phone for more than a day. Find a network today, or save a backup."
    ),
    "warn-aside": _("{count} need you: see the reason in the list below."),
    "warn-wiped": _(
        "The office has taken back what this phone carried. What you wrote stays and is sent."
    ),
    "warn-not-carried": _(
        "This phone carries no names now. Codes are noted all the same; open the page once with a "
        "network."
    ),
    # Camera.
    "camera-start": _("Scan with the camera"),
    "camera-stop": _("Close the camera"),
    "camera-denied": _(
        "The browser may not use the camera. Tap the lock beside the address, allow the camera, "
        "and load the page again. Names and scanners work without it."
    ),
    "camera-none": _("This device has no camera. Use a scanner, or look for the name."),
    "camera-busy": _("The camera does not start; perhaps another app uses it. Close that one."),
    "camera-insecure": _("The camera works only on a secure address (https)."),
    "torch-none": _("The torch does not work here."),
    # Keeping.
    "backed-up": _("Saved with {count} records. Keep the file and its passphrase apart."),
    "brought-back": _("{count} records are back on this phone."),
    "backup-short": _("Choose a passphrase of 8 signs or more."),
    "backup-file": _("This file is no backup of Jembol."),
    "backup-passphrase": _("The passphrase does not fit, or the file was changed."),
    "backup-officer": _("This backup belongs to another officer. Sign in as that officer."),
    "sign-out-queued": _(
        "{count} records are only on this phone. They stay here until you sign in again on this "
        "phone. Sign out now?"
    ),
    "sign-out-offline": _("There is no network. Sign out when there is one; lock the phone."),
}

STRIP_WORDS: Final = {key: text for key, text in WORDS.items() if key.startswith(STRIP)}
