"""Blocks a person and takes them back: Meta is asked first, then it is so here too (B3)."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import NamedTuple

from sqlmodel import col, select

from inbox_app.channels.whatsapp.error_codes import NOT_RECENT, Code
from inbox_app.channels.whatsapp.graph.client import GraphClient
from inbox_app.channels.whatsapp.graph.errors import GraphErrorAnswer
from inbox_app.channels.whatsapp.graph.transport import (
    GraphRefusedError,
    OutcomeUnknownError,
    RequestNotSentError,
)
from inbox_app.domain.delivery.failures import Remedy
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.people.actors import BlockProblem
from inbox_app.live import Change
from inbox_app.models import Address, AuditEntry, Conversation
from inbox_app.runtime import Runtime
from inbox_app.services.conversations.triage import set_done
from inbox_app.workflows.graph_connection import (
    GraphConnection,
    NotConnectedError,
    graph_connection_of,
)


class BlockRefusedError(Exception):
    """``words`` are Meta's, if she said any."""

    def __init__(self, problem: BlockProblem, words: str = "") -> None:
        super().__init__(problem)
        self.problem, self.words = problem, words


async def block(
    runtime: Runtime, account_id: int, user_id: int, conversation_id: int, now: datetime
) -> None:
    """Nothing of theirs arrives any more, nor ours, and nothing is owed to them.

    Raises ``NotFoundError`` or ``BlockRefusedError``.
    """
    who = await _who(runtime, account_id, conversation_id)
    await _ask(runtime, account_id, who, GraphClient.block_user)
    await _note(runtime, who, "person.blocked", user_id, now, blocked_at=now)


async def unblock(
    runtime: Runtime, account_id: int, user_id: int, conversation_id: int, now: datetime
) -> None:
    """As it was before. Raises ``NotFoundError`` or ``BlockRefusedError``."""
    who = await _who(runtime, account_id, conversation_id)
    await _ask(runtime, account_id, who, GraphClient.unblock_user)
    await _note(runtime, who, "person.unblocked", user_id, now, blocked_at=None)


class _Who(NamedTuple):
    account_id: int
    conversation_id: int
    address_id: int
    user: str
    """As Meta knows them."""


async def _who(runtime: Runtime, account_id: int, conversation_id: int) -> _Who:
    query = (
        select(col(Address.id), col(Address.value), col(Address.external_id))
        .join(Conversation, col(Conversation.address_id) == col(Address.id))
        .where(col(Conversation.id) == conversation_id, col(Conversation.account_id) == account_id)
    )
    async with runtime.database.reading() as session:
        found = (await session.exec(query)).first()
    if found is None:
        raise NotFoundError
    address_id, wa_id, user_id = found
    return _Who(account_id, conversation_id, address_id, wa_id or user_id or "")


async def _ask(
    runtime: Runtime,
    account_id: int,
    who: _Who,
    call: Callable[[GraphClient, str, str], Awaitable[None]],
) -> None:
    line = await _line(runtime, account_id)
    try:
        await call(line.client, line.number.connection.external_id, who.user)
    except GraphRefusedError as refused:
        raise _judged(refused.answer) from None
    except (RequestNotSentError, OutcomeUnknownError):
        raise BlockRefusedError(BlockProblem.UNREACHABLE) from None


async def _line(runtime: Runtime, account_id: int) -> GraphConnection:
    try:
        return await graph_connection_of(runtime, account_id)
    except NotConnectedError as error:
        known = BlockProblem.CREDENTIALS if error.connected else BlockProblem.NOT_CONNECTED
        raise BlockRefusedError(known) from None


def _judged(answer: GraphErrorAnswer) -> BlockRefusedError:
    words = answer.details or answer.title or ""
    if answer.code in NOT_RECENT:
        return BlockRefusedError(BlockProblem.NOT_RECENT, words)
    if answer.code == Code.BLOCK_LIST_FULL:
        return BlockRefusedError(BlockProblem.LIST_FULL, words)
    known = {
        Remedy.RETRY: BlockProblem.UNREACHABLE,
        Remedy.RECONNECT: BlockProblem.CREDENTIALS,
    }
    return BlockRefusedError(known.get(answer.remedy, BlockProblem.REFUSED), words)


async def _note(
    runtime: Runtime,
    who: _Who,
    what: str,
    user_id: int,
    now: datetime,
    *,
    blocked_at: datetime | None,
) -> None:
    async with runtime.database.transaction() as session:
        ours = select(Address).where(col(Address.account_id) == who.account_id)
        address = (await session.exec(ours.where(col(Address.id) == who.address_id))).one()
        address.blocked_at = blocked_at
        entry = AuditEntry(
            account_id=who.account_id,
            at=now,
            user_id=user_id,
            what=what,
            details={"conversation": who.conversation_id},
        )
        session.add_all([address, entry])
        if blocked_at is not None:
            await set_done(session, who.account_id, [who.conversation_id], now)
    runtime.live.publish(Change(who.account_id))
