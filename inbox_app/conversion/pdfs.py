"""Whether a PDF opens without a password, and how many pages it has (M2)."""

from pathlib import Path

import pypdfium2
import pypdfium2.raw

from inbox_app.domain.files.outgoing_files import FileProblem, FileRefusedError


def pages(source: Path) -> int:
    """Raises ``FileRefusedError``."""
    try:
        with pypdfium2.PdfDocument(source) as document:
            count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        problem = FileProblem.ENCRYPTED_PDF if locked else FileProblem.BROKEN_PDF
        raise FileRefusedError(problem) from None
    if count == 0:
        raise FileRefusedError(FileProblem.BROKEN_PDF)
    return count
