"""Who: people, households, enterprises, groups, and what they consented to.

The register is person-first: someone without a business, a NIK or a second name is a full citizen
of it. NIK and KK are sealed by the vault and found again only by a keyed digest; a page shows them
masked, and reading one whole is a fact in the journal. Enterprises belong to people through
ownerships with periods, groups through memberships. What a person was taught, lent or given is told
by the packages above. Whether two records are one person is decided by `matching` (from rows to
evidence) until a linkage engine takes its place. Five words: person, household, enterprise, group,
consent.
"""
