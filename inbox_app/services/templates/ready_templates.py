"""The templates that queued messages are made from, and whether they may leave as they are now."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.error_codes import Code, remedy_of
from inbox_app.domain.delivery.failures import Failure
from inbox_app.domain.ids import read_id
from inbox_app.domain.messages import MessageKind
from inbox_app.domain.templates import TemplateCategory, TemplateState
from inbox_app.models import Message, Template
from inbox_app.services.channel_services import QueuedSend


def is_ready(template: Template, waba_id: str) -> bool:
    """Whether it can be sent by a number of this business account."""
    accepted = template.state is TemplateState.ACCEPTED and template.hidden_at is None
    return accepted and template.waba_id == waba_id


async def templates_of(
    session: AsyncSession, sends: Sequence[QueuedSend]
) -> Mapping[int, Template]:
    """The templates as they are now, by the id of the message that is made from one."""
    wanted = {
        send.message.id: template_id
        for send in sends
        if send.message.kind is MessageKind.TEMPLATE and (template_id := _template_id(send.message))
    }
    if not wanted:
        return {}
    accounts = {send.message.account_id for send in sends}
    query = select(Template).where(
        col(Template.account_id).in_(accounts), col(Template.id).in_(set(wanted.values()))
    )
    found = {template.id: template for template in (await session.exec(query)).all()}
    return {
        send.message.id: template
        for send in sends
        if (template := found.get(wanted.get(send.message.id, 0)))
        and template.account_id == send.message.account_id
    }


def why_not(send: QueuedSend, template: Template | None, waba_id: str) -> Failure | None:
    """Why a message made from it may not leave any more; none when it may."""
    if template is None or not is_ready(template, waba_id):
        status = template.meta_status if template else ""
        code = _BY_STATUS.get(status, Code.TEMPLATE_MISSING)
        return _failure(code, "The template is not accepted any more.")
    stopped = send.address is not None and send.address.marketing_stopped_at is not None
    if template.category == TemplateCategory.MARKETING and stopped:
        words = "This person asked for no more marketing before the message left."
        return _failure(Code.MARKETING_OPTED_OUT, words)
    return None


def _template_id(message: Message) -> int | None:
    return read_id((message.details or {})["template"]["id"] or "")


def _failure(code: Code, words: str) -> Failure:
    """With the code that Meta would answer, so that it reads the same either way."""
    return Failure(remedy=remedy_of(code), code=int(code), words=words)


_BY_STATUS = {"PAUSED": Code.TEMPLATE_PAUSED, "DISABLED": Code.TEMPLATE_DISABLED}
