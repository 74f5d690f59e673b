"""A company as large as asked, written by the database itself: a million messages in seconds.

Of so many conversations, one half-minute apart back from ``NOW``: every tenth is archived, every
twentieth unread, every seventh Marta's, every fourth to do, every fiftieth snoozed, every third has
a label, and one in fifty, the oldest, another; of every eleventh somebody else has read what Marta
has not; sixty in a hundred are with guests, two with owners, three with suppliers, the others with
people not known. Each has a window that began with its last message, and ten messages; actors are a
fifth more, and every second one has booked.
"""

from datetime import timedelta

from sqlalchemy import text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bench.support.seeded import NOW
from inbox_app.database import Database
from inbox_app.models import Message
from inbox_app.services.intake.address_book import Person
from inbox_app.services.people.write_terms import write_terms
from inbox_app.services.search.index_addresses import index_addresses
from inbox_app.services.search.index_messages import Said, index_messages
from tests.support.factories import World

MESSAGES = 10
BETWEEN = timedelta(seconds=30)
HOMES = 50
_AT_ONCE = 1_000

_SERIES = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count}) "
_ACTORS = (
    "INSERT INTO actor (id, account_id, kind, name, created_at) SELECT 1000 + n, {account}, CASE"
    " WHEN n % 100 < 60 THEN 'guest' WHEN n % 100 < 62 THEN 'owner' WHEN n % 100 < 65 THEN"
    " 'supplier' ELSE 'guest' END, 'Persona ' || n || ' Rossi', {now} FROM s"
)
_PHONES = (
    "INSERT INTO actor_phone (account_id, actor_id, position, raw, e164, match_key, whatsapp)"
    " SELECT {account}, 1000 + n, 0, '+3935' || (10000000 + n), '+3935' || (10000000 + n),"
    " '3935' || (10000000 + n), {false} FROM s"
)
_ADDRESSES = (
    "INSERT INTO address (id, account_id, channel, value, profile_name, created_at) SELECT n,"
    " {account}, 'whatsapp', '3935' || (10000000 + n), 'Profilo ' || n, {now} FROM s"
)
_ALIASES = (
    "INSERT INTO address_alias (account_id, address_id, channel, kind, value) SELECT {account}, n,"
    " 'whatsapp', 'phone', '3935' || (10000000 + n) FROM s"
)
_CONVERSATIONS = (
    "INSERT INTO conversation (id, account_id, channel, address_id, actor_id, assigned_to,"
    " archived_at, last_message_id, arrived_at, last_read_id, unread, created_at, waiting_since,"
    " answer_by, snooze, starred_at) SELECT n,"
    " {account}, 'whatsapp', n, CASE WHEN n % 100 < 65 THEN 1000 + n END, CASE WHEN n % 7 = 0 THEN"
    " {person} END, CASE WHEN n % 10 = 0 THEN {at} END, n * {messages}, {at}, 0,"
    " CASE WHEN n % 20 = 1 THEN 2 ELSE 0 END, {at}, CASE WHEN n % 4 = 0 THEN {at} END,"
    " CASE WHEN n % 4 = 0 THEN {at} END, CASE WHEN n % 50 = 3 THEN 'answer' END,"
    " CASE WHEN n % 30 = 1 THEN {at} END FROM s"
)
_LABEL = (
    "INSERT INTO label (id, account_id, name, name_key, colour, created_at)"
    " SELECT n, {account}, 'L' || n, 'l' || n, 'red', {now} FROM s"
)
_LABELLED = (
    "INSERT INTO conversation_label (account_id, label_id, conversation_id, arrived_at,"
    " archived_at) SELECT {account}, 1, id, arrived_at, archived_at FROM conversation"
    " WHERE id % 3 = 0"
)
_UNSEEN = (
    "INSERT INTO unseen (account_id, user_id, conversation_id, up_to, known_to, messages,"
    " arrived_at, archived_at) SELECT {account}, {person}, id, 1, 1, 1, arrived_at, archived_at"
    " FROM conversation WHERE id % 11 = 0"
)
_LABELLED_RARELY = (
    "INSERT INTO conversation_label (account_id, label_id, conversation_id, arrived_at,"
    " archived_at) SELECT {account}, 2, id, arrived_at, archived_at FROM conversation"
    " ORDER BY arrived_at LIMIT {rare}"
)
_WINDOWS = (
    "INSERT INTO last_inbound (account_id, connection_id, address_id, last_inbound_at) SELECT"
    " {account}, {connection}, n, {at} FROM s"
)
_MESSAGES = (
    "INSERT INTO message (id, account_id, conversation_id, connection_id, provider_id, direction,"
    " kind, text, status, queued_at, awaits_file, from_history, sent_at, created_at) SELECT"
    " (n - 1) * {messages} + m, {account}, n, {connection}, 'wamid.' || n || '.' || m, CASE WHEN m"
    " % 3 = 2 THEN 'out' ELSE 'in' END, 'text', 'Buongiorno, parola' || (n * 31 + m) % 5003 || ' e"
    " così arriviamo alle ' || m, CASE WHEN m % 3 = 2 THEN 'delivered' END,"
    " CASE WHEN m % 3 = 2 THEN {earlier} END, {false}, {false}, {earlier}, {earlier} FROM s"
    " CROSS JOIN (SELECT 1 AS m {more}) AS each_one"
)
_HOMES = (
    "INSERT INTO accommodation (id, account_id, name, timezone, created_at)"
    " SELECT 1000 + n, {account}, 'Casa ' || n, 'Europe/Rome', {now} FROM s"
)
_RESERVATIONS = (
    "INSERT INTO reservation (id, account_id, code, accommodation_id, check_in, check_out, status,"
    " created_at) SELECT n, {account}, 'HM' || n, 1001 + n % {homes}, {day} , {next_day},"
    " 'confirmed', {now} FROM s"
)
_GUESTS = (
    "INSERT INTO reservation_guest (account_id, reservation_id, actor_id, position) SELECT"
    " {account}, n, 1000 + 2 * n, 0 FROM s"
)


