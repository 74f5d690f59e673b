"""Puts what did not leave back into the box it was written in: nothing typed is lost."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Draft
from inbox_app.services.conversations.save_draft import save_draft


async def keep_refused(
    session: AsyncSession,
    text: str,
    *,
    account_id: int,
    author_id: int,
    conversation_id: int,
    now: datetime,
) -> None:
    """After what is in the box, unless it is there: a page may have saved it as the draft, and may
    send it again. Where there is no such conversation it is nobody's."""
    query = select(Draft.text).where(
        col(Draft.account_id) == account_id,
        col(Draft.user_id) == author_id,
        col(Draft.conversation_id) == conversation_id,
    )
    there = (await session.exec(query)).one_or_none() or ""
    if text.strip() in there:
        return
    whole = "\n\n".join(filter(None, [there, text]))
    await save_draft(
        session,
        account_id=account_id,
        user_id=author_id,
        conversation_id=conversation_id,
        text=whole,
        now=now,
    )


async def into_the_box(
    session: AsyncSession,
    texts: Sequence[str],
    *,
    account_id: int,
    author_id: int,
    conversation_id: int,
    now: datetime,
) -> None:
    """One after another, before what was begun there since."""
    query = select(Draft).where(
        col(Draft.account_id) == account_id,
        col(Draft.user_id) == author_id,
        col(Draft.conversation_id) == conversation_id,
    )
    draft = (await session.exec(query.with_for_update())).one_or_none() or Draft(
        account_id=account_id,
        user_id=author_id,
        conversation_id=conversation_id,
        text="",
        updated_at=now,
    )
    draft.text, draft.updated_at = "\n\n".join(filter(None, [*texts, draft.text])), now
    session.add(draft)
    await session.flush()
