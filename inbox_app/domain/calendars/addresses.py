"""Addresses of calendars, as people paste them."""

from urllib.parse import urlsplit

from inbox_app.domain.calendars.portals import portal_of_address

_LONGEST_LABEL = 60


def cleaned_address(given: str) -> str:
    """As it is asked for: `webcal:` is https, and what calendars copy around it is left out."""
    address = "".join(given.split()).strip("<>\"'")
    scheme, found, rest = address.partition("://")
    if found and scheme.lower() in {"webcal", "webcals"}:
        return f"https://{rest}"
    return address if found or not address else f"https://{address}"


def masked(address: str) -> str:
    """What may be shown of it: whose it is, and how it ends, by which two are told apart. What
    stands between opens the calendar."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    name = portal_of_address(address) or host.removeprefix("www.")
    return f"{name[:_LONGEST_LABEL]} …{_ending(address)}"


def _ending(address: str) -> str:
    letters = [char for char in address if char.isalnum()]
    return "".join(letters[-4:])
