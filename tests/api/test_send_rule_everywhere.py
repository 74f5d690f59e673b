"""Screen, API and sender refuse a text or a template exactly when the rule does (B17)."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app import clock
from inbox_app.channels.whatsapp import controls
from inbox_app.channels.whatsapp.error_codes import remedy_of
from inbox_app.domain import sending
from inbox_app.domain.delivery.pair_rate_limit import PairRateLimit
from inbox_app.domain.messages import DeliveryStatus, Direction, MessageKind
from inbox_app.domain.sending import Decision, Reason
from inbox_app.models import (
    ActorPhone,
    Address,
    Connection,
    ConnectionState,
    Conversation,
    LastInbound,
    Message,
    Outbox,
    OutboxState,
    Role,
)
from inbox_app.pages.inbox.foot.template_menu_state import _refusal
from inbox_app.pages.inbox.thread.thread_reading import ThreadQuery, ThreadReading, ThreadView
from inbox_app.pages.session import SignedIn
from inbox_app.pages.shared.outgoing_sends import queued
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.services.sending.claim_sends import claim
from tests.api.two_companies import Installation, ada_writes, assert_problem
from tests.support import templates
from tests.support.factories import add

pytestmark = pytest.mark.anyio

Arrange = Callable[[AsyncSession, Conversation], Awaitable[None]]


async def _nothing(session: AsyncSession, talk: Conversation) -> None:
    """As it is: the window is open."""


async def _disconnected(session: AsyncSession, talk: Conversation) -> None:
    (await session.exec(select(Connection))).one().state = ConnectionState.DISCONNECTED


async def _credentials_refused(session: AsyncSession, talk: Conversation) -> None:
    (await session.exec(select(Connection))).one().state = ConnectionState.CREDENTIALS_REFUSED


async def _group(session: AsyncSession, talk: Conversation) -> None:
    talk.address_id, talk.group_id = None, "120363@g.us"


async def _blocked(session: AsyncSession, talk: Conversation) -> None:
    (await session.get_one(Address, talk.address_id)).blocked_at = clock.now()


async def _erased(session: AsyncSession, talk: Conversation) -> None:
    address = await session.get_one(Address, talk.address_id)
    address.value = address.external_id = None


def _phones(*raw: str) -> Arrange:
    async def arrange(session: AsyncSession, talk: Conversation) -> None:
        talk.address_id = None
        for phone in await session.exec(select(ActorPhone).where(_is_of(talk))):
            await session.delete(phone)
        for position, number in enumerate(raw):
            phone = ActorPhone(
                account_id=talk.account_id,
                actor_id=talk.actor_id or 0,
                position=position,
                raw=number,
                e164=number if number.startswith("+") else None,
            )
            await add(session, phone)

    return arrange


def _is_of(talk: Conversation) -> Any:
    return col(ActorPhone.actor_id) == talk.actor_id


def _sent(kind: MessageKind, status: DeliveryStatus, code: int | None = None) -> Arrange:
    async def arrange(session: AsyncSession, talk: Conversation) -> None:
        now = clock.now()
        connection = (await session.exec(select(Connection))).one()
        message = Message(
            account_id=talk.account_id,
            conversation_id=talk.id,
            connection_id=connection.id,
            direction=Direction.OUT,
            kind=kind,
            status=status,
            error_code=code,
            remedy=remedy_of(code) if code else None,
            queued_at=now,
            sent_at=now,
            created_at=now,
        )
        await add(session, message)

    return arrange


async def _expired(session: AsyncSession, talk: Conversation) -> None:
    window = (await session.exec(select(LastInbound))).one()
    window.last_inbound_at = clock.now() - timedelta(hours=24)


async def _never_wrote(session: AsyncSession, talk: Conversation) -> None:
    await session.delete((await session.exec(select(LastInbound))).one())


async def _template_waiting(session: AsyncSession, talk: Conversation) -> None:
    await _expired(session, talk)
    await _sent(MessageKind.TEMPLATE, DeliveryStatus.DELIVERED)(session, talk)


WAYS: dict[Reason, Arrange] = {
    Reason.NOT_CONNECTED: _disconnected,
    Reason.CREDENTIALS_REFUSED: _credentials_refused,
    Reason.GROUP: _group,
    Reason.ERASED: _erased,
    Reason.BLOCKED_BY_US: _blocked,
    Reason.NO_PHONE: _phones(),
    Reason.PHONE_UNUSABLE: _phones("3471234567"),
    Reason.PHONE_NOT_CHOSEN: _phones("+393471234567", "+34600123123"),
    Reason.UNDELIVERABLE: _sent(MessageKind.TEXT, DeliveryStatus.FAILED, 131026),
    Reason.TEMPLATE_WAITING: _template_waiting,
    Reason.REENGAGEMENT_NEEDED: _sent(MessageKind.TEXT, DeliveryStatus.FAILED, 131047),
    Reason.NEVER_WROTE: _never_wrote,
    Reason.WINDOW_EXPIRED: _expired,
    Reason.WINDOW_OPEN: _nothing,
}


def test_there_is_a_way_into_each_row_of_the_table() -> None:
    """But for what a channel without a window says."""
    assert [*WAYS, Reason.NO_WINDOW] == list(Reason)


@pytest.mark.parametrize("reason", WAYS)
async def test_a_text_is_taken_at_the_screen_and_the_api_where_the_rule_takes_it(
    here: Installation, reason: Reason
) -> None:
    id_ = int(await ada_writes(here))
    decision = await _arranged(here, id_, reason)
    allowed = sending.may_send_text(decision)

    outcome = await queued(_marta(here), id_, "Eccomi", "ref-1")
    assert outcome == ("sent" if allowed else "refused")

    await _api_answers(here, id_, {"text": "Eccomi"}, decision, allowed)


@pytest.mark.parametrize("reason", WAYS)
async def test_a_template_is_taken_at_the_screen_and_the_api_where_the_rule_takes_it(
    here: Installation, reason: Reason
) -> None:
    id_ = int(await ada_writes(here))
    template = await _template(here)
    decision = await _arranged(here, id_, reason)
    allowed = sending.may_send_template(decision)

    refusal = await _refusal(_marta(here), id_, template, "ref-1")
    assert refusal == (None if allowed else reason)

    await _api_answers(here, id_, {"template": str(template)}, decision, allowed)


@pytest.mark.parametrize("reason", WAYS)
async def test_the_screen_shows_the_control_that_the_api_tells(
    here: Installation, reason: Reason
) -> None:
    id_ = int(await ada_writes(here))
    decision = await _arranged(here, id_, reason)

    told = (await here.pms.get(f"/conversations/{id_}")).json()
    marta, now = _marta(here), clock.now()
    async with here.runtime.database.reading() as session:
        seen = await ThreadReading(session, marta, now).read(marta, ThreadQuery(id_))

    assert isinstance(seen, ThreadView)
    assert seen.foot["control"] == told["control"] == decision.control
    assert bool(seen.foot["closes_at"]) == (told["window"]["state"] == "open")


QUEUED = [(MessageKind.TEXT, reason) for reason in WAYS] + [
    (MessageKind.TEMPLATE, reason)
    for reason in WAYS
    if reason not in {Reason.NEVER_WROTE, Reason.WINDOW_EXPIRED}
]
"""A template that waits in the queue has the conversation wait for an answer."""


@pytest.mark.parametrize(("kind", "reason"), QUEUED)
async def test_what_was_queued_before_leaves_only_where_the_rule_lets_it(
    here: Installation, kind: MessageKind, reason: Reason
) -> None:
    id_ = int(await ada_writes(here))
    if kind is MessageKind.TEXT:
        assert await queued(_marta(here), id_, "Eccomi", "ref-1")
    else:
        assert await _refusal(_marta(here), id_, await _template(here), "ref-1") is None
    decision = await _arranged(here, id_, reason)

    async with here.runtime.database.transaction() as session:
        now = clock.now()
        claimed = await claim(
            session, owner="us", limit=10, rate_limit=PairRateLimit(), now=now, real_now=now
        )

    leaves = sending.may_retry(kind, decision)
    assert len(claimed.jobs) == leaves
    assert len(claimed.changed) == (not leaves)
    async with here.runtime.database.reading() as session:
        state = (await session.exec(select(Outbox.state))).one()
    left_behind = OutboxState.HELD if reason is Reason.CREDENTIALS_REFUSED else OutboxState.DONE
    assert state is (OutboxState.CLAIMED if leaves else left_behind)


async def _arranged(here: Installation, id_: int, reason: Reason) -> Decision:
    async with here.runtime.database.transaction() as session:
        talk = await session.get_one(Conversation, id_)
        await WAYS[reason](session, talk)
        session.add(talk)
    async with here.runtime.database.reading() as session:
        facts = await load_facts(session, here.world.account_id, [id_], clock.now())
    decision = controls.decide(facts[id_])
    assert decision.reason is reason
    return decision


async def _api_answers(
    here: Installation, id_: int, message: dict[str, str], decision: Decision, allowed: bool
) -> None:
    """As the screen, which was asked before; both have theirs in the outbox, or neither has."""
    answer = await here.pms.post(f"/conversations/{id_}/messages", json=message)
    if allowed:
        assert answer.status_code == 202
    else:
        problem = assert_problem(answer, 409, "refused")
        assert (problem["control"], problem["reason"]) == (decision.control, decision.reason)
    async with here.runtime.database.reading() as session:
        assert len((await session.exec(select(Outbox))).all()) == 2 * allowed


async def _template(here: Installation) -> int:
    async with here.runtime.database.transaction() as session:
        return (await templates.here(session, here.world, clock.now())).id


def _marta(here: Installation) -> SignedIn:
    return SignedIn(
        user_id=here.world.marta_id,
        account_id=here.world.account_id,
        role=Role.ADMIN,
        language="it",
        theme="",
        undo_seconds=0,
        time_zone="Europe/Rome",
        name="Marta",
        session_id=1,
        seen_at=clock.now(),
    )
