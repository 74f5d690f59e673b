"""Saved replies: written, replaced, deleted, and counted when somebody uses one (M8)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain import saved_replies
from inbox_app.domain.errors import NotFoundError
from inbox_app.domain.locales import is_language
from inbox_app.domain.messages import clean_line
from inbox_app.domain.saved_replies import ReplyProblem
from inbox_app.models import SavedReply, SavedReplyText


class ReplyRefusedError(Exception):
    """It cannot be kept as it is written: ``problem`` says why."""

    def __init__(self, problem: ReplyProblem) -> None:
        super().__init__(problem)
        self.problem = problem


async def create_reply(
    session: AsyncSession,
    account_id: int,
    name: str,
    texts: Mapping[str, str],
    *,
    author_id: int | None,
    now: datetime,
) -> SavedReply:
    """Raises ``ReplyRefusedError``."""
    _check(name, texts)
    named: dict[str, Any] = _named(name)
    reply = SavedReply(
        account_id=account_id, created_by=author_id, created_at=now, updated_at=now, **named
    )
    await _keep(session, reply, texts)
    return reply


async def replace_reply(
    session: AsyncSession,
    account_id: int,
    reply_id: int,
    name: str,
    texts: Mapping[str, str],
    now: datetime,
) -> SavedReply:
    """All its texts are those given. Raises ``NotFoundError`` and ``ReplyRefusedError``."""
    reply = await _find(session, account_id, reply_id)
    _check(name, texts)
    await _keep(session, reply, texts, **_named(name), updated_at=now)
    return reply


async def delete_reply(session: AsyncSession, account_id: int, reply_id: int) -> None:
    """What was sent with it stays. Raises ``NotFoundError``."""
    await session.delete(await _find(session, account_id, reply_id))


async def note_use(session: AsyncSession, account_id: int, reply_id: int, now: datetime) -> None:
    """Somebody put it into an answer; one that was deleted meanwhile is nobody's trouble."""
    used = update(SavedReply).where(
        col(SavedReply.id) == reply_id, col(SavedReply.account_id) == account_id
    )
    await session.exec(used.values(use_count=col(SavedReply.use_count) + 1, used_at=now))


def _check(name: str, texts: Mapping[str, str]) -> None:
    if not all(map(is_language, texts)):
        raise ReplyRefusedError(ReplyProblem.BAD_LANGUAGE)
    if (problem := saved_replies.problem(name, texts)) is not None:
        raise ReplyRefusedError(problem)


def _named(name: str) -> dict[str, str]:
    line = clean_line(name)
    return {"name": line, "name_key": line.casefold()}


async def _keep(
    session: AsyncSession, reply: SavedReply, texts: Mapping[str, str], **changed: Any
) -> None:
    try:
        async with session.begin_nested():
            reply.sqlmodel_update(changed)
            session.add(reply)
            await session.flush()
    except IntegrityError:
        raise ReplyRefusedError(ReplyProblem.NAME_TAKEN) from None
    await session.exec(
        delete(SavedReplyText).where(
            col(SavedReplyText.account_id) == reply.account_id,
            col(SavedReplyText.saved_reply_id) == reply.id,
        )
    )
    session.add_all(
        SavedReplyText(
            account_id=reply.account_id, saved_reply_id=reply.id, language=language, text=text
        )
        for language, text in saved_replies.clean_texts(texts).items()
    )
    await session.flush()


async def _find(session: AsyncSession, account_id: int, reply_id: int) -> SavedReply:
    query = select(SavedReply).where(
        col(SavedReply.id) == reply_id, col(SavedReply.account_id) == account_id
    )
    found = (await session.exec(query)).one_or_none()
    if found is None:
        raise NotFoundError
    return found
