"""People and enterprises as rows whose fields phones change."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jembol.kit.nik import Nik, NotANik
from jembol.kit.sixteen import MASK_DOTS
from jembol.places.models import Area
from jembol.registry import errors
from jembol.registry.actions import change, change_enterprise
from jembol.registry.choices import EnterpriseStatus, Sex
from jembol.registry.details import enterprise_values, person_values
from jembol.registry.models import Enterprise, EnterpriseVersion, Person, PersonVersion
from jembol.registry.sealed_numbers import nik_digest
from jembol.sync.said import Said, plain
from jembol.sync.subjects import Past, Standing, Value, subject

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from django.utils.functional import Promise

    from jembol.journal.by import By
    from jembol.kit.reach import Reach

PERSON: Final = "registry.person"
ENTERPRISE: Final = "registry.enterprise"
_MASKED: Final = re.compile(rf"[0-9]{{4}}{MASK_DOTS}[0-9]{{4}}")
DAYS: Final = frozenset({"born_on", "started_on"})


class _OfRegister:
    """What both have in common."""

    secret: Collection[str] = frozenset()

    def masked(self, field: str, value: Value) -> Value:
        """Return what may be shown of a value: of a NIK its mask."""
        if field != "nik" or not value:
            return value
        try:
            return Nik.parse(value).masked
        except NotANik:
            return value if _MASKED.fullmatch(value) else MASK_DOTS

    def digest_of(self, field: str, value: Value) -> str:
        """Return the digest by which a NIK is compared; nothing else is secret."""
        return nik_digest(Nik.parse(value)) if field == "nik" and value else ""

    def typed(self, body: Mapping[str, Any], field: str) -> Value:
        """Return the value of a masked field as the body tells it."""
        part = body.get("changes") or body.get("person")
        return plain(part.get(field)) if isinstance(part, dict) else ""

    def told(self, field: str, value: Value) -> str:
        """Return a value in words."""
        if value in {"", None}:
            return _("nothing")
        if field == "area":
            area = Area.objects.select_related("parent").filter(pk=value).first()
            return f"{area.parent.name} {area.name}" if area and area.parent else str(value)
        if field in DAYS and (day := parse_date(str(value))):
            return date_format(day)
        closed = {"sex": Sex, "status": EnterpriseStatus}.get(field)
        return str(dict(closed.choices).get(value, value)) if closed else str(value)


@subject
class OfPerson(_OfRegister):
    """A person of the register."""

    kind: str = PERSON
    words: str | Promise = gettext_lazy("Person")
    fields: Mapping[str, str | Promise] = {
        "name": gettext_lazy("Name"),
        "area": gettext_lazy("Lives in"),
        "phone": gettext_lazy("Phone"),
        "sex": gettext_lazy("Sex"),
        "born_on": gettext_lazy("Date of birth"),
        "birth_place": gettext_lazy("Place of birth"),
        "address": gettext_lazy("Address"),
        "education": gettext_lazy("Education"),
        "nik": gettext_lazy("NIK"),
    }
    secret: Collection[str] = frozenset({"nik"})

    def hold(self, key: int) -> Standing:
        """Lock the person.

        Raises:
            NobodyThere: there is no such person.
        """
        person = Person.objects.select_for_update(of=("self",)).filter(pk=key).first()
        if person is None:
            raise nobody()
        past = PersonVersion.objects.filter(record_id=key).order_by("until_at", "version")
        digests = {"nik": person.nik_digest}
        values = self._values(person)
        return Standing(person.area_id, person.version, values, _past(past), digests)

    def now(self, keys: Sequence[int], reach: Reach) -> Mapping[int, Mapping[str, Value]]:
        """Return what people are now who are in the reach."""
        rows = Person.objects.within(reach).filter(pk__in=keys).order_by("pk")
        return {row.pk: self._values(row) for row in rows}

    def _values(self, person: Person) -> dict[str, Value]:
        values = {name: getattr(person, name) for name in self.fields if name != "nik"}
        values |= {"area": person.area_id, "born_on": _day(person.born_on)}
        return values | {"nik": person.nik_masked}

    def cleaned(self, values: Mapping[str, Value], by: By) -> dict[str, Value]:
        """Return values as they would be stored.

        Raises:
            Refusal: a value cannot be stored.
        """
        return _plain(person_values(_opened(values), by.at))

    def write(self, key: int, values: Mapping[str, Value], *, by: By, why: str) -> int:
        """Change the person.

        Raises:
            Refusal: a value cannot be stored, or the person stands elsewhere.
        """
        row = Person(pk=key)
        return change(person=row, changes=_opened(values), by=by, why=why).version

    def name_of(self, keys: Sequence[int], reach: Reach) -> Mapping[int, str]:
        """Return the names of people in the reach."""
        rows = Person.objects.within(reach).filter(pk__in=keys).order_by("pk")
        return dict(rows.values_list("pk", "name"))


@subject
class OfEnterprise(_OfRegister):
    """An enterprise of the register."""

    kind: str = ENTERPRISE
    words: str | Promise = gettext_lazy("Enterprise")
    fields: Mapping[str, str | Promise] = {
        "name": gettext_lazy("Name"),
        "area": gettext_lazy("Stands in"),
        "activity": gettext_lazy("Activity"),
        "product": gettext_lazy("Product"),
        "status": gettext_lazy("Status"),
        "nib": gettext_lazy("NIB"),
        "phone": gettext_lazy("Phone"),
        "address": gettext_lazy("Address"),
        "started_on": gettext_lazy("Began on"),
    }

    def hold(self, key: int) -> Standing:
        """Lock the enterprise.

        Raises:
            NobodyThere: there is no such enterprise.
        """
        row = Enterprise.objects.select_for_update(of=("self",)).filter(pk=key).first()
        if row is None:
            raise nobody()
        past = EnterpriseVersion.objects.filter(record_id=key).order_by("until_at", "version")
        return Standing(row.area_id, row.version, self._values(row), _past(past))

    def now(self, keys: Sequence[int], reach: Reach) -> Mapping[int, Mapping[str, Value]]:
        """Return what enterprises are now that are in the reach."""
        rows = Enterprise.objects.within(reach).filter(pk__in=keys).order_by("pk")
        return {row.pk: self._values(row) for row in rows}

    def _values(self, row: Enterprise) -> dict[str, Value]:
        values = {name: getattr(row, name) for name in self.fields}
        return values | {"area": row.area_id, "started_on": _day(row.started_on)}

    def cleaned(self, values: Mapping[str, Value], by: By) -> dict[str, Value]:
        """Return values as they would be stored.

        Raises:
            Refusal: a value cannot be stored.
        """
        return _plain(enterprise_values(_opened(values), by.at))

    def write(self, key: int, values: Mapping[str, Value], *, by: By, why: str) -> int:
        """Change the enterprise.

        Raises:
            Refusal: a value cannot be stored, or the enterprise stands elsewhere.
        """
        row = Enterprise(pk=key)
        return change_enterprise(enterprise=row, changes=_opened(values), by=by, why=why).version

    def name_of(self, keys: Sequence[int], reach: Reach) -> Mapping[int, str]:
        """Return the names of enterprises in the reach."""
        rows = Enterprise.objects.within(reach).filter(pk__in=keys).order_by("pk")
        return dict(rows.values_list("pk", "name"))


def nobody() -> errors.NobodyThere:
    """Return the refusal of a row that is not there, or not in the officer's areas."""
    return errors.NobodyThere(
        _("There is nobody of this number in your areas any more. Fetch your area anew.")
    )


