"""Blocking people (docs/whatsapp.md §5.5): what is asked, and whom Meta left out."""

from typing import Any

from inbox_app.channels.whatsapp.graph.errors import GraphErrorAnswer, classify
from inbox_app.channels.whatsapp.json_values import Json, items, mapping


def payload(user: str) -> Json:
    """`user` is a phone's digits or a business-scoped id."""
    return {"messaging_product": "whatsapp", "block_users": [{"user": user}]}


def left_out(answer: Any) -> GraphErrorAnswer | None:
    """Why Meta did not do it, though it answered with success; None when it did."""
    failed = items(mapping(mapping(answer).get("block_users")).get("failed_users"))
    if not failed:
        return None
    errors = items(mapping(failed[0]).get("errors"))
    return classify(200, {"error": mapping(next(iter(errors), None))})
