"""Materials and photographs of a class."""

from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.files.actions import store
from jembol.files.choices import Audience, MediaType
from jembol.files.pictures import redrawn
from jembol.journal.by import By
from jembol.journal.record import record
from jembol.training import errors, events
from jembol.training.actions.holding import fitting_in, given_in, hold, officer_id
from jembol.training.choices import PhotoGround
from jembol.training.models import Class, Material, Photo, Session

MEBIBYTE = 1024 * 1024
LARGEST_PHOTO = 20 * MEBIBYTE
READABLE = (MediaType.PDF, MediaType.PNG, MediaType.JPEG, MediaType.WEBP, MediaType.XLSX)


@transaction.atomic
def add_material(
    *,
    training_class: Class,
    title: str,
    by: By,
    address: str = "",
    content: IO[bytes] | bytes | None = None,
    name: str = "",
    is_public: bool = True,
) -> Material:
    """Give a class something to read or watch: a file, or an address.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        NotAMaterial: both a file and an address, or neither, or an address that is none.
        ValueMissing: the title is empty.
        TextTooLong: a text does not fit.
        TextUnreadable: a text holds signs that cannot be stored.
        FileTooBig: the file has more bytes than the limit.
        FileEmpty: the file has none.
        FileTypeRefused: the file is neither PDF, picture nor workbook.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    link = fitting_in(Material, "address", address)
    if bool(link) == (content is not None) or (link and not link.startswith("https://")):
        raise errors.NotAMaterial(
            _("Choose one file, or write one address that begins with https://."), field="address"
        )
    audience = Audience.PUBLIC if is_public else Audience.OFFICIAL
    material = Material(
        training_class=held,
        title=given_in(Material, "title", title),
        address=link,
        is_public=is_public,
        at=by.at,
    )
    if content is not None:
        material.file = store(
            content, name=name, audience=audience, area_key=held.area_id, by=by, allowed=READABLE
        )
    material.save()
    details = {"title": material.title, "address": link}
    record(events.MATERIAL_ADDED, about=material, by=by, area=held.area_id, details=details)
    return material


@transaction.atomic
def remove_material(*, material: Material, why: str, by: By) -> None:
    """Take a material from its class; the journal keeps its title.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
    """
    held = hold(material.training_class)
    by.must_cover(held.area_id)
    about, details = ("training.material", material.pk), {"title": material.title}
    material.delete()
    area = held.area_id
    record(events.MATERIAL_REMOVED, about=about, by=by, area=area, why=why, details=details)


@transaction.atomic
def add_photo(
    *,
    training_class: Class,
    content: IO[bytes],
    name: str,
    ground: str,
    by: By,
    session: Session | None = None,
    caption: str = "",
) -> Photo:
    """Keep a photograph, drawn anew without the place and the camera.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
        PictureUnreadable: the file is no picture, or too large a one.
        NotOfThisClass: the day belongs to another class.
        TextTooLong: the caption does not fit.
        TextUnreadable: the caption holds signs that cannot be stored.
    """
    held = hold(training_class)
    by.must_cover(held.area_id)
    if session is not None and session.training_class_id != held.pk:
        raise errors.NotOfThisClass(
            _("That day belongs to another class. Load the page again."), field="session"
        )
    drawn = redrawn(content.read(LARGEST_PHOTO + 1))
    reason = PhotoGround(ground)
    # Official even where everybody agreed: showing it is decided where it is shown.
    file = store(
        drawn,
        name=f"{name.rpartition('.')[0] or 'foto'}.jpg",
        audience=Audience.OFFICIAL,
        area_key=held.area_id,
        by=by,
        sealed=reason is PhotoGround.PAPERS,
        allowed=(MediaType.JPEG,),
    )
    photo = Photo.objects.create(
        training_class=held,
        session=session,
        file=file,
        caption=fitting_in(Photo, "caption", caption),
        ground=reason,
        officer_id=officer_id(by),
        at=by.at,
    )
    details = {"ground": photo.ground, "caption": photo.caption}
    record(events.PHOTO_ADDED, about=photo, by=by, area=held.area_id, details=details)
    return photo


@transaction.atomic
def remove_photo(*, photo: Photo, why: str, by: By) -> None:
    """Take a photograph from its class, as when somebody in it no longer agrees.

    Raises:
        OutOfReach: the class lies outside the actor's duty.
    """
    held = hold(photo.training_class)
    by.must_cover(held.area_id)
    about = ("training.photo", photo.pk)
    photo.delete()
    record(events.PHOTO_REMOVED, about=about, by=by, area=held.area_id, why=why)
