"""Names of the facts that the register writes, and how a timeline says them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PERSON_ENROLLED = "registry.person.enrolled"
PERSON_CHANGED = "registry.person.changed"
PERSON_REMOVED = "registry.person.removed"
NIK_READ = "registry.nik.read"
KK_READ = "registry.kk.read"
NUMBERS_OPENED = "registry.numbers.opened"
NUMBERS_COMPARED = "registry.numbers.compared"
LIST_EXPORTED = "registry.list.exported"
HOUSEHOLD_FORMED = "registry.household.formed"
HOUSEHOLD_REMOVED = "registry.household.removed"
HOUSEHOLD_JOINED = "registry.household.joined"
HOUSEHOLD_LEFT = "registry.household.left"
ENTERPRISE_ADDED = "registry.enterprise.added"
ENTERPRISE_CHANGED = "registry.enterprise.changed"
ENTERPRISE_REMOVED = "registry.enterprise.removed"
OWNERSHIP_BEGUN = "registry.ownership.begun"
OWNERSHIP_ENDED = "registry.ownership.ended"
ENTERPRISE_REPORTED = "registry.enterprise.reported"
REPORT_WITHDRAWN = "registry.report.withdrawn"
DECILE_NOTED = "registry.decile.noted"
GROUP_FORMED = "registry.group.formed"
GROUP_REMOVED = "registry.group.removed"
GROUP_JOINED = "registry.group.joined"
GROUP_LEFT = "registry.group.left"
CONSENT_TEXT_PUBLISHED = "registry.consent_text.published"
CONSENT_GIVEN = "registry.consent.given"
CONSENT_WITHDRAWN = "registry.consent.withdrawn"
MESSAGES_STOPPED = "registry.messages.stopped"
MESSAGES_RESUMED = "registry.messages.resumed"
LINKAGE_BEGUN = "registry.linkage.begun"
LINKAGE_RUN = "registry.linkage.run"
DOUBTS_NOTED = "registry.doubts.noted"
LINK_KEYS_WRITTEN = "registry.link_keys.written"
ANSWER_TAKEN_BACK = "registry.answer.taken_back"
SAMPLES_DRAWN = "registry.samples.drawn"
SAMPLE_JUDGED = "registry.sample.judged"
POLICY_SET = "registry.policy.set"
PERSON_JUDGED = "registry.person.judged"
PERSON_MERGED = "registry.person.merged"
PERSON_ABSORBED = "registry.person.absorbed"
PERSON_UNMERGED = "registry.person.unmerged"
PERSON_STANDS_AGAIN = "registry.person.stands_again"
ENTERPRISE_JUDGED = "registry.enterprise.judged"
ENTERPRISE_MERGED = "registry.enterprise.merged"
ENTERPRISE_ABSORBED = "registry.enterprise.absorbed"
ENTERPRISE_UNMERGED = "registry.enterprise.unmerged"
ENTERPRISE_STANDS_AGAIN = "registry.enterprise.stands_again"

PHRASES: Mapping[str, str | Promise] = {
    PERSON_ENROLLED: _("entered in the register"),
    PERSON_CHANGED: _("details changed"),
    PERSON_REMOVED: _("taken out of the register"),
    NIK_READ: _("NIK read whole"),
    KK_READ: _("KK number read whole"),
    NUMBERS_OPENED: _("all NIK of a city opened to compare them"),
    NUMBERS_COMPARED: _("NIK of a city compared with sex and birth"),
    LIST_EXPORTED: _("List taken away as a file"),
    HOUSEHOLD_FORMED: _("household entered"),
    HOUSEHOLD_REMOVED: _("empty household taken out"),
    HOUSEHOLD_JOINED: _("counted to a household"),
    HOUSEHOLD_LEFT: _("no longer counted to a household"),
    ENTERPRISE_ADDED: _("enterprise entered"),
    ENTERPRISE_CHANGED: _("enterprise changed"),
    ENTERPRISE_REMOVED: _("enterprise taken out of the register"),
    OWNERSHIP_BEGUN: _("became owner of an enterprise"),
    OWNERSHIP_ENDED: _("stopped owning an enterprise"),
    ENTERPRISE_REPORTED: _("figures of an enterprise told"),
    REPORT_WITHDRAWN: _("figures of an enterprise taken back"),
    DECILE_NOTED: _("welfare decile of the family noted from a source"),
    GROUP_FORMED: _("group formed"),
    GROUP_REMOVED: _("group taken out of the register"),
    GROUP_JOINED: _("joined a group"),
    GROUP_LEFT: _("left a group"),
    CONSENT_TEXT_PUBLISHED: _("consent text published"),
    CONSENT_GIVEN: _("gave consent"),
    CONSENT_WITHDRAWN: _("withdrew consent"),
    MESSAGES_STOPPED: _("wants no more messages"),
    MESSAGES_RESUMED: _("wants messages again"),
    LINKAGE_BEGUN: _("search of the register for duplicates begun; its NIK were opened for it"),
    LINKAGE_RUN: _("register searched for duplicates"),
    LINK_KEYS_WRITTEN: _("keys for finding people written anew; their NIK were opened for it"),
    DOUBTS_NOTED: _("possible duplicates put into the queue"),
    ANSWER_TAKEN_BACK: _("answer about a possible duplicate taken back"),
    SAMPLES_DRAWN: _("merges drawn by lot for a second officer"),
    SAMPLE_JUDGED: _("a merge looked at by a second officer"),
    POLICY_SET: _("thresholds for merging set"),
    PERSON_JUDGED: _("compared with another entry"),
    PERSON_MERGED: _("took in another entry of the same person"),
    PERSON_ABSORBED: _("became one with another entry of the same person"),
    PERSON_UNMERGED: _("gave back another entry: the merge was undone"),
    PERSON_STANDS_AGAIN: _("stands alone again: the merge was undone"),
    ENTERPRISE_JUDGED: _("compared with another entry"),
    ENTERPRISE_MERGED: _("took in another entry of the same enterprise"),
    ENTERPRISE_ABSORBED: _("became one with another entry of the same enterprise"),
    ENTERPRISE_UNMERGED: _("gave back another entry: the merge was undone"),
    ENTERPRISE_STANDS_AGAIN: _("stands alone again: the merge was undone"),
}