async def fill(
    database: Database,
    world: World,
    count: int,
    *,
    between: timedelta = BETWEEN,
    is_found: bool = True,
) -> None:
    """``count`` conversations, in the empty account of ``world``; ``is_found``: by its words."""
    steps = (
        (_HOMES, HOMES),
        (_ACTORS, count * 12 // 10),
        (_PHONES, count * 12 // 10),
        (_ADDRESSES, count),
        (_ALIASES, count),
        (_CONVERSATIONS, count),
        (_LABEL, 2),
        (_LABELLED, 1),
        (_UNSEEN, 1),
        (_LABELLED_RARELY, 1),
        (_WINDOWS, count),
        (_MESSAGES, count),
        (_RESERVATIONS, count // 2),
        (_GUESTS, count // 2),
    )
    words = {**_words(database, world, between), "rare": count // 50}
    async with database.transaction() as session:
        core = await session.connection()
        for statement, rows in steps:
            await core.execute(text(_SERIES.format(count=rows) + statement.format(**words)))
        if is_found:
            await _index(session, world.account_id, count)
    await _look_over(database)


async def _index(session: AsyncSession, account_id: int, count: int) -> None:
    """As what writes people and messages does, which here the database wrote by itself."""
    core = await session.connection()
    for first in range(1, count * 12 // 10 + 1, _AT_ONCE):
        await write_terms(session, account_id, range(1000 + first, 1000 + first + _AT_ONCE))
    for first in range(1, count + 1, _AT_ONCE):
        numbers = range(first, min(first + _AT_ONCE, count + 1))
        await index_addresses(core, [_person(account_id, number) for number in numbers])
    some = select(Message.id, Message.account_id, Message.text)
    for first in range(1, count * MESSAGES + 1, _AT_ONCE):
        part = some.where(col(Message.id) >= first, col(Message.id) < first + _AT_ONCE)
        await index_messages(core, [Said(*row) for row in await session.exec(part)])


def _person(account_id: int, number: int) -> Person:
    numbers = {f"3935{10_000_000 + number}"}
    names = {"profile_name": f"Profilo {number}", "new_numbers": numbers}
    return Person(account_id, "whatsapp", id=number, **names)


def _words(database: Database, world: World, between: timedelta) -> dict[str, object]:
    seconds = int(between.total_seconds())
    at, earlier = f"n * {seconds}", f"n * {seconds} + ({MESSAGES} - m) * 60"
    if database.is_sqlite:
        zone = f"'{NOW:%Y-%m-%d %H:%M:%S}', '-' || ({{}}) || ' seconds'"
        moment = f"strftime('%Y-%m-%d %H:%M:%S.000000', {zone})"
        day = f"date('{NOW:%Y-%m-%d}', (100 - n % 400 + {{}}) || ' days')"
    else:
        moment = f"timestamptz '{NOW.isoformat()}' - ({{}}) * interval '1 second'"
        day = f"date '{NOW:%Y-%m-%d}' + (100 - n % 400 + {{}})"
    return {
        "account": world.account_id,
        "connection": world.connection_id,
        "person": world.marta_id,
        "messages": MESSAGES,
        "homes": HOMES,
        "more": " ".join(f"UNION ALL SELECT {m}" for m in range(2, MESSAGES + 1)),
        "now": moment.format(0),
        "at": moment.format(at),
        "earlier": moment.format(earlier),
        "day": day.format(0),
        "next_day": day.format(4),
        "false": "0" if database.is_sqlite else "false",
    }


async def _look_over(database: Database) -> None:
    """As the server does at its start and PostgreSQL by itself, and the keys after what was
    given."""
    if database.is_sqlite:
        await database.refresh_statistics()
        return
    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text("VACUUM ANALYZE"))
