"""Names of the facts that the register writes, and how a timeline says them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PERSON_ENROLLED = "registry.person.enrolled"
PERSON_CHANGED = "registry.person.changed"
PERSON_REMOVED = "registry.person.removed"
NIK_READ = "registry.nik.read"
KK_READ = "registry.kk.read"
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
GROUP_FORMED = "registry.group.formed"
GROUP_REMOVED = "registry.group.removed"
GROUP_JOINED = "registry.group.joined"
GROUP_LEFT = "registry.group.left"
CONSENT_TEXT_PUBLISHED = "registry.consent_text.published"
CONSENT_GIVEN = "registry.consent.given"
CONSENT_WITHDRAWN = "registry.consent.withdrawn"

PHRASES: Mapping[str, str | Promise] = {
    PERSON_ENROLLED: _("entered in the register"),
    PERSON_CHANGED: _("details changed"),
    PERSON_REMOVED: _("taken out of the register"),
    NIK_READ: _("NIK read whole"),
    KK_READ: _("KK number read whole"),
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
    GROUP_FORMED: _("group formed"),
    GROUP_REMOVED: _("group taken out of the register"),
    GROUP_JOINED: _("joined a group"),
    GROUP_LEFT: _("left a group"),
    CONSENT_TEXT_PUBLISHED: _("consent text published"),
    CONSENT_GIVEN: _("gave consent"),
    CONSENT_WITHDRAWN: _("withdrew consent"),
}
