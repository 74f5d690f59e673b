"""Which addresses are public."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

LONGEST = 2_000

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_OF_CLOUDS = (IPv4Network("168.63.129.16/32"), IPv4Network("192.0.0.0/24"))
"""Azure's and Oracle's, by which machines are told of themselves; Python may call them global."""


def is_public(address: str) -> bool:
    """Whether an IP address is somebody's on the internet; also one that is wrapped in another."""
    ip = ip_address(address.partition("%")[0])
    return _is_public_v6(ip) if isinstance(ip, IPv6Address) else _is_public_v4(ip)


def is_https(url: str) -> bool:
    """Whether it is one whole https address without a name and password in it."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    plain = url.isprintable() and " " not in url and "\\" not in url
    return plain and named and parts.scheme == "https" and not parts.username and len(url) < LONGEST


def _is_public_v4(ip: IPv4Address) -> bool:
    return ip.is_global and not ip.is_multicast and not any(ip in cloud for cloud in _OF_CLOUDS)


def _is_public_v6(ip: IPv6Address) -> bool:
    if ip in _NAT64:
        return _is_public_v4(IPv4Address(ip.packed[-4:]))
    inside = ip.ipv4_mapped or ip.sixtofour
    if inside is not None:
        return _is_public_v4(inside)
    return ip.is_global and ip in _GLOBAL_UNICAST and ip.teredo is None
