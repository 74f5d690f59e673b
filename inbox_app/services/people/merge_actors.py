"""Two actors turn out to be one: all that hangs on the one is the other's, and back (A3).

Conversations keep the address they are with, so that each message keeps the one it went to.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from inbox_app.domain.people.actors import MergeProblem, MergeRefusedError
from inbox_app.models import Actor, ActorMerge, ActorPhone, AuditEntry
from inbox_app.services.labels.label_actors import move_labels, return_labels
from inbox_app.services.people import merge_moves
from inbox_app.services.people.find_actor import only_actors
from inbox_app.services.people.link_actor import link_by_number
from inbox_app.services.people.waiting_conversation import bring_back, set_aside_for_merge
from inbox_app.services.people.write_terms import write_terms

_FIELDS = ("external_id", "email", "language", "country", "notes", "changed_at")


async def merge_actors(
    session: AsyncSession,
    *,
    account_id: int,
    kept_id: int,
    gone_id: int,
    user_id: int | None,
    now: datetime,
) -> int:
    """``gone`` is ``kept`` from now on, whose name, kind and values win; the merge's id, by which
    it is undone. Without a user the API did it.

    Raises ``MergeRefusedError``.
    """
    if kept_id == gone_id:
        raise MergeRefusedError(MergeProblem.SAME)
    await _take_turns(session, account_id, (kept_id, gone_id))
    kept, gone = await _both(session, account_id, kept_id, gone_id)
    if kept is None or gone is None or kept.archived_at or gone.archived_at:
        raise MergeRefusedError(MergeProblem.GONE)
    moved: dict[str, Any] = {
        "aside": await set_aside_for_merge(session, account_id, kept_id, gone_id),
        "others": await merge_moves.hand_over(session, account_id, gone_id, kept_id),
        "phones": await merge_moves.move_phones(session, gone, kept),
        "stays": await merge_moves.move_stays(session, gone, kept),
        "homes": await merge_moves.move_homes(session, gone, kept),
        "labels": await move_labels(session, gone, kept),
        "fields": await _join_fields(session, gone, kept, now),
    }
    gone.archived_at, gone.merged_into = now, kept_id
    session.add_all([kept, gone])
    merge = ActorMerge(
        account_id=account_id,
        kept_id=kept_id,
        gone_id=gone_id,
        moved=moved,
        merged_at=now,
        merged_by=user_id,
    )
    session.add(merge)
    await write_terms(session, account_id, [kept_id, gone_id])
    await link_by_number(session, account_id, kept_id)
    _note(session, "actor.merged", merge, user_id, now)
    return merge.id


async def undo_merge(
    session: AsyncSession, *, account_id: int, merge_id: int, user_id: int | None, now: datetime
) -> int:
    """All that went over and is there still goes back; what was written since stays with the kept
    one. The id of whom there is again.

    Raises ``MergeRefusedError``.
    """
    merge = await _open_merge(session, account_id, merge_id)
    await _take_turns(session, account_id, (merge.kept_id, merge.gone_id))
    kept, gone = await _both(session, account_id, merge.kept_id, merge.gone_id)
    if kept is None or gone is None:
        raise MergeRefusedError(MergeProblem.GONE)
    if kept.merged_into or await _has_later(session, merge):
        raise MergeRefusedError(MergeProblem.NOT_LATEST)
    moved = merge.moved
    gone.merged_into, gone.archived_at, merge.undone_at = None, None, now
    await _part_fields(session, gone, kept, moved["fields"])
    await merge_moves.hand_back(session, account_id, moved["others"], kept.id, gone.id)
    await merge_moves.return_phones(session, gone, kept, moved["phones"])
    await merge_moves.return_stays(session, gone, kept, moved["stays"])
    await merge_moves.return_homes(session, gone, kept, moved["homes"])
    if "labels" in moved:
        await return_labels(session, gone, kept, moved["labels"])
    for actor, was in ((kept, moved["aside"]["kept"]), (gone, moved["aside"]["gone"])):
        if was:
            await bring_back(session, account_id, actor.id, was)
    session.add_all([kept, gone, merge])
    await write_terms(session, account_id, [kept.id, gone.id])
    _note(session, "actor.merge_undone", merge, user_id, now)
    return gone.id


async def _take_turns(session: AsyncSession, account_id: int, ids: Iterable[int]) -> None:
    """Whoever writes from one of the numbers meanwhile is linked after us."""
    query = select(ActorPhone.match_key).where(
        col(ActorPhone.account_id) == account_id,
        col(ActorPhone.actor_id).in_(list(ids)),
        col(ActorPhone.match_key).is_not(None),
    )
    keys = [(account_id, key) for key in await session.exec(query) if key]
    await only_actors(await session.connection(), keys)


async def _both(
    session: AsyncSession, account_id: int, kept_id: int, gone_id: int
) -> tuple[Actor | None, Actor | None]:
    """Ours alone until the commit, in an order that two merges of the same share."""
    query = (
        select(Actor)
        .where(col(Actor.account_id) == account_id, col(Actor.id).in_([kept_id, gone_id]))
        .order_by(col(Actor.id))
    )
    found = {actor.id: actor for actor in await session.exec(query.with_for_update())}
    return found.get(kept_id), found.get(gone_id)


async def _join_fields(
    session: AsyncSession, gone: Actor, kept: Actor, now: datetime
) -> dict[str, dict[str, Any]]:
    """What nobody told of the kept one is taken from the other; notes are joined, and an e-mail
    address that gives way is put among them. What was there, and is now, of both."""
    before = _fields(kept)
    key, kept_key = gone.external_id, kept.external_id
    notes = [kept.notes, gone.notes]
    if kept.email and gone.email and gone.email != kept.email:
        notes.append(gone.email)
    kept.notes = "\n".join(dict.fromkeys(filter(None, notes))) or None
    kept.email = kept.email or gone.email
    kept.language, kept.country = kept.language or gone.language, kept.country or gone.country
    kept.changed_at = now
    if kept_key is None and key is not None:
        gone.external_id = None
        session.add(gone)
        await session.flush()
        kept.external_id = key
    return {"before": before, "after": _fields(kept)}


async def _part_fields(
    session: AsyncSession, gone: Actor, kept: Actor, fields: dict[str, dict[str, Any]]
) -> None:
    """Only what nobody has changed since."""
    now_there = _fields(kept)
    for name, was in fields["before"].items():
        if now_there[name] == fields["after"][name] and now_there[name] != was:
            setattr(kept, name, _value(name, was))
            if name == "external_id":
                session.add(kept)
                await session.flush()
                gone.external_id = fields["after"][name]


def _fields(actor: Actor) -> dict[str, Any]:
    told = {name: getattr(actor, name) for name in _FIELDS}
    return told | {"changed_at": actor.changed_at and actor.changed_at.isoformat()}


def _value(name: str, was: Any) -> Any:
    return datetime.fromisoformat(was) if name == "changed_at" and was else was


async def _open_merge(session: AsyncSession, account_id: int, merge_id: int) -> ActorMerge:
    query = select(ActorMerge).where(
        col(ActorMerge.account_id) == account_id,
        col(ActorMerge.id) == merge_id,
        col(ActorMerge.undone_at).is_(None),
    )
    found = (await session.exec(query.with_for_update())).one_or_none()
    if found is None:
        raise MergeRefusedError(MergeProblem.GONE)
    return found


async def _has_later(session: AsyncSession, merge: ActorMerge) -> bool:
    query = select(ActorMerge.id).where(
        col(ActorMerge.account_id) == merge.account_id,
        col(ActorMerge.kept_id) == merge.kept_id,
        col(ActorMerge.id) > merge.id,
        col(ActorMerge.undone_at).is_(None),
    )
    return (await session.exec(query)).first() is not None


def _note(
    session: AsyncSession, what: str, merge: ActorMerge, user_id: int | None, now: datetime
) -> None:
    details = {"actor": merge.kept_id, "merged": merge.gone_id, "merge": merge.id}
    session.add(
        AuditEntry(
            account_id=merge.account_id,
            at=now,
            user_id=user_id,
            what=what,
            details=details | ({} if user_id else {"by": "api"}),
        )
    )
