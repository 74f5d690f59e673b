"""PDFs: how many pages, and the first as a picture."""

from pathlib import Path

import pypdfium2

from inbox_app.previews.findings import Findings, UnreadableError
from inbox_app.previews.pictures import THUMB_SIDE, make_thumb

_LONGEST_SIDE = 14_400
"""Points: the largest page that the format knows."""


def look(file: Path, content_type: str, made: Path) -> Findings:
    """A PDF that wants a password is shown without its first page.

    Raises ``UnreadableError`` for what is none, or has no page.
    """
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            return Findings(content_type=content_type)
        raise UnreadableError from error
    try:
        pages = len(document)
        if not pages:
            raise UnreadableError
        _draw_first(document, made)
    finally:
        document.close()
    return Findings(content_type=content_type, pages=pages)


def _draw_first(document: pypdfium2.PdfDocument, made: Path) -> None:
    page = document[0]
    longest = max(page.get_size())
    if not 0 < longest <= _LONGEST_SIDE:
        return
    make_thumb(page.render(scale=THUMB_SIDE / longest).to_pil(), made)
