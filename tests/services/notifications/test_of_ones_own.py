"""What one person alone is told: a mention, a conversation given to them (N2, X1)."""

from datetime import datetime

import pytest
from sqlmodel import col, select

from inbox_app.clock import real_now
from inbox_app.database import Database
from inbox_app.domain.notifications import MessagesOf, Preferences, Shows
from inbox_app.models import Conversation, Notification
from inbox_app.queries.accounts.signed_in import SignedIn
from inbox_app.queries.notifications.standing import awaits, seen_by
from inbox_app.services.conversations import triage
from inbox_app.services.conversations.assign import set_assigned
from inbox_app.services.conversations.read_conversation import mark_read
from inbox_app.services.notes.see_mentions import see_mentions
from inbox_app.services.notes.write_note import write_note
from inbox_app.services.notifications import preferences
from tests.services.notifications.conftest import Devices
from tests.support.factories import World, make_user
from tests.support.intake import open_inbox
from tests.support.samples.webhook_bodies import says
from tests.support.servers.push_service import Browser

pytestmark = pytest.mark.anyio
on_both = pytest.mark.postgresql("its statements")


class Team:
    """Ada has written. Anna names Marta in notes, and gives her conversations; both have a phone
    that is notified."""

    def __init__(self, database: Database, devices: Devices, now: datetime) -> None:
        self.database, self.devices, self.now = database, devices, now
        self.world: World = devices.world
        self.talk_id = self.anna_id = 0
        self.people: dict[str, SignedIn] = {}
        self.browsers: dict[str, Browser] = {}

    async def begins(self) -> "Team":
        await open_inbox(self.database).hear(says("Ciao", "wamid.1", self.now), at=self.now)
        async with self.database.transaction() as session:
            made = await make_user(session, self.world.account_id, self.now, "anna@example.com")
            made.name = "Anna"
            self.anna_id = made.id
            self.talk_id = (await session.exec(select(Conversation.id))).one()
        for name, id_ in (("Marta", self.world.marta_id), ("Anna", self.anna_id)):
            who = await self.devices.sign_in(id_)
            self.people[name], self.browsers[name] = await self.devices.subscribe(who)
        return self

    async def names(self, text: str = "@Marta guarda") -> None:
        async with self.database.transaction() as session:
            await write_note(
                session,
                account_id=self.world.account_id,
                conversation_id=self.talk_id,
                text=text,
                author_id=self.anna_id,
                client_ref=None,
                now=self.now,
            )

    async def gives(self, user_id: int | None = None, by: int | None = None) -> None:
        """To Marta, from Anna, where nobody else is named."""
        to = self.world.marta_id if user_id is None else user_id
        account, giver = self.world.account_id, by or self.anna_id
        async with self.database.transaction() as session:
            await set_assigned(session, account, [self.talk_id], to, by=giver)

    async def looks(self, user_id: int) -> bool:
        async with self.database.transaction() as session:
            of = self.world.account_id, user_id, self.talk_id
            return await see_mentions(session, *of, real_now())

    async def prefers(self, **columns: object) -> None:
        wanted = Preferences(time_zone="Europe/Rome", **columns)  # pyright: ignore[reportArgumentType]
        async with self.database.transaction() as session:
            await preferences.prefer(session, self.world.account_id, self.world.marta_id, wanted)

    async def hears(self, name: str = "Marta") -> list[tuple[str, str]]:
        """What somebody's phone was told."""
        await self.devices.tell()
        told = self.devices.push_service.heard(self.browsers[name])
        return [(each["purpose"], each["body"]) for each in told]

    async def sees(self, name: str = "Marta") -> list[str]:
        """What stands in somebody's open page."""
        async with self.database.reading() as session:
            seen = await seen_by(session, self.people.values(), real_now())
        return [row["tag"] for row in seen[self.people[name].session_id].notices]


@pytest.fixture
async def team(database: Database, devices_of_marta: Devices, now: datetime) -> Team:
    return await Team(database, devices_of_marta, now).begins()


