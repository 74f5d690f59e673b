"""What the side menu of templates shows, read once for all tabs that look at the same."""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.queries.templates import templates
from inbox_app.queries.templates.rows import TemplateRow, TemplatesSync

PAGE = 30
MOST = 90
"""A menu is to choose from: of more than so many one is found by its words."""


class MenuQuery(NamedTuple):
    """The first templates for one conversation, so many of each sort; ``language`` is one without
    its region, "" for all."""

    conversation_id: int
    language: str
    search: str
    sendable: int = PAGE
    others: int = PAGE

    def further(self, seen: "MenuView") -> "MenuQuery":
        """A page on: of those that cannot be sent once all the others are there."""
        if seen.more_sendable:
            return self._replace(sendable=min(self.sendable + PAGE, MOST))
        return self._replace(others=min(self.others + PAGE, MOST))


@dataclass(frozen=True, slots=True)
class MenuView:
    """Those that can be sent to this person, and below the last of them those that cannot.

    ``more_…`` are to be had by scrolling on, ``too_many_…`` only by searching.
    """

    sendable: list[TemplateRow]
    others: list[TemplateRow]
    more_sendable: bool
    more_others: bool
    too_many_sendable: bool
    too_many_others: bool
    accepted: int
    """Of all languages, whatever is searched for."""
    sync: TemplatesSync


async def read(session: AsyncSession, account_id: int, query: MenuQuery) -> MenuView:
    read = partial(
        templates.by_readiness,
        session,
        account_id,
        without_marketing=await templates.marketing_stopped(
            session, account_id, query.conversation_id
        ),
        language=query.language or None,
        search=query.search,
    )
    sendable = await read(goes_out=True, limit=query.sendable + 1)
    more_sendable = len(sendable) > query.sendable and query.sendable < MOST
    others = [] if more_sendable else await read(goes_out=False, limit=query.others + 1)
    return MenuView(
        sendable=sendable[: query.sendable],
        others=others[: query.others],
        more_sendable=more_sendable,
        more_others=len(others) > query.others and query.others < MOST,
        too_many_sendable=len(sendable) > MOST,
        too_many_others=len(others) > MOST,
        accepted=(await templates.counts(session, account_id))["accepted"],
        sync=await templates.sync(session, account_id),
    )
