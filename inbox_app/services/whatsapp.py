"""What WhatsApp adds to the services: its notices, its templates, what its failures teach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.channels.whatsapp.delivery import TemplateName
from inbox_app.channels.whatsapp.error_codes import TEMPLATE_DIFFERS, Code
from inbox_app.channels.whatsapp.failure_reasons import reason_of
from inbox_app.domain.delivery.failures import Failure, FailureReason, Remedy
from inbox_app.domain.errors import NotFoundError, SendRefusedError
from inbox_app.domain.ids import read_id
from inbox_app.domain.messages import MessageKind, Origin
from inbox_app.domain.sending import Decision
from inbox_app.domain.templates import TemplateCategory
from inbox_app.models import Conversation, Template, WhatsAppNumber
from inbox_app.services.channel_services import (
    AppliedNotices,
    ChannelServices,
    FallbackRefusedError,
    QueuedSend,
)
from inbox_app.services.connecting.apply_account_changes import apply_account_changes
from inbox_app.services.intake.event_result import EventToApply
from inbox_app.services.notifications.note import note_unpaid
from inbox_app.services.templates.marketing_preferences import stop_marketing
from inbox_app.services.templates.ready_templates import templates_of, why_not
from inbox_app.services.templates.request_refresh import request_refresh
from inbox_app.services.templates.send_template import (
    MarketingStoppedError,
    TemplateNotReadyError,
    queue_template,
    require_sendable,
)

_TEMPLATE_REFUSALS = (NotFoundError, TemplateNotReadyError, MarketingStoppedError)


@dataclass(frozen=True, slots=True)
class _QueuedTemplate(TemplateName):
    """What a job takes along, with what it is rechecked by."""

    template: Template
    waba_id: str


class WhatsAppServices(ChannelServices):
    """As the intake, the outbox and the statuses call them."""

    async def apply_notices(
        self, session: AsyncSession, events: Sequence[EventToApply]
    ) -> AppliedNotices:
        """Changes of account, number, templates and preferences."""
        return await apply_account_changes(session, events)

    async def contents(
        self, session: AsyncSession, sends: Sequence[QueuedSend]
    ) -> Mapping[int, Any]:
        """The templates that go out, as they are now."""
        templates = await templates_of(session, sends)
        if not templates:
            return {}
        connections = {send.message.id: send.connection.id for send in sends}
        query = select(WhatsAppNumber.connection_id, WhatsAppNumber.waba_id).where(
            col(WhatsAppNumber.account_id).in_({send.connection.account_id for send in sends}),
            col(WhatsAppNumber.connection_id).in_(set(connections.values())),
        )
        wabas = dict((await session.exec(query)).all())
        return {
            id_: _QueuedTemplate(
                template.name,
                template.language,
                template.category == TemplateCategory.MARKETING,
                template,
                wabas.get(connections[id_], ""),
            )
            for id_, template in templates.items()
        }

    def why_not(self, decision: Decision, send: QueuedSend, content: Any) -> Failure | None:
        """A template must still be ready, and wanted."""
        if send.message.kind is not MessageKind.TEMPLATE:
            return None
        known = content if isinstance(content, _QueuedTemplate) else None
        return why_not(send, known and known.template, known.waba_id if known else "")

    def why_no_text(self, decision: Decision) -> Failure | None:
        """The window has closed: with the code that Meta would answer."""
        return Failure(
            remedy=Remedy.WINDOW_CLOSED,
            code=int(Code.REENGAGEMENT),
            words="The 24-hour window closed before the message left.",
        )

    async def require_fallback(
        self, session: AsyncSession, conversation: Conversation, fallback: str, decision: Decision
    ) -> None:
        """The template of this id is ready, and wanted."""
        try:
            await require_sendable(session, conversation, read_id(fallback) or 0, decision.control)
        except _TEMPLATE_REFUSALS as refused:
            raise FallbackRefusedError from refused

    async def send_fallback(
        self,
        session: AsyncSession,
        *,
        account_id: int,
        conversation_id: int,
        fallback: str,
        author_id: int | None,
        origin: Origin,
        now: datetime,
    ) -> bool:
        """The template of this id, if it is still ready and wanted."""
        try:
            await queue_template(
                session,
                account_id=account_id,
                conversation_id=conversation_id,
                template_id=read_id(fallback) or 0,
                author_id=author_id,
                origin=origin,
                client_ref=None,
                now=now,
                reads=False,
            )
        except (*_TEMPLATE_REFUSALS, SendRefusedError):
            return False
        return True

    async def react_to_failure(
        self,
        session: AsyncSession,
        account_id: int,
        conversation_id: int,
        failure: Failure,
        now: datetime,
    ) -> None:
        """Of the person, of the list of templates, of how the company pays."""
        if failure.remedy is Remedy.OPTED_OUT:
            await stop_marketing(session, account_id, conversation_id, now)
        if failure.code in TEMPLATE_DIFFERS:
            await request_refresh(session, account_id, now)
        if reason_of(failure.code) is FailureReason.PAYMENT:
            await note_unpaid(await session.connection(), account_id, now)
