"""Work of outreach in the background."""

from time import monotonic

from jembol.journal.by import By
from jembol.methods.routing import Progress
from jembol.outbox.tasks import Step, task
from jembol.outreach.actions import drop_stale_pieces, find_week, keep_week
from jembol.outreach.actions.photos import CLEAN
from jembol.outreach.choices import PlanState
from jembol.outreach.models import WeekPlan
from jembol.outreach.orders import PLAN_WEEK

PAUSE = 0.5
"""Seconds between two lines about how far the search is."""


@task(CLEAN.kind)
def clean(step: Step) -> int:
    """Forget pieces of photos to which nothing came for long."""
    return drop_stale_pieces(by=By.system("outreach.pieces.clean", at=step.now(), door="field"))


@task(PLAN_WEEK.kind)
def plan_week(step: Step, *, plan_id: int) -> None:
    """Find the plan of a week and keep it; killed in between, the same one is found again."""
    plan = WeekPlan.objects.select_related("area").get(pk=plan_id)
    if plan.state != PlanState.ASKED:
        return
    found = find_week(plan=plan, by=By.system("outreach.plan", at=step.now()), told=_Teller(step))
    with step.transaction():
        keep_week(plan=plan, found=found, by=By.system("outreach.plan", at=step.now()))
        step.progress(step.done + 1, total=step.done + 1)


class _Teller:
    """Tells the page how far the search is, twice in a second at most."""

    def __init__(self, step: Step) -> None:
        self.step, self.last = step, 0.0

    def __call__(self, progress: Progress) -> None:
        now = monotonic()
        if now - self.last < PAUSE:
            return
        self.last = now
        done = (progress.start - 1) * progress.effort + progress.iterations
        self.step.progress(done, total=progress.starts * progress.effort)
