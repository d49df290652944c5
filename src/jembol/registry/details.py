"""What interfaces hand in about a person or an enterprise, brought to the form that is stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _

from jembol.kit.nib import Nib
from jembol.kit.nik import Kk, Nik
from jembol.kit.phone import Phone
from jembol.places.models import Area
from jembol.registry import errors, rules
from jembol.registry.choices import Education, EnterpriseStatus, KbliEdition, Sex

PLACE_LENGTH: Final = 100
ADDRESS_LENGTH: Final = 300
TRADE_LENGTH: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """A person as somebody tells of them; only a name and a place are needed.

    Attributes:
        name: As the person writes it, titles and all; one word is enough.
        area: The deepest place known.
        sex: "L", "P", or empty when unknown.
        born_on: Date of birth.
        birth_place: Place of birth.
        phone: A number, or its text in any form.
        address: Street and number.
        education: Value of `Education`, or empty.
        has_disability: None when nobody asked.
        nik: NIK whose structure holds.
        kk: Number of the family card; people of one card share a household.
    """

    name: str
    area: Area
    sex: str = ""
    born_on: date | None = None
    birth_place: str = ""
    phone: Phone | str | None = None
    address: str = ""
    education: str = ""
    has_disability: bool | None = None
    nik: Nik | None = None
    kk: Kk | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseDetails:
    """A business as somebody tells of it; only a name and a place are needed.

    Attributes:
        name: Its name, or what people call it.
        area: The deepest place known.
        activity: What it does.
        product: What it sells most.
        status: Value of `EnterpriseStatus`.
        nib: Its NIB, or the text of one.
        kbli: Industry code of two to five digits; never without its edition.
        kbli_edition: Value of `KbliEdition`.
        phone: A number, or its text in any form.
        address: Street and number.
        started_on: The day it began.
    """

    name: str
    area: Area
    activity: str = ""
    product: str = ""
    status: str = EnterpriseStatus.OPERATING
    nib: Nib | str | None = None
    kbli: str = ""
    kbli_edition: str = ""
    phone: Phone | str | None = None
    address: str = ""
    started_on: date | None = None


Cleaned = dict[str, Any]
"""Values by field name, as they are stored; NIK and KK still open."""

Cleaner = Callable[[Any, str, date], object]


def person_values(values: PersonDetails | Mapping[str, object], at: datetime) -> Cleaned:
    """Return the given values in stored form.

    Raises:
        ValueError: a name in `values` is no detail of a person.
        ValueMissing: the name is blank.
        TextTooLong: a text has more signs than its place.
        TextUnreadable: a text holds NUL or half a character.
        ChoiceUnknown: sex or education is none of its list.
        PhoneUnreadable: the phone number is none.
        DayInFuture: the date of birth lies ahead.
    """
    return _cleaned(values, _PERSON, at)


def enterprise_values(values: EnterpriseDetails | Mapping[str, object], at: datetime) -> Cleaned:
    """Return the given values in stored form; the pair of KBLI and edition is not compared.

    Raises:
        ValueError: a name in `values` is no detail of an enterprise.
        ValueMissing: the name is blank.
        TextTooLong: a text has more signs than its place.
        TextUnreadable: a text holds NUL or half a character.
        ChoiceUnknown: status or edition is none of its list.
        PhoneUnreadable: the phone number is none.
        NibUnreadable: the NIB is none.
        DayInFuture: the first day lies ahead.
    """
    return _cleaned(values, _ENTERPRISE, at)


def _cleaned(
    values: PersonDetails | EnterpriseDetails | Mapping[str, object],
    cleaners: Mapping[str, Cleaner],
    at: datetime,
) -> Cleaned:
    if not isinstance(values, Mapping):
        values = {field.name: getattr(values, field.name) for field in fields(values)}
    if unknown := sorted(set(values) - set(cleaners)):
        raise ValueError(f"no such detail: {', '.join(unknown)}; known are {', '.join(cleaners)}")
    today = timezone.localdate(at)
    return {name: cleaners[name](value, name, today) for name, value in values.items()}


def _name(value: str, field: str, _today: date) -> str:
    return rules.required_line(value, field=field)


def _line(longest: int) -> Cleaner:
    def clean(value: str, field: str, _today: date) -> str:
        return rules.line(value or "", field=field, longest=longest)

    return clean


def _choice(choices: type[TextChoices], *, is_needed: bool = False) -> Cleaner:
    def clean(value: str, field: str, _today: date) -> str:
        if not value and not is_needed:
            return ""
        if value not in choices.values:
            known = ", ".join(map(str, choices.values))
            raise errors.ChoiceUnknown(
                _("“%(value)s” is not in the list. Choose one of: %(known)s.")
                % {"value": value, "known": known},
                field=field,
            )
        return str(choices(value).value)

    return clean


def _past(value: date | None, field: str, today: date) -> date | None:
    return rules.past_day(value, today=today, field=field)


def _phone(value: Phone | str | None, _field: str, _today: date) -> str:
    return rules.phone_number(value)


def _nib(value: Nib | str | None, _field: str, _today: date) -> str:
    return rules.nib_number(value)


def _as_it_is(value: object, _field: str, _today: date) -> object:
    return value


_PERSON: Final[Mapping[str, Cleaner]] = {
    "name": _name,
    "area": _as_it_is,
    "sex": _choice(Sex),
    "born_on": _past,
    "birth_place": _line(PLACE_LENGTH),
    "phone": _phone,
    "address": _line(ADDRESS_LENGTH),
    "education": _choice(Education),
    "has_disability": _as_it_is,
    "nik": _as_it_is,
    "kk": _as_it_is,
}
_ENTERPRISE: Final[Mapping[str, Cleaner]] = {
    "name": _name,
    "area": _as_it_is,
    "activity": _line(TRADE_LENGTH),
    "product": _line(TRADE_LENGTH),
    "status": _choice(EnterpriseStatus, is_needed=True),
    "nib": _nib,
    "kbli": _line(5),
    "kbli_edition": _choice(KbliEdition),
    "phone": _phone,
    "address": _line(ADDRESS_LENGTH),
    "started_on": _past,
}
