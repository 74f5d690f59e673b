"""What becomes to do goes to whom the company's rules name (X1)."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from inbox_app.database import Database
from inbox_app.domain.conversations.assignment import PartnerKind
from inbox_app.domain.conversations.triage import Snooze
from inbox_app.domain.errors import NotFoundError
from inbox_app.models import Accommodation, AuditEntry, Conversation
from inbox_app.services.accounts import people
from inbox_app.services.conversations import triage, wake_snoozed, write_rules
from inbox_app.services.conversations.assign import set_assigned
from inbox_app.services.conversations.write_rules import By
from tests.queries.conversations import book
from tests.support.factories import ADA_PHONE, World, make_account, make_user
from tests.support.intake import Inbox, open_inbox
from tests.support.samples.webhook_bodies import says

pytestmark = pytest.mark.anyio
ADA = ADA_PHONE.removeprefix("+")


class Rules:
    """Marta and Anna, and people who write to them."""

    def __init__(self, database: Database, world: World, now: datetime) -> None:
        self.database, self.world, self.now = database, world, now
        self.inbox: Inbox = open_inbox(database)
        self.anna_id = self.count = 0

    async def begins(self) -> "Rules":
        async with self.database.transaction() as session:
            account = self.world.account_id
            self.anna_id = (await make_user(session, account, self.now, "anna@example.com")).id
        return self

    @property
    def by(self) -> By:
        return By(self.world.account_id, self.world.marta_id, self.now)

    async def kind(self, kind: PartnerKind, person: int | None) -> None:
        async with self.database.transaction() as session:
            await write_rules.set_kind(session, self.by, kind, person)

    async def turns(self, *people: int) -> None:
        async with self.database.transaction() as session:
            for person in people:
                await write_rules.set_turns(session, self.by, person, takes=True)

    async def write(self, *numbers: str) -> None:
        for number in numbers:
            self.count += 1
            self.now += timedelta(minutes=1)
            body = says("Ciao", f"wamid.{self.count}", self.now, wa_id=number)
            await self.inbox.hear(body, at=self.now)

    async def whose(self) -> list[int | None]:
        async with self.database.reading() as session:
            ours = col(Conversation.account_id) == self.world.account_id
            query = select(Conversation.assigned_to).where(ours).order_by(col(Conversation.id))
            return list(await session.exec(query))


@pytest.fixture
async def rules(database: Database, world: World, now: datetime) -> Rules:
    return await Rules(database, world, now).begins()


@pytest.mark.postgresql("its statements")
async def test_the_stays_home_decides_then_the_kind_of_person_then_whose_turn_it_is(
    rules: Rules,
) -> None:
    marta, anna = rules.world.marta_id, rules.anna_id
    await rules.kind(PartnerKind.GUEST, marta)
    await rules.turns(marta, anna)
    async with rules.database.transaction() as session:
        today = rules.now.date()
        days = {"check_in": today, "check_out": today + timedelta(days=2)}
        account = rules.world.account_id
        await book(session, account, rules.world.ada_id, rules.now, "HM1", **days)
        home = (await session.exec(select(Accommodation.id))).one()
        await write_rules.set_home(session, rules.by, home, anna)
    await rules.write(ADA, "393330000001", "393330000002", "393330000003")
    assert await rules.whose() == [anna, marta, anna, marta]


async def test_without_rules_it_is_nobodys(rules: Rules) -> None:
    await rules.write(ADA)
    assert await rules.whose() == [None]


async def test_what_somebody_has_or_gave_to_nobody_stays_so_until_it_is_to_do_anew(
    rules: Rules,
) -> None:
    await rules.kind(PartnerKind.GUEST, rules.anna_id)
    await rules.write(ADA)
    (talk,) = await rules.inbox.all(Conversation)
    of = rules.world.account_id, [talk.id]
    async with rules.database.transaction() as session:
        await set_assigned(session, *of, None)
    await rules.write(ADA)
    assert await rules.whose() == [None]
    async with rules.database.transaction() as session:
        await triage.set_done(session, *of, rules.now)
    await rules.write(ADA)
    assert await rules.whose() == [rules.anna_id]
    async with rules.database.transaction() as session:
        await set_assigned(session, *of, rules.world.marta_id)
        await triage.set_done(session, *of, rules.now)
    await rules.write(ADA)
    assert await rules.whose() == [rules.world.marta_id]


async def test_one_that_wakes_or_is_made_to_do_by_hand_goes_by_them_too(rules: Rules) -> None:
    await rules.write(ADA)
    (talk,) = await rules.inbox.all(Conversation)
    of, until = (rules.world.account_id, [talk.id]), rules.now + timedelta(hours=1)
    async with rules.database.transaction() as session:
        await triage.set_snoozed(session, *of, Snooze.TIME, rules.now, until)
    await rules.kind(PartnerKind.GUEST, rules.anna_id)
    async with rules.database.transaction() as session:
        await wake_snoozed.wake_due(session, until)
    assert await rules.whose() == [rules.anna_id]
    async with rules.database.transaction() as session:
        await set_assigned(session, *of, None)
        await triage.set_done(session, *of, until)
        changed = await triage.set_to_do(session, *of, until)
    assert await rules.whose() == [rules.anna_id]
    async with rules.database.transaction() as session:
        await triage.undo(session, rules.world.account_id, changed, rules.world.marta_id)
    assert await rules.whose() == [None]


async def test_no_rule_names_who_has_left(rules: Rules) -> None:
    await rules.kind(PartnerKind.UNKNOWN, rules.anna_id)
    await rules.turns(rules.anna_id)
    async with rules.database.transaction() as session:
        person = await people.by_id(session, rules.world.account_id, rules.anna_id)
        await people.deactivate(session, person, rules.now)
        await people.activate(session, person, rules.now)
    await rules.write("393330000001")
    assert await rules.whose() == [None]


async def test_a_rule_names_the_companys_own_people_and_homes_and_each_change_is_kept(
    rules: Rules,
) -> None:
    async with rules.database.transaction() as session:
        other = await make_account(session, rules.now)
        stranger = (await make_user(session, other, rules.now, "x@example.com")).id
    for wrong in (
        lambda session: write_rules.set_kind(session, rules.by, PartnerKind.GUEST, stranger),
        lambda session: write_rules.set_home(session, rules.by, 9_999, rules.anna_id),
        lambda session: write_rules.set_turns(session, rules.by, stranger, takes=True),
    ):
        with pytest.raises(NotFoundError):
            async with rules.database.transaction() as session:
                await wrong(session)
    await rules.kind(PartnerKind.GUEST, rules.anna_id)
    await rules.kind(PartnerKind.GUEST, None)
    kept = [entry.details for entry in await rules.inbox.all(AuditEntry)]
    assert kept == [
        {"kind": "guest", "user": rules.anna_id},
        {"kind": "guest", "user": None},
    ]
    await rules.write(ADA)
    assert await rules.whose() == [None]
