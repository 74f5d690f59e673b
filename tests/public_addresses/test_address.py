"""Which addresses are public, and which are https."""

import pytest

from inbox_app.public_addresses.address import is_https, is_public


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_an_address_on_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "::1", "::"),  # noqa: S104 - none is listened on
        *("10.1.2.3", "172.16.0.1", "192.168.1.1", "fc00::1", "fd12:3456::1"),
        *("169.254.169.254", "169.254.170.2", "fd00:ec2::254", "100.100.100.200", "168.63.129.16"),
        *("fe80::1", "fe80::1%eth0", "100.64.0.1", "192.0.0.192", "198.18.0.1", "240.0.0.1"),
        *("224.0.0.1", "255.255.255.255", "ff0e::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("2002:7f00:1::", "2002:a9fe:a9fe::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
    ],
)
def test_one_of_this_machine_its_network_or_its_cloud_is_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://www.airbnb.com/calendar/ical/1.ics?s=abc", True),
        ("https://93.184.216.34:8443/x", True),
        ("http://www.airbnb.com/x", False),
        ("ftp://www.airbnb.com/x", False),
        ("https://", False),
        ("https:///x", False),
        ("https://name:secret@www.airbnb.com/x", False),
        ("https://www.airbnb.com/a b", False),
        ("https://www.airbnb.com/\n", False),
        ("https://www.airbnb.com\\@evil.example/", False),
        ("https://www.airbnb.com:99999/", False),
        ("https://[::1/", False),
        ("https://www.airbnb.com/" + "x" * 2000, False),
    ],
)
def test_only_a_whole_https_address_without_a_password_is_asked(url: str, fits: bool) -> None:
    assert is_https(url) is fits
