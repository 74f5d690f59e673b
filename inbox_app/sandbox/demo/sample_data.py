"""The demo company: its homes, the people it works with, their stays; dates follow today."""

import csv
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people import phones
from inbox_app.domain.people.actors import ActorKind
from inbox_app.domain.stays.accommodations import AccommodationFacts
from inbox_app.domain.stays.stays import ReservationStatus
from inbox_app.models import Accommodation, Actor, ActorPhone, Reservation, ReservationGuest
from inbox_app.models.base import Table
from inbox_app.services.people.write_terms import write_terms
from inbox_app.services.stays.put_accommodation import put_accommodation
from inbox_app.vault import Vault

GUEST, OWNER, SUPPLIER = ActorKind.GUEST, ActorKind.OWNER, ActorKind.SUPPLIER


@dataclass(frozen=True, slots=True)
class Home:
    """An accommodation."""

    key: str
    name: str
    address: str
    timezone: str = "Europe/Rome"
    country: str = "IT"
    instructions: str = ""
    door_code: str = ""
    wifi: str = ""
    """The password; "" where guests are told of no network."""
    parking: str = ""
    rules: str = ""


HOMES = (
    Home(
        "casa-blu",
        "Casa Blu",
        "Via San Vito 12, Polignano a Mare",
        instructions="La porta blu accanto al forno; la chiave è nella cassetta a destra.",
        door_code="2741",
        wifi="mareblu2026",
        parking="Via Cala Ponte, 5 minuti a piedi",
        rules="Silenzio dalle 23 alle 8, anche in terrazza.\nNon si fuma in casa.\n"
        "I rifiuti si portano fuori la sera prima: lunedì plastica, martedì carta, giovedì vetro.\n"
        "Gli animali sono benvenuti, ma non sui letti.",
    ),
    Home(
        "villa-ginestra",
        "Villa Ginestra",
        "Contrada Pozzo Vivo 3, Polignano a Mare",
        instructions="Il cancello si apre con lo stesso codice.",
        door_code="5580",
        wifi="ulivi-e-mare",
        parking="nel cortile, due posti",
    ),
    Home("trullo-2", "Trullo 2", "Via Monte Pertica 24, Alberobello"),
    Home("casa-do-mar", "Casa do Mar", "Rua da Praia 7, Cascais", "Europe/Lisbon", "PT"),
)


@dataclass(frozen=True, slots=True)
class Contact:
    """An actor; the phones as the property-management system wrote them, between semicolons."""

    key: str
    kind: ActorKind
    name: str
    phones: str
    language: str
    country: str


CONTACTS = (
    Contact("ada", GUEST, "Ada Bianchi", "+39 347 123 4567", "it", "IT"),
    Contact("marie", GUEST, "Marie Lefèvre", "+33 6 12 34 56 78", "fr", "FR"),
    Contact("juergen", GUEST, "Jürgen Schäfer", "+49 1512 3456789", "de", "DE"),
    Contact("sara", GUEST, "سارة العتيبي", "+966 50 123 4567", "ar", "SA"),
    Contact("emma", GUEST, "Emma Taylor", "+44 7700 900123", "en", "GB"),
    Contact("joao", GUEST, "João Pereira", "+55 31 98765-4321", "pt-BR", "BR"),
    Contact("sofia", GUEST, "Sofía García", "+34 612 34 56 78", "es", "ES"),
    Contact(
        "bart",
        GUEST,
        "Bartholomew Featherstonehaugh-Cholmondeley",
        "+44 7700 900456",
        "en",
        "GB",
    ),
    Contact("giuseppe", OWNER, "Giuseppe Ferrari di Montecalvo", "+39 335 111 2233", "it", "IT"),
    Contact("paola", OWNER, "Paola Conti", "+39 340 123 9876", "it", "IT"),
    Contact("lucia", GUEST, "Lucia Marchetti", "+39 348 772 0519", "it", "IT"),
    Contact("ines", GUEST, "Inês Carvalho", "+351 912 345 678", "pt", "PT"),
    Contact("chiara", GUEST, "Chiara Lombardi", "333 456 7890", "it", "IT"),
    Contact(
        "antonio",
        OWNER,
        "Antonio Greco",
        "+39 347 220 1188; +39 080 555 0177; 340 118 2299",
        "it",
        "IT",
    ),
    Contact("lavanderia", SUPPLIER, "Lavanderia La Perla", "", "it", "IT"),
    Contact("rossi", SUPPLIER, "Pulizie Rossi", "+39 328 987 6543", "it", "IT"),
    Contact("elettrica", SUPPLIER, "Elettrica Murgia", "+39 338 666 7788", "it", "IT"),
)


