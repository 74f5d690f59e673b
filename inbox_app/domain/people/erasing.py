"""What is left of somebody whose data is erased (A6)."""

import hashlib
import json
from collections.abc import Collection
from typing import Any, cast

_ERASED = "erased."


def nameless(provider_id: str | None) -> str | None:
    """A channel's id of a message may hold a number: what stands in its place is the same for the
    same id, so that what points at it still does."""
    if provider_id is None or provider_id.startswith(_ERASED):
        return provider_id
    return _ERASED + hashlib.sha256(provider_id.encode()).hexdigest()[:40]


def without_person(body: bytes, endpoints: Collection[str], ids: Collection[str]) -> bytes:
    """A raw event without what tells of a person in it, at our ends of the channel alone: of lists,
    the innermost items that name one of their ``ids``. What nobody can read goes whole."""
    try:
        event = json.loads(body)
    except ValueError:
        return b""
    cut = _cut(event, frozenset(endpoints), frozenset(ids), ours=False)
    return json.dumps(cut, ensure_ascii=False).encode()


def _cut(node: Any, endpoints: frozenset[str], ids: frozenset[str], *, ours: bool) -> Any:
    if isinstance(node, dict):
        members = cast("dict[str, Any]", node)
        ours = ours or _names(members, endpoints)
        return {name: _cut(each, endpoints, ids, ours=ours) for name, each in members.items()}
    if isinstance(node, list):
        items = cast("list[Any]", node)
        kept = [each for each in items if not (ours and _is_about(each, ids))]
        return [_cut(each, endpoints, ids, ours=ours) for each in kept]
    return node


def _names(members: dict[str, Any], endpoints: frozenset[str]) -> bool:
    """Whether it says which end of the channel it came to, itself or in a member of it."""
    inner = [cast("dict[str, Any]", each) for each in members.values() if isinstance(each, dict)]
    return any(
        isinstance(value, str) and value in endpoints
        for each in (members, *inner)
        for value in each.values()
    )


def _is_about(node: Any, ids: frozenset[str]) -> bool:
    """Whether it names the person itself, not only in lists that lie within it."""
    if isinstance(node, str):
        return node in ids
    if isinstance(node, dict):
        return any(_is_about(each, ids) for each in cast("dict[str, Any]", node).values())
    return False
