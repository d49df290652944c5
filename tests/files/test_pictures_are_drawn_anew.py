"""A photograph loses place and camera, stands upright and fits; a bomb is refused unread."""

import io

import pytest
from PIL import Image

from jembol.files.errors import PictureUnreadable
from jembol.files.pictures import redrawn
from pictures import picture

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def photograph(width, height, kind="JPEG", **more):
    return picture(width, height, kind, **more)


def test_place_and_camera_are_gone_and_the_picture_is_upright():
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "Kamera"
    exif.get_ifd(GPS)[1] = "S"
    taken = photograph(400, 300, exif=exif)
    assert Image.open(io.BytesIO(taken)).getexif()[MAKE] == "Kamera"

    picture = Image.open(io.BytesIO(redrawn(taken)))

    assert dict(picture.getexif()) == {}
    assert picture.size == (300, 400)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_one_is_made_smaller_and_a_small_one_stays(kind):
    large, small = (
        Image.open(io.BytesIO(redrawn(photograph(*size, kind))))
        for size in ((3200, 1600), (320, 160))
    )

    assert (large.size, small.size) == ((1600, 800), (320, 160))
    assert large.format == "JPEG"


@pytest.mark.parametrize(
    "content", [b"", b"no picture", photograph(40, 30)[:200], b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(PictureUnreadable):
        redrawn(content)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    # 81 megapixels of one colour are a file of a few kilobytes.
    with pytest.raises(PictureUnreadable, match="81 million"):
        redrawn(photograph(9000, 9000, "PNG"))
