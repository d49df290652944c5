"""Photos of visits: announced, sent piece by piece, drawn anew, and kept once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from jembol.files import pieces
from jembol.files.actions import store
from jembol.files.choices import PICTURES, Audience
from jembol.files.errors import FileTypeRefused, PictureUnreadable
from jembol.files.pictures import redrawn
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.outbox.tasks import Order
from jembol.outreach import events
from jembol.outreach.errors import NoRoom, OtherContent, PhotoUnreadable
from jembol.outreach.models import Photo, Visit

CLEAN: Final = Order("outreach.pieces.clean")
MEBIBYTE: Final = 1024 * 1024
HEX: Final = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoSaid:
    """A photo as a phone announces it.

    Attributes:
        key: The id that was made on the phone.
        visit: The id of the visit that it shows.
        officer_id: Who took it.
        at: When.
        size: How many bytes will come.
        sha256: Their digest in hex.
        has_consent: Whether who is shown agreed.
        has_place: Whether they agreed that the place stays in the picture.
    """

    key: str
    visit: str
    officer_id: int
    at: datetime
    size: int
    sha256: str
    has_consent: bool = False
    has_place: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """How much of a photo is here."""

    have: int
    is_whole: bool


@transaction.atomic
def announce_photo(*, said: PhotoSaid, by: By) -> Photo:
    """Keep what is said of a photo whose bytes will follow.

    Raises:
        OutOfReach: its visit is there and lies outside the actor's areas.
        PhotoUnreadable: it is too large, or its digest is none.
    """
    most = settings.PHOTO_LIMIT_KB * 1024
    if said.size > most:
        raise PhotoUnreadable(
            _("The photo is larger than %(most)d kB. Take it again.")
            % {"most": settings.PHOTO_LIMIT_KB},
            most=most,
        )
    if len(said.sha256) != 64 or not HEX.issuperset(said.sha256):
        raise PhotoUnreadable(_("The photo is announced without its digest. Take it again."))
    visit = Visit.objects.filter(key=said.visit).first()
    if visit is not None:
        by.must_cover(visit.area_id)
    photo = Photo.objects.create(
        key=said.key,
        visit_id=said.visit,
        officer_id=said.officer_id,
        size=said.size,
        sha256=said.sha256,
        has_consent=said.has_consent,
        has_place=said.has_place,
        at=said.at,
        received_at=by.at,
    )
    area = visit.area_id if visit else _first_area(by)
    details = {"visit": said.visit, "consent": said.has_consent, "place": said.has_place}
    record(events.PHOTO_ANNOUNCED, about=photo, by=by, area=area, details=details)
    return photo


def take_piece(*, photo: Photo, offset: int, piece: bytes, by: By) -> Received:
    """Keep one piece of a photo; with the last one it is checked, drawn anew and kept.

    An empty piece behind the last one does that too, for one whose end was cut off by a crash.

    Raises:
        WrongOffset: bytes before the piece are missing; `have` says how many there are.
        NoRoom: the officer's unfinished photos take more room than is given.
        OtherContent: it is whole, but not what was announced; it starts anew.
        PictureUnreadable: the bytes are no picture, or were none before.
    """
    try:
        with transaction.atomic():
            held = Photo.objects.select_for_update(of=("self",)).get(pk=photo.pk)
            if held.file_id is not None:
                return Received(held.size, is_whole=True)
            if held.is_refused:
                raise PictureUnreadable(_("The photo cannot be read. Take it again."))
            have = _appended(held, offset, piece, by)
            if have < held.size:
                return Received(have, is_whole=False)
            _finish(held, by)
    except OtherContent:
        pieces.drop(photo.key)
        raise
    except (PictureUnreadable, FileTypeRefused) as refusal:
        Photo.objects.filter(pk=photo.pk).update(is_refused=True)
        pieces.drop(photo.key)
        raise PictureUnreadable(str(refusal)) from refusal
    # The pieces go when the row is safe; a crash before this leaves them to the cleaning.
    pieces.drop(photo.key)
    return Received(photo.size, is_whole=True)


def drop_stale_pieces(*, by: By) -> int:
    """Forget pieces of photos to which nothing came for long; the phone starts them anew."""
    return pieces.drop_older(by.at - _kept_for())


def received(photo: Photo) -> Received:
    """Return how much of a photo is here."""
    if photo.file_id is not None:
        return Received(photo.size, is_whole=True)
    return Received(min(pieces.length_of(photo.key), photo.size), is_whole=False)


def _kept_for() -> timedelta:
    return timedelta(days=settings.PHOTO_PIECES_DAYS)


def _appended(photo: Photo, offset: int, piece: bytes, by: By) -> int:
    if offset + len(piece) > photo.size:
        raise _other()
    unfinished = Photo.objects.filter(officer=photo.officer_id, file=None, is_refused=False)
    room = settings.PHOTO_ROOM_MB * MEBIBYTE - len(piece)
    if pieces.total_of(unfinished.values_list("key", flat=True)) > room:
        raise NoRoom(
            _("Too many photos are on their way. Finish some of them first; all are kept here.")
        )
    if offset == 0:
        CLEAN.enqueue(by=by, dedup=photo.key, run_after=by.at + _kept_for())
    return pieces.append(photo.key, offset, piece)


def _finish(photo: Photo, by: By) -> None:
    """Check, draw anew and keep a photo of which all bytes are here."""
    content = pieces.content_of(photo.key)
    if pieces.digest_of(photo.key) != photo.sha256:
        raise _other()
    drawn = redrawn(content)
    visit = Visit.objects.filter(key=photo.visit_id).first()
    area = visit.area_id if visit else _first_area(by)
    photo.file = store(
        content if photo.has_place else drawn,
        name=f"{photo.key}.jpg",
        audience=Audience.OFFICIAL,
        area_key=area,
        by=by,
        sealed=True,
        allowed=PICTURES,
    )
    photo.save(update_fields=["file"])
    details = {"visit": photo.visit_id, "digest": photo.file.digest}
    record(events.PHOTO_KEPT, about=photo, by=by, area=area, details=details)


def _first_area(by: By) -> int:
    """Return where the officer works: the visit of a photo may not have come yet."""
    return next((low for low, _high in by.reach.spans), 0)


def _other() -> OtherContent:
    return OtherContent(
        _("What came is not the photo that was announced. It is sent anew, from the beginning.")
    )
