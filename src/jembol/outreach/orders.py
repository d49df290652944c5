"""Work of outreach that others ask for by its name; `tasks` does it."""

from typing import Final

from jembol.outbox.tasks import Order

PLAN_WEEK: Final = Order("outreach.plan_week")
