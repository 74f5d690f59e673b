"""What goes wrong on the way to an address that somebody typed."""

from enum import StrEnum


class PublicAddressProblem(StrEnum):
    """Why nothing came back that can be used."""

    NOT_HTTPS = "not_https"
    NOT_PUBLIC = "not_public"
    """It leads to this machine, its network, or nowhere on the internet."""
    UNKNOWN_HOST = "unknown_host"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    """Its certificate is none that we trust."""
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    REDIRECTED = "redirected"
    """It leads on and on, or to where nothing can be asked."""
    UNREADABLE = "unreadable"
    """What came is no HTTP that we understand."""


class PublicAddressError(Exception):
    """The address itself is not told: it may be a secret."""

    def __init__(self, problem: PublicAddressProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem
