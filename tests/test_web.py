"""Who is calling, through proxies."""

import pytest
from starlette.datastructures import Headers

from inbox_app.web import client_address


@pytest.mark.parametrize(
    ("lines", "hops", "address"),
    [
        (["10.9.8.7"], 0, "192.0.2.1"),
        ([], 1, "192.0.2.1"),
        (["10.9.8.7, 192.0.2.7"], 1, "192.0.2.7"),
        (["10.9.8.7", "192.0.2.7"], 1, "192.0.2.7"),
        (["10.9.8.7, 192.0.2.7", "192.0.2.8"], 2, "192.0.2.7"),
        (["192.0.2.7"], 2, "192.0.2.1"),
    ],
)
def test_the_word_of_our_own_proxies_counts_on_one_line_or_several(
    lines: list[str], hops: int, address: str
) -> None:
    headers = Headers(raw=[(b"x-forwarded-for", line.encode()) for line in lines])
    assert client_address("192.0.2.1", headers, hops) == address
