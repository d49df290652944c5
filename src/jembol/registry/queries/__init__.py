"""Answers about the register that no single queryset gives."""

from jembol.registry.queries.counts import (
    KelurahanCount,
    enterprises_by_kelurahan,
    people_by_kelurahan,
)
from jembol.registry.queries.finding import search, search_enterprises
from jembol.registry.queries.pages import (
    ConsentRow,
    EnterprisePage,
    GroupPage,
    MembershipRow,
    OwnershipRow,
    PersonInRow,
    PersonPage,
    consents_of,
    enterprise_page,
    group_page,
    person_page,
)
from jembol.registry.queries.rows import (
    ENTERPRISE_COLUMNS,
    PEOPLE_COLUMNS,
    EnterpriseRow,
    PersonRow,
    enterprise_rows,
    people_rows,
)

__all__ = [
    "ENTERPRISE_COLUMNS",
    "PEOPLE_COLUMNS",
    "ConsentRow",
    "EnterprisePage",
    "EnterpriseRow",
    "GroupPage",
    "KelurahanCount",
    "MembershipRow",
    "OwnershipRow",
    "PersonInRow",
    "PersonPage",
    "PersonRow",
    "consents_of",
    "enterprise_page",
    "enterprise_rows",
    "enterprises_by_kelurahan",
    "group_page",
    "people_by_kelurahan",
    "people_rows",
    "person_page",
    "search",
    "search_enterprises",
]
