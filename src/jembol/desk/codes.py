"""QR codes on pages."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_of(text: str) -> SafeString:
    """Return the text as a QR code to be drawn inside a page; it holds no style and no script."""
    drawn: str = segno.make(text, error="m").svg_inline(
        scale=6, border=4, omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)
