"""Notices of the thread among their neighbours: folded, settled, asked about (M4)."""

from collections.abc import Collection
from itertools import pairwise

from inbox_app.channels.base import Channel
from inbox_app.domain.messages import MessageKind
from inbox_app.queries.inbox.rows import MessageRow

ASKED_AGAIN = "again:"
"""Begins the ``client_ref`` of a request; the id of what it asks for follows: one asks once."""

_NO_ANSWER = {MessageKind.UNSUPPORTED.value, MessageKind.SYSTEM.value}


def with_notices(
    rows: list[MessageRow], channel: Channel, asked: Collection[str]
) -> list[MessageRow]:
    """Mark what may be asked for again; ``asked`` are the ids of those that were asked for."""
    followed = False
    for row in reversed(rows):
        if _is_notice(row):
            row["settled"] = followed
            row["asked"] = row["id"] in asked
            row["may_ask_again"] = (
                not followed
                and not row["asked"]
                and not row["from_history"]
                and channel.form_to_ask_for(row["unsupported_type"]) is not None
            )
        elif row["direction"] == "in" and row["kind"] not in _NO_ANSWER:
            followed = True
    return _folded(rows)


def _folded(rows: list[MessageRow]) -> list[MessageRow]:
    """Of several alike in a row the last one stands for all, with how many they are."""
    for before, after in pairwise(rows):
        if _alike(before, after):
            after["times"] = before["times"] + 1
            after["unsupported_type"] = before["unsupported_type"]
            after["asked"] = after["asked"] or before["asked"]
            after["may_ask_again"] = after["may_ask_again"] or before["may_ask_again"]
            before["folded"] = True
    return rows


def _alike(before: MessageRow, after: MessageRow) -> bool:
    return (
        _is_notice(before)
        and _is_notice(after)
        and not (before["amends"] or after["amends"])
        and not after["day_first"]
        and not after["unread_first"]
        and _what(before) == _what(after)
    )


def _is_notice(row: MessageRow) -> bool:
    return row["kind"] == MessageKind.UNSUPPORTED.value and row["direction"] == "in"


def _what(row: MessageRow) -> tuple[str, ...]:
    """A poll comes as one type, and its votes as another that begins alike."""
    sort = row["unsupported_type"].partition("_")[0]
    return (sort, row["text"], row["author"], row["reply_excerpt"])
