"""Drawings that papers hold, as SVG for the template's `image(bytes(…), format: "svg")`."""

import io

import segno


def qr_svg(text: str) -> str:
    """Return the QR code of a text, readable with a quarter of it hidden or stained.

    The quiet zone of four modules that ISO/IEC 18004 asks for is part of the drawing.
    """
    drawn = io.BytesIO()
    code = segno.make(text, error="q", micro=False, boost_error=False)
    code.save(drawn, kind="svg", xmldecl=False, svgns=True, nl=False, border=4, light="#fff")
    return drawn.getvalue().decode()
