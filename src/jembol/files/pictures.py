"""Draw a picture anew: smaller, upright, and without what a camera writes into it.

A photograph of a telephone holds where and when it was taken, and with which device (Exif 2.32,
GPS IFD). Drawing it anew keeps the pixels alone.
"""

import io
import warnings
from typing import Final

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from jembol.files.errors import PictureUnreadable

LONGEST_SIDE: Final = 1600
MOST_PIXELS: Final = 60_000_000
"""Of a larger picture nothing is unpacked: 60 megapixels take 180 MB of memory."""
QUALITY: Final = 82


def redrawn(content: bytes, *, longest_side: int = LONGEST_SIDE) -> bytes:
    """Return the picture as JPEG with its longest side at most so many pixels.

    Raises:
        PictureUnreadable: the bytes are no picture, a broken one, or one of too many pixels.
    """
    try:
        with warnings.catch_warnings():
            # Pillow warns of its own bound, which is higher than ours.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content)) as picture:
                _refuse_giants(picture)
                upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        raise PictureUnreadable(
            _(
                "The picture cannot be read. Take it again, or save it as JPEG or PNG and hand "
                "that one in."
            )
        ) from fault
    upright.thumbnail((longest_side, longest_side))
    drawn = io.BytesIO()
    upright.save(drawn, "JPEG", quality=QUALITY, optimize=True)
    return drawn.getvalue()


def _refuse_giants(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise PictureUnreadable(
            _(
                "The picture has %(pixels)d million pixels; at most %(most)d are taken. "
                "Make it smaller."
            )
            % {
                "pixels": picture.width * picture.height // 1_000_000,
                "most": MOST_PIXELS // 1_000_000,
            }
        )
