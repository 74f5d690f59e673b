"""The demo company: its homes, the people it works with, their stays; dates follow today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain import phones
from inbox_app.domain.actors import ActorKind
from inbox_app.domain.stays import ReservationStatus
from inbox_app.models import Accommodation, Actor, ActorPhone, Reservation, ReservationGuest
from inbox_app.models.base import Table

GUEST, OWNER, SUPPLIER = ActorKind.GUEST, ActorKind.OWNER, ActorKind.SUPPLIER


@dataclass(frozen=True, slots=True)
class Home:
    """An accommodation."""

    key: str
    name: str
    address: str
    timezone: str = "Europe/Rome"
    country: str = "IT"


HOMES = (
    Home("casa-blu", "Casa Blu", "Via San Vito 12, Polignano a Mare"),
    Home("villa-ginestra", "Villa Ginestra", "Contrada Pozzo Vivo 3, Polignano a Mare"),
    Home("trullo-2", "Trullo 2", "Via Monte Pertica 24, Alberobello"),
    Home("casa-do-mar", "Casa do Mar", "Rua da Praia 7, Cascais", "Europe/Lisbon", "PT"),
)


@dataclass(frozen=True, slots=True)
class Contact:
    """An actor; `phone` as the property-management system wrote it."""

    key: str
    kind: ActorKind
    name: str
    phone: str
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
    Contact("rossi", SUPPLIER, "Pulizie Rossi", "+39 328 987 6543", "it", "IT"),
    Contact("elettrica", SUPPLIER, "Elettrica Murgia", "+39 338 666 7788", "it", "IT"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A reservation; `arrives` and `leaves` in days from today."""

    code: str
    home: str
    guest: str
    arrives: int
    leaves: int
    status: ReservationStatus
    adults: int
    children: int = 0
    portal: str
    total: str
    balance: str = "0.00"
    notes: str | None = None


STAYS = (
    Stay(
        code="VG-2214",
        home="villa-ginestra",
        guest="ada",
        arrives=-4,
        leaves=1,
        status=ReservationStatus.IN_STAY,
        adults=2,
        children=1,
        portal="Booking.com",
        total="1240.00",
        balance="310.00",
        notes="Culla nella camera piccola. Allergia alle piume.",
    ),
    Stay(
        code="VG-1980",
        home="villa-ginestra",
        guest="ada",
        arrives=-380,
        leaves=-373,
        status=ReservationStatus.COMPLETED,
        adults=2,
        portal="Booking.com",
        total="1680.00",
    ),
    Stay(
        code="CB-3107",
        home="casa-blu",
        guest="marie",
        arrives=0,
        leaves=5,
        status=ReservationStatus.CONFIRMED,
        adults=4,
        portal="Airbnb",
        total="890.00",
        notes="Arrivo in auto: serve il parcheggio.",
    ),
    Stay(
        code="T2-1189",
        home="trullo-2",
        guest="juergen",
        arrives=10,
        leaves=17,
        status=ReservationStatus.CONFIRMED,
        adults=2,
        portal="Airbnb",
        total="1120.00",
        balance="560.00",
    ),
    Stay(
        code="CB-3055",
        home="casa-blu",
        guest="sara",
        arrives=-9,
        leaves=-2,
        status=ReservationStatus.COMPLETED,
        adults=3,
        children=2,
        portal="Booking.com",
        total="1505.00",
    ),
    Stay(
        code="CM-0421",
        home="casa-do-mar",
        guest="emma",
        arrives=-1,
        leaves=3,
        status=ReservationStatus.IN_STAY,
        adults=2,
        portal="Diretta",
        total="640.00",
    ),
    Stay(
        code="VG-2240",
        home="villa-ginestra",
        guest="joao",
        arrives=21,
        leaves=28,
        status=ReservationStatus.CONFIRMED,
        adults=2,
        portal="Booking.com",
        total="1750.00",
        balance="1400.00",
    ),
    Stay(
        code="T2-1195",
        home="trullo-2",
        guest="bart",
        arrives=-3,
        leaves=0,
        status=ReservationStatus.IN_STAY,
        adults=1,
        portal="Vrbo",
        total="420.00",
    ),
    Stay(
        code="CB-3120",
        home="casa-blu",
        guest="sofia",
        arrives=40,
        leaves=47,
        status=ReservationStatus.INQUIRY,
        adults=2,
        children=1,
        portal="Diretta",
        total="1330.00",
        balance="1330.00",
    ),
)


async def write_world(
    session: AsyncSession, account_id: int, today: date, now: datetime
) -> dict[str, int]:
    """Write it all; the actors' ids by key."""
    homes = {home.key: await _home(session, account_id, home, now) for home in HOMES}
    actors = {one.key: await _contact(session, account_id, one, now) for one in CONTACTS}
    for stay in STAYS:
        await _stay(session, account_id, stay, homes[stay.home], actors[stay.guest], today, now)
    return actors


async def _home(session: AsyncSession, account_id: int, home: Home, now: datetime) -> int:
    row = Accommodation(
        account_id=account_id,
        external_id=home.key,
        name=home.name,
        address=home.address,
        timezone=home.timezone,
        country=home.country,
        check_in_time="16:00",
        check_out_time="10:00",
        created_at=now,
    )
    await _add(session, row)
    return row.id


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
    e164 = phones.e164_or_none(one.phone)
    phone = ActorPhone(
        account_id=account_id,
        actor_id=actor.id,
        raw=one.phone,
        e164=e164,
        match_key=e164 and phones.canonical(e164),
    )
    await _add(session, phone)
    return actor.id


async def _stay(
    session: AsyncSession,
    account_id: int,
    stay: Stay,
    home_id: int,
    guest_id: int,
    today: date,
    now: datetime,
) -> None:
    row = Reservation(
        account_id=account_id,
        external_id=stay.code,
        code=stay.code,
        accommodation_id=home_id,
        check_in=today + timedelta(days=stay.arrives),
        check_out=today + timedelta(days=stay.leaves),
        status=stay.status,
        adults=stay.adults,
        children=stay.children,
        portal=stay.portal,
        total=Decimal(stay.total),
        balance=Decimal(stay.balance),
        currency="EUR",
        notes=stay.notes,
        created_at=now,
    )
    await _add(session, row)
    guest = ReservationGuest(account_id=account_id, reservation_id=row.id, actor_id=guest_id)
    await _add(session, guest)


async def _add(session: AsyncSession, row: Table) -> None:
    session.add(row)
    await session.flush()
