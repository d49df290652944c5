"""Have the certificates of a class put together as files."""

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.files.models import StoredFile
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.training import errors, events
from jembol.training.actions.holding import officer_id
from jembol.training.models import CertificateBundle, Class
from jembol.training.orders import BUNDLE
from jembol.training.queries.certificates import certificates_in, own_bundle


@transaction.atomic
def order_bundle(*, training_class: Class, by: By) -> CertificateBundle:
    """Have one PDF and one archive made of the certificates that stand, in the background.

    While files are being made for this officer, no second ones are.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        NoCertificates: the class has none that stands.
    """
    by.must_cover(training_class.area_id)
    at_work = own_bundle(training_class, by.id or 0)
    if at_work is not None and at_work[1] is not None and not at_work[1].is_over:
        return at_work[0]
    if not certificates_in(training_class, by.reach).standing().exists():
        raise errors.NoCertificates(
            _("%(title)s has no certificate that stands. Issue certificates first.")
            % {"title": training_class.title},
            class_id=training_class.pk,
        )
    row = CertificateBundle.objects.create(
        training_class=training_class, officer_id=officer_id(by), at=by.at
    )
    job = BUNDLE.enqueue(by=by, area_key=training_class.area_id, bundle_id=row.pk)
    row.job_id = job.pk
    row.save(update_fields=["job_id"])
    details = {"class": training_class.public_id}
    area = training_class.area_id
    record(events.CERTIFICATES_BUNDLED, about=row, by=by, area=area, details=details)
    return row


@transaction.atomic
def keep_bundle(
    *,
    bundle: CertificateBundle,
    pdf: StoredFile | None,
    archive: StoredFile,
    count: int,
    by: By,
) -> None:
    """Note the files that were made.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
    """
    training_class = bundle.training_class
    by.must_cover(training_class.area_id)
    bundle.pdf, bundle.archive, bundle.count, bundle.at = pdf, archive, count, by.at
    bundle.save(update_fields=["pdf", "archive", "count", "at"])
    details = {"class": training_class.public_id, "certificates": count}
    area = training_class.area_id
    record(events.CERTIFICATES_BUNDLED, about=bundle, by=by, area=area, details=details)
