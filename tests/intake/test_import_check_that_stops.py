"""A check that stops halfway leaves nothing that could be stored as if it were the whole list."""

import pytest
from importing import csv_of

from jembol.intake import actions, errors, tasks
from jembol.intake.choices import Status
from jembol.intake.errors import FileHasNothing
from jembol.kit.refusal import Refusal


def people(count):
    return csv_of(["Nama", "Kelurahan"], *([f"Orang {place}", "Dinoyo"] for place in range(count)))


def stopping_after(rows, read_all):
    """The reading of all rows, refused after so many."""

    def read(batch, by):
        for place, row in enumerate(read_all(batch, by)):
            if place == rows:
                raise FileHasNothing("The file stops here.")
            yield row

    return read


@pytest.mark.django_db
def test_a_check_that_stops_halfway_cannot_be_stored(desk, monkeypatch):
    batch = desk.map(desk.upload(people(30)))
    monkeypatch.setattr(tasks, "READ_CHUNK", 10)
    monkeypatch.setattr(tasks, "_read_all", stopping_after(25, tasks._read_all))
    actions.preview(batch=batch, by=desk.by)

    desk.work()

    stopped = desk.again(batch)
    assert (stopped.status, stopped.rows.count()) == (Status.REFUSED, 0)
    with pytest.raises(errors.NotNow):
        actions.commit(batch=stopped, by=desk.by)
    assert issubclass(errors.NotNow, Refusal)
