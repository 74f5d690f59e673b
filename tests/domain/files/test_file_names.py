"""What a file is called when it is saved (M3)."""

import pytest

from inbox_app.domain.files.file_names import MOST, disposition, save_as


@pytest.mark.parametrize(
    ("given", "content_type", "name"),
    [
        ("Contratto.pdf", "application/pdf", "Contratto.pdf"),
        ("", "image/jpeg", "image-7.jpg"),
        ("", "application/octet-stream", "application-7.bin"),
        ("../../etc/passwd", "text/plain", "_.._etc_passwd"),
        ("invoice\u202efdp.exe", "application/octet-stream", "invoicefdp.exe"),
        ("a\r\nSet-Cookie: x=1.pdf", "application/pdf", "aSet-Cookie_ x=1.pdf"),
        (".htaccess", "text/plain", "htaccess"),
        ("\u200b", "application/pdf", "application-7.pdf"),
        ("x" * 300 + ".pdf", "application/pdf", "x" * (MOST - 4) + ".pdf"),
        ("عقد الإيجار.pdf", "application/pdf", "عقد الإيجار.pdf"),
    ],
)
def test_a_name_is_kept_but_for_what_could_do_harm(
    given: str, content_type: str, name: str
) -> None:
    assert save_as(given, content_type, 7) == name


def test_a_header_carries_any_name_in_plain_ascii() -> None:
    header = disposition('a"; é عقد.pdf', download=True)
    assert header.isascii()
    assert header.startswith("attachment; filename=\"a__ _ ___.pdf\"; filename*=UTF-8''a%22%3B")
