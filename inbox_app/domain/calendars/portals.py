"""Whose calendar it is, and what its entries call a stay, a block or a guest."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from inbox_app.domain.people.search_terms import folded


class Portal(NamedTuple):
    """`marks` are parts of its addresses, of its calendars' PRODID and of its entries' ids."""

    name: str
    marks: tuple[str, ...]


PORTALS = (
    Portal("Airbnb", ("airbnb",)),
    Portal("Booking.com", ("booking.com", "booking com")),
    Portal("Vrbo", ("vrbo", "homeaway", "abritel", "fewo-direkt", "expediapartner", "stayz")),
    Portal("Smoobu", ("smoobu",)),
    Portal("Guesty", ("guesty",)),
    Portal("Tripadvisor", ("tripadvisor", "flipkey", "holidaylettings")),
    Portal("Lodgify", ("lodgify",)),
    Portal("Hostaway", ("hostaway",)),
    Portal("Beds24", ("beds24",)),
    Portal("Avantio", ("avantio",)),
    Portal("Google Calendar", ("calendar.google.com", "google inc")),
)
_GATHERING = {"Smoobu", "Guesty", "Lodgify", "Hostaway", "Beds24", "Avantio", "Google Calendar"}
"""Their calendars hold stays that were booked elsewhere."""


def portal_of(*marks: str) -> str:
    """The name of the portal that the first of `marks` speaks of; "" for none that we know."""
    for mark in map(str.lower, marks):
        for portal in PORTALS:
            if any(part in mark for part in portal.marks):
                return portal.name
    return ""


def portal_of_address(url: str) -> str:
    """By the host of a calendar's address."""
    try:
        return portal_of(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def booked_at(calendar: str, *marks: str) -> str:
    """Where a stay was booked: of a calendar that gathers, what its entry says."""
    if calendar not in _GATHERING:
        return calendar
    named = portal_of(*marks)
    return "" if named in _GATHERING else named


class Said(NamedTuple):
    """What a summary says: that nobody comes, that it is not certain yet, and a guest's name."""

    is_block: bool
    is_tentative: bool
    guest_name: str


_BLOCKS = """
not available|unavailable|no availability|not bookable|blocked|blocked dates|block|closed
closed period|out of service|maintenance|hold|preparation time|advance notice|booking window
smart calendar rule|rental period|annual block limit|busy|turnover|cleaning
owner|owner stay|owner block|owner reservation|owner booking|owner use
non disponibile|bloccato|blocco|chiuso|chiusura|manutenzione|occupato|uso proprio|pulizie
proprietario|soggiorno del proprietario
no disponible|bloqueado|bloqueo|cerrado|mantenimiento|ocupado|limpieza
propietario|estancia del propietario
nicht verfugbar|blockiert|geblockt|gesperrt|geschlossen|wartung|belegt|reinigung
eigentumer|eigenbelegung|eigennutzung
indisponible|non disponible|bloque|ferme|entretien|menage|proprietaire|sejour proprietaire
indisponivel|nao disponivel|niet beschikbaar|geblokkeerd
"""
_IS_BLOCK = re.compile(rf"(?:(?:{'|'.join(_BLOCKS.split(chr(10))[1:-1])})[\W_]*)+")
_STAYS = (
    "reserved", "reservation", "booking", "booked", "confirmed", "guest", "stay",
    "prenotato", "prenotata", "prenotazione", "riservato", "riservata", "ospite",
    "reservado", "reservada", "reserva", "huesped", "reserve", "reservee", "voyageur",
    "reserviert", "gebucht", "buchung", "reservierung", "gast", "gereserveerd", "boeking",
    "new booking", "new reservation", "airbnb", "vrbo", "homeaway", "abritel", "fewo-direkt",
    "booking.com", "smoobu", "guesty", "expedia", "direct booking", "direct", "manual", "website",
)  # fmt: skip
_TENTATIVE = (
    "tentative", "provisional", "pending", "request", "option", "provvisorio", "provvisoria",
    "in attesa", "opzione", "provisoire", "pendiente", "provisional", "vorlaufig", "anfrage",
)  # fmt: skip
_PARTS = re.compile(r"\s+[-–—|]\s+|\s*[|:(),/]\s*")
_CODE = re.compile(r"(?=[\w-]*\d)[A-Z0-9][A-Z0-9-]{4,}")
_LONGEST_NAME = 120


def said(summary: str) -> Said:
    """Of «Reserved - Anna Weber», «Airbnb (Not available)», «John Smith (HMABCD1234)» and the like;
    a calendar in any of the languages that people host in."""
    parts = [part.strip() for part in _PARTS.split(summary) if part.strip()]
    plain = [folded(part) for part in parts]
    if any(_IS_BLOCK.fullmatch(part) for part in plain):
        return Said(is_block=True, is_tentative=False, guest_name="")
    names = [
        part
        for part, folded_part in zip(parts, plain, strict=True)
        if folded_part not in (*_STAYS, *_TENTATIVE) and not _CODE.fullmatch(part)
    ]
    return Said(
        is_block=False,
        is_tentative=any(part in _TENTATIVE for part in plain),
        guest_name=_name(names),
    )


def _name(parts: list[str]) -> str:
    """The first that is made of letters."""
    lettered = (part for part in parts if any(map(str.isalpha, part)))
    return next(lettered, "")[:_LONGEST_NAME]
