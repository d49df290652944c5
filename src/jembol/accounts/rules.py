"""What each role may do: permissions are named after the package that asks for them."""

from jembol.accounts.choices import Role

SEE_PROGRAMME = frozenset({"registry.see", "training.see", "reporting.see", "places.see"})
KEEP_REGISTER = frozenset({"registry.change", "registry.merge", "registry.export"})
RUN_TRAINING = frozenset({"training.change", "training.attend", "training.export"})
RUN_INTAKE = frozenset({"intake.see", "intake.run"})
GO_TO_PEOPLE = frozenset({"outreach.see", "outreach.visit"})
PLAN_OUTREACH = frozenset({"outreach.plan", "outreach.settle", "outreach.policy"})
KEEP_PAPERS = frozenset({"papers.see", "papers.change"})

GRANTS: dict[Role, frozenset[str]] = {
    Role.HEAD: SEE_PROGRAMME
    | {"accounts.see", "intake.see", "registry.export", "registry.policy", "training.export"}
    | {"papers.see", "outreach.see"}
    | PLAN_OUTREACH,
    Role.TRAINING: SEE_PROGRAMME
    | GO_TO_PEOPLE
    | PLAN_OUTREACH
    | KEEP_REGISTER
    | RUN_TRAINING
    | RUN_INTAKE
    | KEEP_PAPERS
    | {"registry.link", "registry.reveal", "registry.specific", "places.change"},
    Role.FIELD: SEE_PROGRAMME
    | GO_TO_PEOPLE
    | {"registry.change", "registry.merge", "training.attend"},
    Role.MENTOR: frozenset({"training.see", "training.attend"}),
    Role.KEEPER: frozenset({"places.see"}),
    Role.CURATOR: frozenset({"reporting.see", "places.see"}),
    Role.SURVEYOR: frozenset({"places.see"}),
    Role.ANALYST: frozenset({"reporting.see", "places.see"}),
    Role.AUDITOR: SEE_PROGRAMME
    | {"intake.see", "journal.see", "accounts.see", "registry.export", "training.export"}
    | {"outreach.see"},
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
