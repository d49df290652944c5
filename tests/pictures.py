"""Pictures for tests, of one colour."""

import io

from PIL import Image

GREEN = "#0f5c52"


def picture(width=40, height=30, kind="PNG", **more):
    """A small picture as bytes."""
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), GREEN).save(drawn, kind, **more)
    return drawn.getvalue()
