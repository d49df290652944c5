"""Bodies of envelopes as the field app writes them."""

VISIT = {
    "person": None,
    "enterprise": None,
    "outcome": "met",
    "needs": [],
    "advice": "",
    "referrals": [],
    "promise": None,
    "kept": [],
    "position": None,
    "forms": [],
    "photos": [],
    "stop": None,
}


def enrolment(
    area, name="Sulastri", *, alike=(), enterprise=None, household=None, consents=(), **about
):
    """Somebody new, met in an area."""
    person = {
        "name": name, "area": str(area.pk), "rt": "", "rw": "", "phone": "", "sex": "",
        "born_on": None, "nik": "", "address": "", **about,
    }  # fmt: skip
    return {
        "person": person,
        "enterprise": enterprise,
        "household": household,
        "consents": list(consents),
        "alike": list(alike),
    }


def visit(area, **more):
    """A visit in an area."""
    return {**VISIT, "area": str(area.pk), **more}


def change(person, was, new, *, seen=None, of="person"):
    """A change of a person by key, or by the envelope that made them."""
    ref = {"made_by": person} if isinstance(person, str) else {"key": person.pk}
    return {"of": of, "ref": ref, "seen": seen, "was": was, "changes": new}
