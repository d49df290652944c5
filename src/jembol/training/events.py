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
CERTIFICATE_RULE_SET: Final = "training.certificate.rule_set"
CERTIFICATE_NUMBERING_SET: Final = "training.certificate.numbering_set"
CERTIFICATES_ASKED: Final = "training.certificate.batch_asked"
CERTIFICATES_DONE: Final = "training.certificate.batch_done"
CERTIFICATE_ISSUED: Final = "training.certificate.issued"
CERTIFICATE_REVOKED: Final = "training.certificate.revoked"
CERTIFICATES_BUNDLED: Final = "training.certificate.bundled"
CERTIFICATES_TAKEN: Final = "training.certificate.taken"
EXAM_SET: Final = "training.exam.set"
ANSWERS_NOTED: Final = "training.exam.answered"
OPINION_GIVEN: Final = "training.opinion.given"
MATERIAL_ADDED: Final = "training.material.added"
MATERIAL_REMOVED: Final = "training.material.removed"
PHOTO_ADDED: Final = "training.photo.added"
PHOTO_REMOVED: Final = "training.photo.removed"
PARTIAL_DAY: Final = "training.attendance.partial"
WALKED_IN: Final = "training.registration.walked_in"
OUTCOME_NOTED: Final = "training.outcome.noted"
FOLLOWED_UP: Final = "training.follow_up.noted"
GROUP_FORMED_OUT: Final = "training.group.formed_out"
LETTER_NUMBERED: Final = "training.letter.numbered"
MINUTES_WRITTEN: Final = "training.minutes.written"
SPENDING_NOTED: Final = "training.spending.noted"
HAND_OVER_ADDED: Final = "training.hand_over.added"
HAND_OVER_REMOVED: Final = "training.hand_over.removed"
PACK_ASKED: Final = "training.pack.asked"
PACK_MADE: Final = "training.pack.made"
PACK_TAKEN: Final = "training.pack.taken"
RULE_WRITTEN: Final = "training.rule.written"
RULE_REVISED: Final = "training.rule.revised"
ENTERED: Final = "training.entry.made"
ENTRY_LEFT: Final = "training.entry.left"
OFFERED: Final = "training.offer.made"
OFFER_ACCEPTED: Final = "training.offer.accepted"
OFFER_DECLINED: Final = "training.offer.declined"
OFFER_EXPIRED: Final = "training.offer.expired"
OVERRIDDEN: Final = "training.rule.overridden"
COMMITTED: Final = "training.draw.committed"
DRAWN: Final = "training.draw.made"
TICKETS_ISSUED: Final = "training.tickets.issued"
SCANNED: Final = "training.scan.kept"
SCAN_UNDONE: Final = "training.scan.undone"
SCAN_SETTLED: Final = "training.scan.settled"
DOOR_HOURS_SET: Final = "training.door_hours.set"

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
    CERTIFICATE_RULE_SET: _("Rule for certificates set"),
    CERTIFICATE_NUMBERING_SET: _("Numbers of certificates written in another form"),
    CERTIFICATES_ASKED: _("Certificates of a class asked for"),
    CERTIFICATES_DONE: _("Certificates of a class issued"),
    CERTIFICATE_ISSUED: _("Certificate issued"),
    CERTIFICATE_REVOKED: _("Certificate revoked"),
    CERTIFICATES_BUNDLED: _("Certificates put together as a file"),
    CERTIFICATES_TAKEN: _("Certificates taken away as a file"),
    EXAM_SET: _("Test of a class written"),
    ANSWERS_NOTED: _("Answers to a test noted"),
    OPINION_GIVEN: _("Opinion about a class received"),
    MATERIAL_ADDED: _("Material of a class added"),
    MATERIAL_REMOVED: _("Material of a class removed"),
    PHOTO_ADDED: _("Photograph of a class added"),
    PHOTO_REMOVED: _("Photograph of a class removed"),
    PARTIAL_DAY: _("Noted as present for a part of the day"),
    WALKED_IN: _("Walked in and was noted as present"),
    OUTCOME_NOTED: _("What came of a class noted"),
    FOLLOWED_UP: _("Asked some time after a class"),
    GROUP_FORMED_OUT: _("Group formed out of a class"),
    LETTER_NUMBERED: _("Number of a letter noted"),
    MINUTES_WRITTEN: _("Minutes of a class written"),
    SPENDING_NOTED: _("Payment for a class noted"),
    HAND_OVER_ADDED: _("Something to hand over added"),
    HAND_OVER_REMOVED: _("Something to hand over removed"),
    PACK_ASKED: _("Papers of a class asked for"),
    PACK_MADE: _("Papers of a class put together"),
    PACK_TAKEN: _("Papers of a class taken away"),
    RULE_WRITTEN: _("Selection rule published"),
    RULE_REVISED: _("Selection rule changed"),
    ENTERED: _("On the list of a class"),
    ENTRY_LEFT: _("Left the list of a class"),
    OFFERED: _("A freed seat was offered"),
    OFFER_ACCEPTED: _("Accepted an offered seat"),
    OFFER_DECLINED: _("Declined an offered seat"),
    OFFER_EXPIRED: _("The offer of a seat ran out"),
    OVERRIDDEN: _("Got a seat otherwise than by the rule"),
    COMMITTED: _("Digest of a lottery's secret published"),
    DRAWN: _("Seats drawn"),
    TICKETS_ISSUED: _("Tickets issued for a class"),
    SCANNED: _("Scan at the door kept"),
    SCAN_UNDONE: _("Scan at the door taken back"),
    SCAN_SETTLED: _("Doubtful scan settled"),
    DOOR_HOURS_SET: _("Opening of the door changed"),
}