def nik_of(text: str) -> Nik | None:
    """Return the NIK that somebody typed, None for none.

    Raises:
        NikUnreadable: the digits are no NIK.
    """
    if not text:
        return None
    try:
        return Nik.parse(text)
    except NotANik:
        raise errors.NikUnreadable(
            _("This NIK cannot be right. Look at the card again, or leave it out."), field="nik"
        ) from None


def _opened(values: Mapping[str, Value]) -> dict[str, Any]:
    """Return plain values as the register takes them."""
    opened: dict[str, Any] = {}
    for name, value in values.items():
        if name == "area":
            opened[name] = _area(value)
        elif name in DAYS:
            opened[name] = _date(plain(value), name)
        elif name == "nik":
            opened[name] = nik_of(plain(value))
        else:
            opened[name] = plain(value)
    return opened


def _area(key: Value) -> Area:
    found = Area.objects.filter(pk=Said({"key": key}).number("key") or 0).first()
    if found is None:
        raise errors.ValueMissing(_("Say in which area. Fetch your area anew."), field="area")
    return found


def _date(text: str, name: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise errors.DayUnreadable(
            _("“%(text)s” is no day. Write day, month and year.") % {"text": text}, field=name
        ) from None


def _plain(values: Mapping[str, Any]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in values.items():
        if name == "area":
            found[name] = value.pk
        elif name == "nik":
            found[name] = value.digits if value else ""
        else:
            found[name] = _day(value) if name in DAYS else value
    return found


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _past(rows: Any) -> list[Past]:
    past = []
    for row in rows:
        values = {**row.values, "area": row.area_id, "nik": row.values.get("nik_masked", "")}
        # A version that was kept before digests were has none: its NIK is known by its mask.
        digests = {"nik": row.values["nik_digest"]} if "nik_digest" in row.values else {}
        past.append(Past(row.version, row.until_at, values, digests))
    return past
