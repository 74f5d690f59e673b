"""Languages, countries, statuses and kinds by the names that tables have for them."""

import re
from functools import cache

from babel import Locale

from inbox_app.domain.imports.dates import LANGUAGES
from inbox_app.domain.locales import is_country, is_language
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.search.search_words import fold, split
from inbox_app.domain.stays.stays import ReservationStatus


def plain(text: str) -> str:
    """Its words, folded, with a blank between them."""
    return " ".join(split(fold(text)))


def language(text: str) -> str | None:
    """BCP 47 of a tag («it», «pt-BR», «en_GB») or of a name in one of our languages."""
    tag = text.replace("_", "-")
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-[A-Za-z]{2})?", tag) and is_language(tag):
        return str(Locale.parse(tag, sep="-")).replace("_", "-")
    return _languages().get(plain(text))


def country(text: str) -> str | None:
    """ISO 3166 of a code or of a name in one of our languages."""
    code = text.upper()
    return code if is_country(code) else _countries().get(plain(text))


def status(text: str) -> ReservationStatus | None:
    return _STATUSES.get(plain(text))


def actor_kind(text: str) -> ActorKind | None:
    return _KINDS.get(plain(text))


@cache
def _languages() -> dict[str, str]:
    return _by_name("languages", re.compile(r"[a-z]{2}"))


@cache
def _countries() -> dict[str, str]:
    found = _by_name("territories", re.compile(r"[A-Z]{2}"))
    return {name: code for name, code in found.items() if is_country(code)}


def _by_name(table: str, codes: re.Pattern[str]) -> dict[str, str]:
    """A name that means two things means nothing."""
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in getattr(Locale.parse(language), table).items():
            if codes.fullmatch(code):
                found.setdefault(plain(name), set()).add(code)
    return {name: next(iter(of)) for name, of in found.items() if len(of) == 1}


def _words_of(table: dict[str, str]) -> dict[str, str]:
    return {plain(word): value for value, words in table.items() for word in words.split(",")}


_STATUSES = {
    word: ReservationStatus(value)
    for word, value in _words_of(
        {
            "inquiry": "inquiry, enquiry, request, richiesta, richiesta di informazioni,"
            " preventivo,"
            "consulta, solicitud, Anfrage, demande, tentative, quote, option, opzione",
            "pending": "pending, awaiting payment, in attesa, in sospeso, da confermare, pendiente,"
            "ausstehend, offen, unbestätigt, en attente, unconfirmed, not confirmed, awaiting",
            "confirmed": "confirmed, ok, booked, accepted, new, modified, reserved, paid, upcoming,"
            "confermata, confermato, prenotata, accettata, modificata, confirmada, confirmado,"
            "reservada, aceptada, bestätigt, gebucht, angenommen, confirmée, confirmé, réservée,"
            "acceptée, conferma",
            "in_stay": "in_stay, in stay, in house, checked in, arrived, currently hosting,"
            "in casa, in corso, arrivato, arrivata, en curso, en casa, alojado, angereist,"
            "eingecheckt, en cours, arrivé, sur place",
            "completed": "completed, checked out, departed, past guest, past, finished, closed,"
            "conclusa, concluso, completata, terminata, partito, finalizada, completada,"
            "abgereist, abgeschlossen, ausgecheckt, beendet, terminée, terminé, parti",
            "cancelled": "cancelled, canceled, cancelled by guest, canceled by guest, declined,"
            "cancelled by host, canceled by host, cancelled by partner, cancelled_by_guest,"
            "cancelled_by_hotel, rejected, refused, expired, annullata, annullato, cancellata,"
            "cancellato, disdetta, rifiutata, scaduta, cancelada, cancelado, anulada, rechazada,"
            "storniert, abgesagt, abgelehnt, annulliert, annulée, annulé, refusée",
            "no_show": "no_show, no show, noshow, non presentato, mancato arrivo, no presentado,"
            "nicht erschienen, nicht angereist, non présenté",
            "owner_stay": "owner_stay, owner stay, owner, owner block, proprietario,"
            "soggiorno proprietario, estancia del propietario, propietario, Eigentümer,"
            "Eigenbelegung, Eigennutzung, propriétaire, séjour propriétaire",
            "block": "block, blocked, closed dates, unavailable, not available, maintenance,"
            " blocco,"
            "bloccata, bloccato, non disponibile, manutenzione, bloqueo, bloqueada, no disponible,"
            "gesperrt, blockiert, nicht verfügbar, bloqué, bloquée, indisponible",
        }
    ).items()
}
_KINDS = {
    word: ActorKind(value)
    for word, value in _words_of(
        {
            "guest": "guest, guests, tourist, customer, client, turista, ospite, cliente, huésped,"
            "viajero, Gast, Kunde, voyageur, hôte, vacancier, locataire",
            "owner": "owner, landlord, proprietario, proprietaria, padrone, propietario,"
            "propietaria, dueño, Eigentümer, Eigentümerin, Besitzer, Vermieter, propriétaire",
            "supplier": "supplier, vendor, contractor, cleaner, cleaning, service, fornitore,"
            "fornitrice, pulizie, manutentore, proveedor, proveedora, limpieza, Lieferant,"
            "Dienstleister, Reinigung, fournisseur, prestataire, ménage",
        }
    ).items()
}