@on_both
async def test_who_is_mentioned_hears_it_and_nobody_else(team: Team) -> None:
    await team.names()
    assert await team.hears() == [("tell", "Anna ti ha menzionato: @Marta guarda")]
    assert await team.sees() == [f"mention-{team.talk_id}"]
    assert await team.hears("Anna") == []
    assert await team.sees("Anna") == []


async def test_of_several_mentions_that_wait_the_latest_is_told(team: Team) -> None:
    await team.names("@Marta uno")
    await team.names("@Marta due")
    assert await team.hears() == [("tell", "Anna ti ha menzionato: @Marta due")]


@on_both
async def test_it_goes_from_all_screens_when_that_person_has_looked(team: Team) -> None:
    await team.names()
    await team.hears()
    assert not await team.looks(team.anna_id)
    assert await team.sees() == [f"mention-{team.talk_id}"]
    assert await team.looks(team.world.marta_id)
    assert [purpose for purpose, _ in await team.hears()] == ["tell", "clear"]
    assert await team.sees() == []


async def test_a_colleague_who_reads_the_conversation_leaves_it_standing(team: Team) -> None:
    await team.names()
    async with team.database.transaction() as session:
        of = {"account_id": team.world.account_id, "conversation_id": team.talk_id}
        await mark_read(session, **of, user_id=team.anna_id, up_to=10_000)
    assert await team.sees() == [f"mention-{team.talk_id}"]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"mention": False}, []),
        ({"messages": MessagesOf.NONE}, ["Anna ti ha menzionato: @Marta guarda"]),
        ({"shows": Shows.NAME}, ["Ti hanno menzionato in una nota interna."]),
    ],
)
async def test_a_mention_has_a_preference_of_its_own(
    team: Team, columns: dict[str, object], told: list[str]
) -> None:
    await team.prefers(**columns)
    await team.names()
    assert [body for _, body in await team.hears()] == told


@on_both
async def test_a_conversation_given_by_a_colleague_is_told_until_one_looks(team: Team) -> None:
    await team.gives()
    assert await team.hears() == [("tell", "Ti è stata assegnata questa conversazione.")]
    assert await team.sees() == [f"assigned-{team.talk_id}"]
    assert await _awaited(team)
    assert await team.looks(team.world.marta_id)
    assert not await _awaited(team)
    assert await team.sees() == []


async def test_what_one_takes_oneself_is_no_news(team: Team) -> None:
    await team.gives(by=team.world.marta_id)
    assert await team.sees() == []


async def test_what_was_given_on_or_taken_back_is_news_no_more(team: Team) -> None:
    await team.gives()
    await team.gives(team.anna_id)
    assert await team.sees() == []
    account = team.world.account_id
    async with team.database.transaction() as session:
        changed = await set_assigned(session, account, [team.talk_id], team.world.marta_id)
    assert await team.sees() == [f"assigned-{team.talk_id}"]
    async with team.database.transaction() as session:
        await triage.undo(session, account, changed, 0)
    assert await team.sees() == []


async def test_many_given_at_once_are_told_together(team: Team) -> None:
    await team.prefers(messages=MessagesOf.NONE)
    inbox = open_inbox(team.database)
    for number in range(6):
        body = says("Ciao", f"wamid.more.{number}", team.now, wa_id=f"39333444000{number}")
        await inbox.hear(body, at=team.now)
    account = team.world.account_id
    async with team.database.transaction() as session:
        ids = (await session.exec(select(Conversation.id))).all()
        await set_assigned(session, account, ids, team.world.marta_id, by=team.anna_id)
        alone = select(Notification).where(col(Notification.user_id).is_not(None))
        (told,) = (await session.exec(alone)).all()
    assert told.conversation_id is None
    assert await team.sees() == ["assigned"]


async def _awaited(team: Team) -> bool:
    async with team.database.reading() as session:
        return await awaits(session, team.world.account_id, team.world.marta_id, team.talk_id)
