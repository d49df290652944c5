"""What a reader's program finds in our PDF: text, pages in millimetres, QR codes."""

from contextlib import contextmanager

import pypdfium2
import zxingcpp

MM_OF_POINT = 25.4 / 72


@contextmanager
def opened(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def text_of(pdf):
    """All text, in one line."""
    with opened(pdf) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return " ".join(" ".join(pages).split())


def sheets_of(pdf):
    """Width and height of every page in whole millimetres."""
    with opened(pdf) as document:
        return [tuple(round(side * MM_OF_POINT) for side in page.get_size()) for page in document]


def picture_of(pdf, page=0, dots_per_inch=150):
    with opened(pdf) as document:
        return document[page].render(scale=dots_per_inch / 72).to_pil()


def codes_in(pdf, page=0):
    """What the QR codes of a page say, as a phone reads them."""
    return [found.text for found in zxingcpp.read_barcodes(picture_of(pdf, page))]
