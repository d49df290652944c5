"""Give a subject its calendar address, and replace it."""

from django.db import IntegrityError, transaction

from jembol.calendars import events
from jembol.calendars.choices import Subject
from jembol.calendars.models import Feed
from jembol.calendars.tokens import digest_of, new_token, sealed
from jembol.journal.by import By
from jembol.journal.record import record


@transaction.atomic
def open_feed(
    *, subject: Subject, key: int, area_key: int, by: By, person_id: int | None = None
) -> Feed:
    """Return the calendar address of a subject, made now when it has none.

    Raises:
        OutOfReach: the subject lies outside the actor's areas.
    """
    by.must_cover(area_key)
    rows = Feed.objects.filter(subject=subject, subject_key=key)
    if standing := rows.first():
        return standing
    token = new_token()
    feed = Feed(
        area_id=area_key,
        subject=subject,
        subject_key=key,
        token_digest=digest_of(token),
        token_sealed=sealed(token, subject=subject, key=key),
        made_at=by.at,
    )
    try:
        with transaction.atomic():
            feed.save()
    except IntegrityError:
        # Somebody made it between the two statements: one subject has one address.
        return rows.get()
    record(events.FEED_OPENED, about=feed, by=by, area=area_key, person_id=person_id,
           details={"of": str(subject)})  # fmt: skip
    return feed


@transaction.atomic
def replace_feed(*, feed: Feed, by: By, person_id: int | None = None) -> Feed:
    """Replace the address: the old one leads nowhere from this moment on.

    Raises:
        OutOfReach: the subject lies outside the actor's areas.
    """
    held = Feed.objects.select_for_update(of=("self",)).get(pk=feed.pk)
    by.must_cover(held.area_id)
    token = new_token()
    held.token_digest = digest_of(token)
    held.token_sealed = sealed(token, subject=held.subject, key=held.subject_key)
    held.made_at = by.at
    held.turns += 1
    held.save()
    record(events.FEED_REPLACED, about=held, by=by, area=held.area_id, person_id=person_id,
           details={"of": held.subject})  # fmt: skip
    return held
