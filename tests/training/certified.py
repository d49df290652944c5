"""Classes whose people have earned certificates, and the check that numbers have no gap or reuse.

The class is the two days of `classroom`; everybody is invented.
"""

from datetime import timedelta

from city import NOW, system
from jembol.outbox.tasks import discover
from jembol.outbox.worker import Worker
from jembol.training import actions as training
from jembol.training.models import Certificate, CertificateSeries
from training.classroom import enrol, open_class, sessions_of

ADDRESS = "https://kota.example/sertifikat/"


def class_given(area, count=3, *, prefix="Warga", came=2, **more):
    """A class to which `count` people came on the first `came` of its two days."""
    opened = open_class(area, **more)
    people = enrol(area, count, prefix=prefix)
    seats = training.register_many(
        training_class=opened, people=people, by=system(), door="desk"
    ).ids
    for number, session in enumerate(sessions_of(opened)):
        present = seats.values() if number < came else ()
        training.take_roll(session=session, present=set(present), by=system())
    return opened


def ask(training_class, by=None):
    return training.issue_certificates(
        training_class=training_class, address=ADDRESS, by=by or system()
    )


def work(at=NOW):
    """Do everything that waits in the background."""
    discover()
    worker = Worker("tests", lease=timedelta(hours=1), clock=lambda: at)
    jobs = []
    while job := worker.run_once():
        jobs.append(job)
    return jobs


def issue(training_class, by=None):
    """Have certificates issued, and return them by number."""
    ask(training_class, by)
    work()
    return certificates(training_class)


def certificates(training_class):
    rows = Certificate.objects.filter(training_class=training_class)
    return list(rows.order_by("year", "number"))


def faults_of(certificates, series=None):
    """What is wrong with the numbers of one year: a gap, a reuse, somebody with two, the count."""
    numbers = sorted(one.number for one in certificates)
    seats = [one.registration_id for one in certificates if one.revoked_at is None]
    found = []
    if len(set(numbers)) != len(numbers):
        found.append("reuse")
    if set(range(1, max(numbers, default=0) + 1)) - set(numbers):
        found.append("gap")
    if len(set(seats)) != len(seats):
        found.append("two for one seat")
    if series is not None and series.next_number != len(numbers) + 1:
        found.append("the counter runs ahead")
    return found


def series():
    return CertificateSeries.objects.get()
