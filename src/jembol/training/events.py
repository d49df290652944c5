"""Names of the facts that training writes into the journal, and how a timeline says them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COURSE_ADDED: Final = "training.course.added"
COURSE_CHANGED: Final = "training.course.changed"
CLASS_OPENED: Final = "training.class.opened"
CLASS_CHANGED: Final = "training.class.changed"
CLASS_PUBLISHED: Final = "training.class.published"
CLASS_UNPUBLISHED: Final = "training.class.unpublished"
CLASS_CANCELLED: Final = "training.class.cancelled"
CLASS_REMOVED: Final = "training.class.removed"
SESSION_ADDED: Final = "training.session.added"
SESSION_MOVED: Final = "training.session.moved"
SESSION_CANCELLED: Final = "training.session.cancelled"
MENTOR_ADDED: Final = "training.mentor.added"
MENTOR_CHANGED: Final = "training.mentor.changed"
MENTORS_CHOSEN: Final = "training.class.mentors_chosen"
PLAN_MADE: Final = "training.plan.made"
COST_ADDED: Final = "training.cost.added"
COST_CHANGED: Final = "training.cost.changed"
COST_REMOVED: Final = "training.cost.removed"
CLASS_COPIED: Final = "training.class.copied"
INVITED: Final = "training.invitation.made"
LETTER_OPENED: Final = "training.letter.opened"
NOTICE_MADE: Final = "training.notice.made"
LETTERS_STOPPED: Final = "training.letters.stopped"
WORDING_CHANGED: Final = "training.wording.changed"
TIMES_CHANGED: Final = "training.message_times.changed"
CLAIM_ADDED: Final = "training.claim.added"
REGISTERED: Final = "training.registration.made"
REGISTERED_AGAIN: Final = "training.registration.taken_up_again"
WITHDRAWN: Final = "training.registration.withdrawn"
REGISTRATION_REMOVED: Final = "training.registration.removed"
ROLL_TAKEN: Final = "training.roll.taken"
ATTENDED: Final = "training.attendance.noted"
ATTENDANCE_STRUCK: Final = "training.attendance.struck"

PHRASES: Final[dict[str, str | Promise]] = {
    COURSE_ADDED: _("Course added to the catalogue"),
    COURSE_CHANGED: _("Course of the catalogue changed"),
    CLASS_OPENED: _("Class opened"),
    CLASS_CHANGED: _("Class changed"),
    CLASS_PUBLISHED: _("Class shown to citizens"),
    CLASS_UNPUBLISHED: _("Class no longer shown to citizens"),
    CLASS_CANCELLED: _("Class cancelled"),
    CLASS_REMOVED: _("Class removed"),
    SESSION_ADDED: _("Day added to a class"),
    SESSION_MOVED: _("Day of a class moved"),
    SESSION_CANCELLED: _("Day of a class cancelled"),
    MENTOR_ADDED: _("Mentor added to the list"),
    MENTOR_CHANGED: _("Mentor changed"),
    MENTORS_CHOSEN: _("Mentors of a class chosen"),
    PLAN_MADE: _("Plan of a class written"),
    COST_ADDED: _("Cost line added to a class"),
    COST_CHANGED: _("Cost line of a class changed"),
    COST_REMOVED: _("Cost line of a class removed"),
    CLASS_COPIED: _("Class copied from another"),
    INVITED: _("Invited to a class"),
    LETTER_OPENED: _("Message opened in WhatsApp"),
    NOTICE_MADE: _("Message about a class prepared"),
    LETTERS_STOPPED: _("Messages that were not true any more stopped"),
    WORDING_CHANGED: _("Words of a message changed"),
    TIMES_CHANGED: _("Hours of the reminders changed"),
    CLAIM_ADDED: _("Number reported by a source noted"),
    REGISTERED: _("Registered for a class"),
    REGISTERED_AGAIN: _("Registered for a class again"),
    WITHDRAWN: _("Gave back the place in a class"),
    REGISTRATION_REMOVED: _("Registration removed"),
    ROLL_TAKEN: _("Attendance taken"),
    ATTENDED: _("Noted as present"),
    ATTENDANCE_STRUCK: _("No longer noted as present"),
}
