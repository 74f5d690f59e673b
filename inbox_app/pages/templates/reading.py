"""What the page of all templates shows, read once for all tabs that look at the same."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.templates import TemplateState
from inbox_app.queries.connecting.numbers import active_number
from inbox_app.queries.templates import templates
from inbox_app.queries.templates.rows import TemplateCounts, TemplateRow, TemplatesSync
from inbox_app.queries.templates.templates import After

PAGE = 50


class TemplatesQuery(NamedTuple):
    """Two pages of a filtered list, from a place on."""

    state: TemplateState | None
    language: str
    search: str
    after: After | None


@dataclass(frozen=True, slots=True)
class TemplatesView:
    """``middle`` is where the second page begins, ``end`` what comes after it."""

    rows: list[TemplateRow]
    middle: After | None
    end: After | None
    counts: TemplateCounts
    languages: list[str]
    sync: TemplatesSync
    connected: bool


async def read(session: AsyncSession, account_id: int, query: TemplatesQuery) -> TemplatesView:
    rows, middle = await _page(session, account_id, query, query.after)
    more, end = await _page(session, account_id, query, middle) if middle else ([], None)
    return TemplatesView(
        rows=[*rows, *more],
        middle=middle,
        end=end,
        counts=await templates.counts(session, account_id),
        languages=await templates.languages(session, account_id),
        sync=await templates.sync(session, account_id),
        connected=await active_number(session, account_id) is not None,
    )


async def _page(
    session: AsyncSession, account_id: int, query: TemplatesQuery, after: After | None
) -> tuple[list[TemplateRow], After | None]:
    return await templates.page(
        session,
        account_id,
        state=query.state,
        language=query.language or None,
        search=query.search,
        limit=PAGE,
        after=after,
    )
