"""Whose business a conversation is: somebody's, nobody's, never that of who has left (X1)."""

from datetime import datetime

import pytest

from inbox_app.database import Database
from inbox_app.domain.errors import NotFoundError
from inbox_app.models import Conversation, User
from inbox_app.queries.accounts.colleagues import colleagues
from inbox_app.queries.inbox.list.conversation_list import Filter, View, page
from inbox_app.services.accounts import people
from inbox_app.services.conversations import triage
from inbox_app.services.conversations.assign import set_assigned
from tests.queries.conversations import begin, say
from tests.support.factories import World, make_account, make_user

pytestmark = pytest.mark.anyio


class Team:
    """Marta and Anna, with a conversation with Ada."""

    def __init__(self, database: Database, world: World, now: datetime) -> None:
        self.database, self.world, self.now = database, world, now
        self.anna_id = self.conversation_id = 0

    async def meets(self) -> "Team":
        async with self.database.transaction() as session:
            account = self.world.account_id
            anna = await make_user(session, account, self.now, "anna@casedelsole.it")
            anna.name = "Anna Riva"
            self.anna_id = anna.id
            talk = await begin(session, account, self.now, "393471234567")
            self.conversation_id = talk.id
            await say(session, talk, self.now, "Ciao")
        return self

    async def assigns(self, user_id: int | None, account: int = 0) -> list[triage.Before]:
        async with self.database.transaction() as session:
            of = session, account or self.world.account_id, [self.conversation_id]
            return await set_assigned(*of, user_id)

    async def leaves(self, user_id: int) -> None:
        async with self.database.transaction() as session:
            person = await people.by_id(session, self.world.account_id, user_id)
            await people.deactivate(session, person, self.now)

    async def whose(self) -> int | None:
        async with self.database.reading() as session:
            return (await session.get_one(Conversation, self.conversation_id)).assigned_to

    async def names(self, filter_: Filter) -> list[str]:
        async with self.database.reading() as session:
            of = self.world.account_id, filter_
            rows = await page(session, View(*of, user_id=self.anna_id), self.now, limit=9)
        return [row["assignee"]["name"] for row in rows]


@pytest.fixture
async def team(database: Database, world: World, now: datetime) -> Team:
    return await Team(database, world, now).meets()


@pytest.mark.postgresql("it locks who gets one")
async def test_it_is_somebodys_then_nobodys_and_the_lists_say_so(team: Team) -> None:
    assert (await team.names(Filter.UNASSIGNED), await team.names(Filter.MINE)) == ([""], [])
    assert len(await team.assigns(team.anna_id)) == 1
    assert await team.assigns(team.anna_id) == []
    assert (await team.names(Filter.UNASSIGNED), await team.names(Filter.MINE)) == (
        [],
        ["Anna Riva"],
    )
    await team.assigns(None)
    assert await team.names(Filter.UNASSIGNED) == [""]


async def test_taking_it_back_gives_it_to_whom_it_was_before(team: Team) -> None:
    await team.assigns(team.anna_id)
    changed = await team.assigns(team.world.marta_id)
    async with team.database.transaction() as session:
        await triage.undo(session, team.world.account_id, changed, team.world.marta_id)
    assert await team.whose() == team.anna_id


@pytest.mark.postgresql("many rows in one statement")
async def test_who_leaves_has_nothing_more_to_answer_and_gets_nothing_back(team: Team) -> None:
    await team.assigns(team.anna_id)
    changed = await team.assigns(team.world.marta_id)
    await team.assigns(team.anna_id)
    await team.leaves(team.anna_id)
    assert await team.whose() is None
    async with team.database.transaction() as session:
        await triage.undo(session, team.world.account_id, changed, team.world.marta_id)
    assert await team.whose() is None
    with pytest.raises(NotFoundError):
        await team.assigns(team.anna_id)


async def test_nobody_of_another_company_and_nobody_who_has_not_come_in_gets_it(team: Team) -> None:
    async with team.database.transaction() as session:
        other = await make_account(session, team.now)
        stranger = await make_user(session, other, team.now, "x@example.com")
        invited = await make_user(session, team.world.account_id, team.now, "y@example.com")
        invited.password_hash = ""
        strangers, invited_id = stranger.id, invited.id
    for user_id in (strangers, invited_id, 0):
        with pytest.raises(NotFoundError):
            await team.assigns(user_id)
    assert await team.assigns(strangers, account=other) == []
    assert await team.whose() is None


async def test_those_who_come_in_are_named_by_their_names_else_their_e_mail(team: Team) -> None:
    async with team.database.transaction() as session:
        (await session.get_one(User, team.world.marta_id)).name = ""
        account = team.world.account_id
        shown = [(row["name"], row["initials"]) for row in await colleagues(session, account)]
    assert sorted(shown) == [("Anna Riva", "AR"), ("marta@casedelsole.it", "M")]
