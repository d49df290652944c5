"""Drawings that papers hold, as SVG for the template's `image(bytes(…), format: "svg")`."""

from typing import Final

import segno

_NAMESPACE: Final = "http://www.w3.org/2000/svg"


def qr_svg(text: str) -> str:
    """Return the QR code of a text, readable with a quarter of it hidden or stained.

    The quiet zone of four modules that ISO/IEC 18004 asks for is part of the drawing.
    """
    code = segno.make(text, error="q", micro=False, boost_error=False)
    # Inline SVG names no namespace, without which typst knows no drawing.
    drawn: str = code.svg_inline(border=4, light="#fff")
    return drawn.replace("<svg ", f'<svg xmlns="{_NAMESPACE}" ', 1)
