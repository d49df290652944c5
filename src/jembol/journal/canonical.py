"""One text for one JSON value, so that what is hashed is what is stored, on every database."""

import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
else:  # Django's own class takes no types at run time
    _TextField = models.TextField


def canonical(value: object) -> str:
    """Return the value as JSON with sorted keys, without spaces, in ASCII.

    ASCII also carries NUL and lone surrogates of a hostile upload, which PostgreSQL refuses raw.

    Raises:
        ValueError: the value holds NaN or infinity.
        TypeError: the value holds something that JSON does not know.
    """
    return json.dumps(
        value, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


class CanonicalJSONField(_TextField):
    """JSON kept as its canonical text.

    PostgreSQL's own jsonb rewrites numbers (1e22 comes back as an integer), which would break the
    digest of a fact that nobody has touched.
    """

    if TYPE_CHECKING:  # what django-stubs asks a field for
        _pyi_private_set_type: Any
        _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, *_place: object) -> Any:
        """Read the stored text."""
        return None if value is None else json.loads(value)

    def get_prep_value(self, value: Any) -> str | None:
        """Write the canonical text."""
        return None if value is None else canonical(value)

    def value_to_string(self, obj: models.Model) -> str:
        """Return the canonical text for a dump."""
        return canonical(self.value_from_object(obj))
