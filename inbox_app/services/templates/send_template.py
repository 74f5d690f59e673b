"""Takes a template to be sent: only one that is ready, and only where the rule lets it
(T3, B17)."""

from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.templates.components import Parts, as_sent
from inbox_app.domain import sending
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.messages import MessageKind, Origin
from inbox_app.domain.sending import Control
from inbox_app.domain.templates import Incompatibility, TemplateCategory, TemplateState
from inbox_app.models import Address, Conversation, Message, Template
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.services.people.give_address import give_address
from inbox_app.services.sending.send import decide, locked, outgoing, queue, sent_before
from inbox_app.services.templates.ready_templates import is_ready


class NoSuchTemplateError(NotFoundError):
    """The account has no such template."""


class TemplateNotReadyError(Exception):
    """It is not «Accettata», or not any more; `state` and `reasons` say what it is instead, and
    `control` what stands at the foot meanwhile."""

    def __init__(
        self, state: TemplateState, reasons: tuple[Incompatibility, ...], control: Control
    ) -> None:
        super().__init__(state)
        self.state, self.reasons, self.control = state, reasons, control


class MarketingStoppedError(Exception):
    """The person asked for no more marketing: others still go out, by `control` (B15)."""

    def __init__(self, control: Control) -> None:
        super().__init__(control)
        self.control = control


async def queue_template(
    session: AsyncSession,
    *,
    account_id: int,
    conversation_id: int,
    template_id: int,
    author_id: int | None,
    origin: Origin,
    client_ref: str | None,
    now: datetime,
    reads: bool = True,
) -> Message:
    """The queued message; for a `client_ref` that was seen before, the message it made then. What
    leaves by itself reads nothing.

    Raises:
        NotFoundError: the account has no such conversation, or (``NoSuchTemplateError``) template.
        ReferenceTakenError: the `client_ref` is another message's.
        SendWithdrawnError: it was taken back.
        SendRefusedError: no template may go out now.
        TemplateNotReadyError: not this one.
        MarketingStoppedError: not to this person.
    """
    conversation = await locked(session, account_id, conversation_id)
    message = outgoing(
        conversation,
        MessageKind.TEMPLATE,
        author_id=author_id,
        origin=origin,
        client_ref=client_ref,
        now=now,
    )
    message.details = {"template": {"id": str(template_id)}}
    if earlier := await sent_before(session, message):
        return earlier
    template = await _template(session, account_id, template_id)
    decision = await decide(session, message, now)
    if not sending.may_send_template(decision):
        raise SendRefusedError(decision)
    await _require_ready(session, template, decision.control)
    await give_address(session, conversation, now)
    await _require_consent(session, template, conversation, decision.control)
    message.text = as_sent(Parts(template.header, template.body, template.footer))
    message.details = {"template": _kept(template)}
    return await queue(session, conversation, message, now, reads=reads)


async def require_sendable(
    session: AsyncSession, conversation: Conversation, template_id: int, control: Control
) -> None:
    """Raises what ``queue_template`` does for a template that cannot go to this person; `control`
    stands at the foot."""
    template = await _template(session, conversation.account_id, template_id)
    await _require_ready(session, template, control)
    await _require_consent(session, template, conversation, control)


async def _template(session: AsyncSession, account_id: int, template_id: int) -> Template:
    query = select(Template).where(
        col(Template.id) == template_id, col(Template.account_id) == account_id
    )
    template = (await session.exec(query)).one_or_none()
    if template is None:
        raise NoSuchTemplateError
    return template


async def _require_ready(session: AsyncSession, template: Template, control: Control) -> None:
    number = await active_number(session, template.account_id)
    if number is not None and is_ready(template, number.waba_id):
        return
    reasons = tuple(Incompatibility(reason) for reason in template.incompatibilities)
    state = template.state
    gone = state is TemplateState.ACCEPTED
    raise TemplateNotReadyError(TemplateState.CANCELLED if gone else state, reasons, control)


async def _require_consent(
    session: AsyncSession, template: Template, conversation: Conversation, control: Control
) -> None:
    if template.category != TemplateCategory.MARKETING:
        return
    query = select(Address.marketing_stopped_at).where(
        col(Address.account_id) == conversation.account_id,
        col(Address.id) == conversation.address_id,
    )
    if (await session.exec(query)).first() is not None:
        raise MarketingStoppedError(control)


def _kept(template: Template) -> dict[str, Any]:
    """What the message tells of its template for ever."""
    return {
        "id": str(template.id),
        "name": template.name,
        "internal_name": template.internal_name,
        "language": template.language,
        "category": template.category,
    }
