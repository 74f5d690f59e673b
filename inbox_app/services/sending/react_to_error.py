"""What a failed send teaches beside the failure: of the person, of the list of templates."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.services.sending.recheck_before_send import OPTED_OUT
from inbox_app.services.templates.marketing_preferences import stop_marketing
from inbox_app.services.templates.request_refresh import request_refresh

NOT_AS_WE_THOUGHT = frozenset({132000, 132001, 132005, 132007, 132015, 132016, 132018})
"""The template is another at Meta's than here."""


async def react_to_error(
    session: AsyncSession, account_id: int, conversation_id: int, code: int | None, now: datetime
) -> None:
    if code == OPTED_OUT:
        await stop_marketing(session, conversation_id, now)
    if code in NOT_AS_WE_THOUGHT:
        await request_refresh(session, account_id, now)
