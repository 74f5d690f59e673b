"""What the description of an entry tells of a guest: portals write lines of «Name: value»."""

import re
from dataclasses import dataclass

from inbox_app.domain.links import is_web_address
from inbox_app.domain.people import phones
from inbox_app.domain.people.search_terms import folded


@dataclass(frozen=True, slots=True)
class Details:
    """ "" for what is not told."""

    code: str = ""
    guest_name: str = ""
    phone: str = ""
    phone_ending: str = ""
    url: str = ""


_LINE = re.compile(r"\s*([^:\n]{2,60}?)\s*:\s*(\S.*)")
_ENDING_NAME = re.compile(r"(?:last|ultime|ultimos|letzte[nr]?|derniers|laatste)\D*4|\b4\b")
_PHONE_NAMES = ("phone", "telefono", "telefon", "tel", "mobile", "cell", "handy", "telephone")
_NAME_NAMES = {
    "guest", "guest name", "name", "nome", "ospite", "nome ospite", "nome dell'ospite", "huesped",
    "nombre", "gast", "gastname", "name des gastes", "voyageur", "nom", "traveler", "client",
}  # fmt: skip
_CODE_NAMES = re.compile(
    r"(?:confirmation|reservation|booking|prenotazione|reserva|buchungs?|res)?[ -]*"
    r"(?:code|codice|codigo|number|numero|nummer|id|ref|reference|no|n)\.?"
    r"|booking|reservation|prenotazione|confirmation"
)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{3,39}")
_AIRBNB = re.compile(
    r"airbnb\.[a-z.]+/(?:hosting/reservations/details/|reservation/itinerary\?code=)(\w{6,20})",
    re.IGNORECASE,
)
_AIRBNB_CODE = re.compile(r"\bHM[A-Z0-9]{8}\b")
_LONGEST = 4_000


def details(description: str, summary: str = "", url: str = "") -> Details:
    """Of the lines of a description, and of an address or a code anywhere."""
    text = description[:_LONGEST]
    lines = [match.groups() for line in text.splitlines() if (match := _LINE.fullmatch(line))]
    told = [(folded(name), value.strip()) for name, value in lines]
    address = next(filter(is_web_address, (url, *(value for _, value in told))), "")
    phone = next(filter(None, (_phone(name, value) for name, value in told)), "")
    ending = next(filter(None, (_ending(name, value) for name, value in told)), "")
    return Details(
        code=_portal_code(f"{summary} {text} {url}") or _code(told),
        guest_name=next((v for name, v in told if name in _NAME_NAMES and _is_name(v)), "")[:120],
        phone=phone,
        phone_ending=ending or phone[-4:],
        url=address,
    )


def _portal_code(text: str) -> str:
    """Airbnb's, from the address of the reservation or as it stands."""
    if found := _AIRBNB.search(text):
        return found[1].upper()
    return found[0] if (found := _AIRBNB_CODE.search(text)) else ""


def _code(told: list[tuple[str, str]]) -> str:
    for name, value in told:
        if _CODE_NAMES.fullmatch(name) and _CODE.fullmatch(value) and any(map(str.isdigit, value)):
            return value
    return ""


def _ending(name: str, value: str) -> str:
    """Four digits, of a line that says that it is the last ones; some write «****1234»."""
    if not (_is_phone(name) and _ENDING_NAME.search(name)):
        return ""
    digits = re.sub(r"\D", "", value)
    return digits if len(digits) == 4 else ""


def _phone(name: str, value: str) -> str:
    if not _is_phone(name) or _ENDING_NAME.search(name):
        return ""
    return phones.e164_or_none(value) or ""


def _is_phone(name: str) -> bool:
    return any(part in name for part in _PHONE_NAMES)


def _is_name(value: str) -> bool:
    return any(map(str.isalpha, value)) and "://" not in value and "@" not in value
