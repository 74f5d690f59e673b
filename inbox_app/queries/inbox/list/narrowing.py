"""What leaves few of the list's conversations: their ids, each by an index of its own, so that a
page costs what they are, not what the list is (P5)."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.models import Conversation, ConversationLabel, ReservationGuest
from inbox_app.queries.inbox.list.conversation_search import conversations_found
from inbox_app.queries.inbox.list.view import Filter, View

FEW = 500
"""A label on more is not looked up ahead."""
RARE = 5_000
"""A label on more is no narrowing: the list's own order is quicker."""
_Ids = Select[*tuple[Any, ...]]


async def among_few(session: AsyncSession, view: View) -> set[int] | None:
    """The few that the view can hold, of all filters; None where they are not known to be few."""
    found: set[int] | None = None
    if view.actor_id:
        found = await _read(session, _of_actor(view))
    if view.reservation_id:
        found = _both(found, await _read(session, _of_guests(view)))
    if view.search:
        said = await conversations_found(
            session, view.account_id, view.search, in_messages=view.in_messages
        )
        found = _both(found, said)
    if not view.label_id or (found is None and is_whole_label(view)):
        return found
    return await _labelled(session, view, found)


def is_whole_label(view: View) -> bool:
    """Whether all that the list shows of a label is asked for, which has an index in order."""
    return bool(view.label_id) and view.filter in {None, Filter.ALL} and not view.channel


def narrows(view: View, among: set[int] | None) -> ColumnElement[bool]:
    """What holds of a view's conversations besides its filter, given ``among_few``."""
    held: list[ColumnElement[bool]] = []
    if among is not None:
        held.append(col(Conversation.id).in_(among))
    elif view.label_id:
        held.append(col(Conversation.id).in_(with_label(replace(view, filter=None))))
    if view.channel:
        held.append(col(Conversation.channel) == view.channel)
    return and_(true(), *held)


async def is_rare(session: AsyncSession, view: View) -> bool:
    """Whether a page costs least where those with its label are gone through in their order."""
    beyond = with_label(replace(view, filter=None)).offset(RARE).limit(1)
    return (await (await session.connection()).execute(beyond)).first() is None


def among_labelled(ids: _Ids, view: View) -> _Ids:
    """Those of some conversations that have its label, to be sorted as the label's index is."""
    both = ids.select_from(Conversation).join(
        ConversationLabel, col(ConversationLabel.conversation_id) == col(Conversation.id)
    )
    archived = col(ConversationLabel.archived_at)
    which = () if view.filter is None else (archived.is_(None),)
    which = (archived.is_not(None),) if view.filter is Filter.ARCHIVED else which
    return both.where(*_labels(view), *which)


def with_label(view: View) -> _Ids:
    """The ids of those with its label; archived ones too where the view has no filter."""
    labelled = select(col(ConversationLabel.conversation_id)).where(*_labels(view))
    listed = col(ConversationLabel.archived_at).is_(None)
    return labelled if view.filter is None else labelled.where(listed)


def _labels(view: View) -> tuple[ColumnElement[bool], ...]:
    return (
        col(ConversationLabel.account_id) == view.account_id,
        col(ConversationLabel.label_id) == view.label_id,
    )


async def _labelled(session: AsyncSession, view: View, among: set[int] | None) -> set[int] | None:
    labelled = with_label(replace(view, filter=None))
    if among is not None:
        having = labelled.where(col(ConversationLabel.conversation_id).in_(among))
        return await _read(session, having)
    found = await _read(session, labelled.limit(FEW + 1))
    return found if len(found) <= FEW else None


def _of_actor(view: View) -> _Ids:
    return _ids(view).where(col(Conversation.actor_id) == view.actor_id)


def _of_guests(view: View) -> _Ids:
    guests = select(col(ReservationGuest.actor_id)).where(
        col(ReservationGuest.account_id) == view.account_id,
        col(ReservationGuest.reservation_id) == view.reservation_id,
    )
    return _ids(view).where(col(Conversation.actor_id).in_(guests))


def _ids(view: View) -> _Ids:
    return select(col(Conversation.id)).where(col(Conversation.account_id) == view.account_id)


async def _read(session: AsyncSession, query: _Ids) -> set[int]:
    return set((await (await session.connection()).execute(query)).scalars())


def _both(some: set[int] | None, others: set[int]) -> set[int]:
    return others if some is None else some & others
