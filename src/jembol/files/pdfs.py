"""Put PDF documents together."""

import io
from collections.abc import Iterable

import pypdfium2


def joined(documents: Iterable[bytes]) -> bytes:
    """Return the pages of all documents as one, in their order; each page keeps its size."""
    whole = pypdfium2.PdfDocument.new()
    try:
        for document in documents:
            part = pypdfium2.PdfDocument(document)
            whole.import_pages(part)
            part.close()
        written = io.BytesIO()
        whole.save(written)
        return written.getvalue()
    finally:
        whole.close()
