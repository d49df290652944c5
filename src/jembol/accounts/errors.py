"""What accounts refuse."""

from jembol.kit.refusal import Refusal


class UsernameTaken(Refusal):
    """Another officer signs in under this name."""

    code = "username-taken"


class UsernameUnusable(Refusal):
    """A sign-in name is 3 to 60 small letters, digits, dots, hyphens or underscores."""

    code = "username-unusable"


class NameMissing(Refusal):
    """An officer has a name."""

    code = "name-missing"


class WeakPassword(Refusal):
    """The password is too easy to guess."""

    code = "weak-password"


class DutyStands(Refusal):
    """The officer holds this role in this area at that time already."""

    code = "duty-stands"


class DutyNotStanding(Refusal):
    """The duty has ended before that day, or begins after it."""

    code = "duty-not-standing"


class OfficerInactive(Refusal):
    """The officer is deactivated."""

    code = "officer-inactive"


class OfficerActive(Refusal):
    """The officer is active already."""

    code = "officer-active"


class OwnAccount(Refusal):
    """Nobody shuts their own door."""

    code = "own-account"


class LastAdministrator(Refusal):
    """A city would be left without an administrator."""

    code = "last-administrator"


class UnknownRole(Refusal):
    """No role has this name."""

    code = "unknown-role"
