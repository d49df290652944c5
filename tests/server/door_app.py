"""One page that writes as a check-in does: look up, insert a unique row, journal a fact."""

from django.core.wsgi import get_wsgi_application
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone

from jembol.journal.by import By
from jembol.kit.reach import Reach

MALANG = 35_73_00_0000_000_000


@transaction.atomic
def check_in(ticket, visit):
    from jembol.journal.record import record

    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM door_ticket WHERE code = %s", [ticket])
        (person,) = cursor.fetchone()
        cursor.execute("INSERT INTO door_visit (visit, code) VALUES (%s, %s)", [visit, ticket])
    by = By(
        kind="officer",
        id=1,
        label="Sari",
        at=timezone.now(),
        door="desk",
        reach=Reach.everywhere(),
    )
    record(
        "training.attendance.recorded",
        about=("training.attendance", visit),
        by=by,
        area=MALANG,
        person_id=person,
        details={"ticket": ticket},
    )


def door(request):
    if request.method == "POST":
        check_in(request.GET["ticket"], request.GET["visit"])
    return HttpResponse("ok")


urlpatterns = [path("", door)]
application = get_wsgi_application()