_STAYS = Path(__file__).with_name("stays.csv")
"""Reservations; `arrives` and `leaves` in days from today, money in euro."""


async def write_sample_data(
    session: AsyncSession, account_id: int, today: date, now: datetime, vault: Vault
) -> dict[str, int]:
    """Write it all; the actors' ids by key."""
    for home in HOMES:
        await put_accommodation(session, account_id, home.key, _facts(home), now, vault=vault)
    query = select(Accommodation.external_id, Accommodation.id)
    ours = query.where(col(Accommodation.account_id) == account_id)
    homes = dict((await session.exec(ours)).all())
    actors = {one.key: await _contact(session, account_id, one, now) for one in CONTACTS}
    with _STAYS.open(encoding="utf-8", newline="") as file:
        stays = list(csv.DictReader(file))
    for stay in stays:
        row = _reservation(account_id, stay, homes[stay["home"]], today, now)
        await _add(session, row)
        guest = actors[stay["guest"]]
        await _add(session, _guest(account_id, row.id, guest))
    return actors


def _facts(home: Home) -> AccommodationFacts:
    return AccommodationFacts(
        name=home.name,
        address=home.address,
        timezone=home.timezone,
        country=home.country,
        check_in_time="16:00",
        check_out_time="10:00",
        check_in_instructions=home.instructions,
        door_code=home.door_code,
        wifi_name=home.wifi and f"{home.name} ospiti",
        wifi_password=home.wifi,
        parking=home.parking,
        house_rules=home.rules,
    )


async def _contact(session: AsyncSession, account_id: int, one: Contact, now: datetime) -> int:
    actor = Actor(
        account_id=account_id,
        external_id=one.key,
        kind=one.kind,
        name=one.name,
        language=one.language,
        country=one.country,
        created_at=now,
    )
    await _add(session, actor)
    for position, raw in enumerate(filter(None, one.phones.split("; "))):
        await _add(session, _phone(actor, position, raw))
    await write_terms(session, account_id, [actor.id])
    return actor.id


def _phone(actor: Actor, position: int, raw: str) -> ActorPhone:
    e164 = phones.e164_or_none(raw)
    return ActorPhone(
        account_id=actor.account_id,
        actor_id=actor.id,
        position=position,
        raw=raw,
        e164=e164,
        match_key=e164 and phones.canonical(e164),
    )


def _reservation(
    account_id: int, stay: dict[str, str], home_id: int, today: date, now: datetime
) -> Reservation:
    return Reservation(
        account_id=account_id,
        external_id=stay["code"],
        code=stay["code"],
        accommodation_id=home_id,
        check_in=today + timedelta(days=int(stay["arrives"])),
        check_out=today + timedelta(days=int(stay["leaves"])),
        status=ReservationStatus(stay["status"]),
        adults=int(stay["adults"]),
        children=int(stay["children"]),
        infants=int(stay["infants"]),
        pets=int(stay["pets"]),
        arrival_time=stay["arrival_time"] or None,
        portal=stay["portal"],
        portal_code=stay["portal_code"] or None,
        total=Decimal(stay["total"]),
        balance=Decimal(stay["balance"]),
        currency="EUR",
        notes=stay["notes"] or None,
        created_at=now,
    )


def _guest(account_id: int, reservation_id: int, actor_id: int) -> ReservationGuest:
    return ReservationGuest(account_id=account_id, reservation_id=reservation_id, actor_id=actor_id)


async def _add(session: AsyncSession, row: Table) -> None:
    session.add(row)
    await session.flush()
