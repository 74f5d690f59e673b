"""Why a message that was queued may not leave any more, with the code that Meta would answer."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain import sending
from inbox_app.domain.ids import read_id
from inbox_app.domain.messages import MessageKind
from inbox_app.domain.sending_facts import Decision, Facts, Reason
from inbox_app.domain.templates import TemplateCategory, TemplateState
from inbox_app.models import Address, Connection, ConnectionState, Message, Outbox, Template
from inbox_app.queries.inbox.send_facts import REENGAGEMENT, load_facts

Why = tuple[int | None, str]
"""Meta's code, so that a failure reads the same either way, and words."""


Row = tuple[Outbox, Message, Connection, Address | None]


async def forbidden(
    session: AsyncSession, rows: Collection[Row], templates: Mapping[int, Template], now: datetime
) -> dict[int, Why]:
    """The outbox ids that may not leave any more, each with the reason."""
    by_account: dict[int, set[int]] = {}
    for outbox, *_ in rows:
        by_account.setdefault(outbox.account_id, set()).add(outbox.conversation_id)
    facts: dict[int, Facts] = {}
    for account_id, conversations in by_account.items():
        facts |= await load_facts(session, account_id, conversations, now)
    found: dict[int, Why] = {}
    for outbox, message, connection, address in rows:
        decision = sending.decide(facts[outbox.conversation_id])
        if connection.state is ConnectionState.DISCONNECTED:
            why = _BY_REASON[Reason.NOT_CONNECTED]
        elif message.kind is MessageKind.TEMPLATE:
            why = why_not_template(decision, templates.get(message.id), connection, address)
        else:
            why = None if sending.may_retry(message.kind, decision) else why_not(decision)
        if why is not None:
            found[outbox.id] = why
    return found


def why_not(decision: Decision) -> Why:
    """Of a text, when the decision forbids it."""
    return _BY_REASON.get(decision.reason, _WINDOW_CLOSED)


def why_not_template(
    decision: Decision, template: Template | None, connection: Connection, address: Address | None
) -> Why | None:
    """Of a template; none when it may leave."""
    if not sending.may_retry(MessageKind.TEMPLATE, decision):
        return _BY_REASON.get(decision.reason, _NOT_NOW)
    if template is None or not is_ready(template, connection.waba_id):
        status = template.meta_status if template else ""
        return _BY_STATUS.get(status, 132001), "The template is not accepted any more."
    if template.category == TemplateCategory.MARKETING and address and address.marketing_stopped_at:
        return OPTED_OUT, "This person asked for no more marketing before the message left."
    return None


def is_ready(template: Template, waba_id: str) -> bool:
    """Whether it can be sent by a number of this business account."""
    accepted = template.state is TemplateState.ACCEPTED and template.hidden_at is None
    return accepted and template.waba_id == waba_id


async def templates_of(session: AsyncSession, messages: Sequence[Message]) -> dict[int, Template]:
    """The templates as they are now, by the id of the message that is made from one."""
    wanted = {
        message.id: template_id
        for message in messages
        if message.kind is MessageKind.TEMPLATE
        and (template_id := read_id((message.details or {})["template"]["id"] or ""))
    }
    if not wanted:
        return {}
    query = select(Template).where(col(Template.id).in_(set(wanted.values())))
    found = {template.id: template for template in (await session.exec(query)).all()}
    return {
        message.id: template
        for message in messages
        if (template := found.get(wanted.get(message.id, 0)))
        and template.account_id == message.account_id
    }


OPTED_OUT = 131050
CREDENTIALS_REFUSED: Why = (190, "WhatsApp refuses the account's credentials.")
_BY_STATUS = {"PAUSED": 132015, "DISABLED": 132016}
_WINDOW_CLOSED = (REENGAGEMENT, "The 24-hour window closed before the message left.")
_NOT_NOW = (None, "No message may go to this person now.")
_BY_REASON: dict[Reason, Why] = {
    Reason.NOT_CONNECTED: (None, "WhatsApp was disconnected before the message left."),
    Reason.CREDENTIALS_REFUSED: CREDENTIALS_REFUSED,
    Reason.BLOCKED_BY_US: (None, "This person was blocked before the message left."),
}
