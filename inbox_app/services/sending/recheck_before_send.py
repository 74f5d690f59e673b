"""Why a message that was queued may not leave any more: since then the rule may have changed
(B17)."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.registry import channel_of
from inbox_app.domain import sending
from inbox_app.domain.delivery.failures import Failure, Remedy
from inbox_app.domain.sending import Decision, Facts, Reason
from inbox_app.models import ConnectionState
from inbox_app.queries.inbox.send_facts import load_facts
from inbox_app.services.channel_services import QueuedSend, services_of

Contents = Mapping[int, Any]
"""What goes out in the text's place, by message id."""


async def contents_of(session: AsyncSession, sends: Sequence[QueuedSend]) -> Contents:
    """As their channels prepare them now."""
    by_channel: dict[str, list[QueuedSend]] = defaultdict(list)
    for send in sends:
        by_channel[send.connection.channel].append(send)
    found: dict[int, Any] = {}
    for channel, theirs in by_channel.items():
        found |= await services_of(channel).contents(session, theirs)
    return found


async def forbidden(
    session: AsyncSession, sends: Collection[QueuedSend], contents: Contents, now: datetime
) -> dict[int, Failure]:
    """The outbox ids that may not leave any more, each with the reason."""
    facts = await _facts(session, sends, now)
    found: dict[int, Failure] = {}
    for send in sends:
        of_conversation = facts[send.outbox.conversation_id]
        decision = channel_of(of_conversation.channel).decide(of_conversation)
        failure = _why_not(send, decision, contents.get(send.message.id))
        if failure is not None:
            found[send.outbox.id] = failure
    return found


async def _facts(
    session: AsyncSession, sends: Collection[QueuedSend], now: datetime
) -> Mapping[int, Facts]:
    by_account: dict[int, set[int]] = defaultdict(set)
    for send in sends:
        by_account[send.outbox.account_id].add(send.outbox.conversation_id)
    facts: dict[int, Facts] = {}
    for account_id, conversations in by_account.items():
        facts |= await load_facts(session, account_id, conversations, now)
    return facts


def _why_not(send: QueuedSend, decision: Decision, content: Any) -> Failure | None:
    key, kind = send.connection.channel, send.message.kind
    if send.connection.state is ConnectionState.DISCONNECTED:
        return _failure(Reason.NOT_CONNECTED, key)
    if sending.may_retry(kind, decision):
        return services_of(key).why_not(decision, send, content)
    if failure := _failure(decision.reason, key):
        return failure
    if kind in sending.FREE_FORM and (closed := services_of(key).why_no_text(decision)):
        return closed
    return Failure(remedy=Remedy.RETRY_LATER, words="No message may go to this person now.")


def _failure(reason: Reason, channel: str) -> Failure | None:
    name = channel_of(channel).name
    match reason:
        case Reason.NOT_CONNECTED:
            words = f"{name} was disconnected before the message left."
            return Failure(remedy=Remedy.RETRY_LATER, words=words)
        case Reason.CREDENTIALS_REFUSED:
            words = f"{name} refuses the account's credentials."
            return Failure(remedy=Remedy.RECONNECT, words=words)
        case Reason.BLOCKED_BY_US:
            words = "This person was blocked before the message left."
            return Failure(remedy=Remedy.RETRY_LATER, words=words)
        case _:
            return None
