"""What the side menu of templates shows, read once for all tabs that look at the same."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.templates import TemplateCategory, TemplateState
from inbox_app.queries import templates
from inbox_app.queries.template_rows import TemplateRow, TemplatesAround


class MenuLook(NamedTuple):
    """The first ``limit`` templates for one conversation; ``language`` is one without its region,
    "" for all."""

    conversation_id: int
    language: str
    search: str
    limit: int


@dataclass(frozen=True, slots=True)
class MenuSeen:
    """Those that can be sent to this person, and those that cannot."""

    sendable: list[TemplateRow]
    others: list[TemplateRow]
    has_more: bool
    accepted: int
    """Of all languages, whatever is searched for."""
    around: TemplatesAround


async def see(session: AsyncSession, account_id: int, look: MenuLook) -> MenuSeen:
    rows = await templates.sendable_first(
        session,
        account_id,
        language=look.language or None,
        search=look.search,
        limit=look.limit + 1,
    )
    stopped = await templates.marketing_stopped(session, account_id, look.conversation_id)
    shown = rows[: look.limit]
    return MenuSeen(
        sendable=[row for row in shown if _goes_out(row, marketing_stopped=stopped)],
        others=[row for row in shown if not _goes_out(row, marketing_stopped=stopped)],
        has_more=len(rows) > look.limit,
        accepted=(await templates.counts(session, account_id))["accepted"],
        around=await templates.around(session, account_id),
    )


def _goes_out(row: TemplateRow, *, marketing_stopped: bool) -> bool:
    unwanted = marketing_stopped and row["category"] == TemplateCategory.MARKETING
    return row["state"] == TemplateState.ACCEPTED and not unwanted
