"""What each role may do: permissions are named after the package that asks for them."""

from jembol.accounts.choices import Role

SEE_PROGRAMME = frozenset({"registry.see", "training.see", "reporting.see", "places.see"})
KEEP_REGISTER = frozenset({"registry.change", "registry.merge", "registry.export"})
RUN_TRAINING = frozenset({"training.change", "training.attend", "training.export"})
RUN_INTAKE = frozenset({"intake.see", "intake.run"})
KEEP_PAPERS = frozenset({"papers.see", "papers.change"})

GRANTS: dict[Role, frozenset[str]] = {
    Role.HEAD: SEE_PROGRAMME
    | {"accounts.see", "intake.see", "registry.export", "registry.policy", "training.export"}
    | {"papers.see"},
    Role.TRAINING: SEE_PROGRAMME
    | KEEP_REGISTER
    | RUN_TRAINING
    | RUN_INTAKE
    | KEEP_PAPERS
    | {"registry.link", "registry.reveal", "registry.specific", "places.change"},
    Role.FIELD: SEE_PROGRAMME | {"registry.change", "registry.merge", "training.attend"},
    Role.MENTOR: frozenset({"training.see", "training.attend"}),
    Role.KEEPER: frozenset({"places.see"}),
    Role.CURATOR: frozenset({"reporting.see", "places.see"}),
    Role.SURVEYOR: frozenset({"places.see"}),
    Role.ANALYST: frozenset({"reporting.see", "places.see"}),
    Role.AUDITOR: SEE_PROGRAMME
    | {"intake.see", "journal.see", "accounts.see", "registry.export", "training.export"},
    Role.PRIVACY: frozenset(
        {"registry.see", "registry.specific", "journal.see", "registry.reveal", "accounts.see"}
    ),
    Role.ADMINISTRATOR: KEEP_PAPERS
    | frozenset(
        {
            "accounts.see",
            "accounts.change",
            "places.see",
            "places.change",
            "journal.see",
            "reporting.see",
        }
    ),
}

PERMISSIONS = frozenset().union(*GRANTS.values())


def roles_granted(permission: str) -> tuple[Role, ...]:
    """Return the roles that hold this permission.

    Raises:
        ValueError: no role holds it, so the name is misspelled.
    """
    holders = tuple(role for role, grants in GRANTS.items() if permission in grants)
    if not holders:
        raise ValueError(f"no role holds the permission {permission!r}; see accounts/rules.py")
    return holders
