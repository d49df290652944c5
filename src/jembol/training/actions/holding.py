"""Hold a class: everything that depends on its seats or days queues at its row."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from jembol.journal.by import By
from jembol.registry import rules
from jembol.training import errors
from jembol.training.models import Class


def hold(training_class: Class) -> Class:
    """Return the class as it is now, locked until the end of the transaction.

    Whoever also writes facts in the same transaction must hold the class first: the journal's
    chain of the city is locked from the first fact on, and two orders would block each other.
    On SQLite the IMMEDIATE transaction is the lock.
    """
    # NO KEY: rows that only refer to the class need not wait (PostgreSQL manual, 13.3.2).
    rows = Class.objects.select_for_update(of=("self",), no_key=True)
    return rows.get(pk=training_class.pk)


def refuse_when_cancelled(training_class: Class) -> None:
    """Let nothing new happen to a cancelled class.

    Raises:
        ClassCancelled: the class was cancelled.
    """
    if Class.objects.filter(pk=training_class.pk).standing().exists():
        return
    raise errors.ClassCancelled(
        _("The class %(title)s was cancelled. Open a new class instead.")
        % {"title": training_class.title},
        class_id=training_class.pk,
    )


def officer_id(by: By) -> int | None:
    """Return the officer who acts, if it is one."""
    return by.id if by.kind == "officer" else None


def fitting_in(model: type[models.Model], name: str, text: str) -> str:
    """Return the text in one line when it fits the model's field.

    Raises:
        TextTooLong: it does not.
        TextUnreadable: it holds signs that cannot be stored.
    """
    return rules.line(text, field=name, longest=limit_of(model, name))


def given_in(model: type[models.Model], name: str, text: str) -> str:
    """Return the text when it says something and fits.

    Raises:
        ValueMissing: it is empty.
        TextTooLong: it does not fit.
        TextUnreadable: it holds signs that cannot be stored.
    """
    return rules.required_line(text, field=name, longest=limit_of(model, name))


def limit_of(model: type[models.Model], name: str) -> int:
    """Return how many letters fit the model's text field.

    Raises:
        TypeError: the field is no text with a limit.
    """
    field = model._meta.get_field(name)  # noqa: SLF001 - public (Django manual, Model _meta API)
    if not isinstance(field, models.CharField) or field.max_length is None:
        raise TypeError(f"{model.__name__}.{name} is no text with a limit")
    return field.max_length


def changes_of(row: object, wanted: Iterable[tuple[str, object]]) -> dict[str, list[object]]:
    """Set the attributes that differ and return `{name: [old, new]}`."""
    changes: dict[str, list[object]] = {}
    for name, new in wanted:
        old = getattr(row, name)
        if old != new:
            setattr(row, name, new)
            changes[name] = [old, new]
    return changes
