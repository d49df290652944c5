"""An officer of imports at the pages, with a worker at hand."""

import csv
import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jembol.accounts.models import Officer
from jembol.intake.models import Import
from jembol.outbox.tasks import discover
from jembol.outbox.worker import Worker


def csv_of(header, *rows):
    """A list as somebody would send it."""
    page = io.StringIO()
    csv.writer(page).writerows([header, *rows])
    return page.getvalue().encode()


def work():
    """Let a worker do what waits."""
    discover()
    worker = Worker("tests", clock=timezone.now, lease=timedelta(hours=1))
    while job := worker.run_once():
        assert job.state == "done", job.trace or job.error


class ImportPages:
    """The pages of imports as one officer uses them."""

    def __init__(self, username):
        self.client = Client()
        self.client.force_login(Officer.objects.get(username=username))

    def get(self, name, batch, query="", **headers):
        return self.client.get(f"{reverse(name, args=[batch.pk])}{query}", headers=headers)

    def text(self, name, batch, query=""):
        answer = self.get(name, batch, query)
        assert answer.status_code == 200
        return answer.content.decode()

    def post(self, name, batch, **data):
        return self.client.post(reverse(name, args=[batch.pk]), data, follow=True)

    def send(self, content, *, kind="people", name="daftar.csv", source="RW 03", area="35.73"):
        file = SimpleUploadedFile(name, content)
        data = {"kind": kind, "source": source, "area": area, "file": file}
        return self.client.post(reverse("desk:import_create"), data)

    def uploaded(self, content, **more):
        assert self.send(content, **more).status_code == 302
        return Import.objects.order_by("-pk").first()

    def mapped_as(self, batch, **changes):
        """The answers of the page with the columns, as it proposes them."""
        form = self.get("desk:mapping_create", batch).context["form"]
        proposed = {name: form[name].value() for name in form.fields}
        kept = {name: value for name, value in proposed.items() if value not in (None, False)}
        return {name: "on" if value is True else value for name, value in kept.items()} | changes

    def checked(self, content, **more):
        """Upload a list and have it checked with the columns that the page proposes."""
        batch = self.uploaded(content, **more)
        self.post("desk:mapping_create", batch, **self.mapped_as(batch))
        work()
        batch.refresh_from_db()
        return batch

    def stored(self, content, **more):
        batch = self.checked(content, **more)
        self.post("desk:storage_create", batch)
        work()
        batch.refresh_from_db()
        return batch
