"""An import desk for tests: one officer of Malang, a worker at hand, and short ways to import."""

import csv
import io
from dataclasses import dataclass, replace
from datetime import date, timedelta

import city
from jembol.intake import actions, queries
from jembol.intake.class_plan import ClassPlan
from jembol.intake.models import Import
from jembol.outbox.tasks import discover
from jembol.outbox.worker import Worker

DAY = date(2024, 10, 7)


def csv_of(header, *rows):
    """A list as somebody would send it."""
    page = io.StringIO()
    csv.writer(page).writerows([header, *rows])
    return page.getvalue().encode()


@dataclass
class ImportDesk:
    """What an officer does with lists."""

    areas: city.Areas
    by: object

    def work(self):
        """Let the worker do what waits."""
        discover()
        worker = Worker("tests", clock=lambda: self.by.at, lease=timedelta(hours=1))
        done = []
        while job := worker.run_once():
            done.append(job)
        return done

    def upload(self, content, *, kind="people", name="daftar.csv", source="RW", area=None):
        return actions.upload(
            area=area or self.areas.malang,
            kind=kind,
            source_name=source,
            name=name,
            content=content,
            by=self.by,
        )

    def map(self, batch, plan=None):
        """Take every proposed table with its proposed columns."""
        chosen = {
            table.number: table.outline.columns
            for table in queries.tables_of(batch)
            if table.outline.chosen
        }
        if batch.kind == "attendance" and plan is None:
            plan = self.plan(batch)
        return actions.map_columns(batch=batch, chosen=chosen, by=self.by, class_plan=plan)

    def plan(self, batch, **more):
        proposed = queries.proposed_plan(batch)
        told = {
            "course": "kue-kering",
            "title": proposed.title or "Kue",
            "days": proposed.days or (DAY,),
        }
        return replace(proposed, **{**told, **more})

    def preview(self, content, *, plan=None, **upload):
        """Upload, map and check a list."""
        return self.preview_of(self.upload(content, **upload), plan)

    def preview_of(self, batch, plan=None):
        """Map and check a list that is uploaded."""
        actions.preview(batch=self.map(batch, plan), by=self.by)
        for job in self.work():
            assert job.state == "done", job.trace or job.error
        return self.again(batch)

    def store(self, content, **upload):
        """Upload, map, check and store a list."""
        return self.commit(self.preview(content, **upload))

    def commit(self, batch):
        actions.commit(batch=batch, by=self.by)
        for job in self.work():
            assert job.state == "done", job.trace or job.error
        return self.again(batch)

    def undo(self, batch):
        actions.undo(batch=batch, by=self.by)
        for job in self.work():
            assert job.state == "done", job.trace or job.error
        return self.again(batch)

    def again(self, batch):
        return Import.objects.get(pk=batch.pk)

    def rows(self, batch, **which):
        return [queries.row_view(row) for row in queries.rows_of(batch, **which)]

    def verdicts(self, batch):
        return [str(row.verdict) for row in self.rows(batch)]


def plan_for(**more):
    told = {"course": "kue-kering", "title": "Kue kering", "days": (DAY,)}
    return ClassPlan(**{**told, **more})
