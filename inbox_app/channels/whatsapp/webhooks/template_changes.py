"""What a webhook tells of one template (docs/whatsapp.md §6)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from inbox_app.channels.whatsapp.graph.templates import known_category, language_code, reason_of
from inbox_app.channels.whatsapp.json_values import Json, ident, is_mapping, items, mapping, words
from inbox_app.channels.whatsapp.webhooks.events import AccountChange


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateUpdate:
    """What is none was not told."""

    provider_id: str | None
    name: str | None
    language: str | None
    status: str | None = None
    """In upper case; Meta's word for an event where it is no status."""
    reason: str | None = None
    advice: str | None = None
    category: str | None = None
    quality: str | None = None
    words: Mapping[str, str] | None = None
    """The static texts by type of component, when they were changed."""
    buttons: bool = False
    """Whether the changed template has any."""
    needs_refresh: bool = False
    """Only the list tells the whole of it."""


def read_template_update(change: AccountChange) -> TemplateUpdate:
    """Read a change of one of ``TEMPLATE_FIELDS``."""
    value = change.value
    return TemplateUpdate(
        provider_id=ident(value.get("message_template_id")),
        name=ident(value.get("message_template_name")),
        language=language_code(value.get("message_template_language")),
        **_READERS[change.field](value),
    )


def _status(value: Json) -> dict[str, Any]:
    event = (ident(value.get("event")) or "").upper()
    category = ident(value.get("message_template_category"))
    told: dict[str, Any] = {
        "reason": _reason(value),
        "advice": _advice(value),
        "category": category and known_category(category),
    }
    if event in _NO_STATUS:
        return told | {"needs_refresh": True}
    return told | {"status": event or None, "needs_refresh": event in _NEEDS_REFRESH}


def _quality(value: Json) -> dict[str, Any]:
    return {"quality": ident(value.get("new_quality_score"))}


def _category(value: Json) -> dict[str, Any]:
    """While a change is only announced, `new_category` is the one it still has."""
    category = ident(value.get("new_category"))
    if category is None or ident(value.get("correct_category")):
        return {"needs_refresh": True}
    return {"category": known_category(category)}


def _components(value: Json) -> dict[str, Any]:
    texts = {
        "HEADER": words(value.get("message_template_title")),
        "BODY": words(value.get("message_template_element")),
        "FOOTER": words(value.get("message_template_footer")),
    }
    buttons = [one for one in items(value.get("message_template_buttons")) if is_mapping(one)]
    return {
        "words": {kind: text for kind, text in texts.items() if text is not None},
        "buttons": bool(buttons),
        "needs_refresh": True,
    }


def _reason(value: Json) -> str | None:
    """Meta's code; where she gives none, which of her measures it is."""
    title = ident(mapping(value.get("other_info")).get("title"))
    return reason_of(value.get("reason")) or title


def _advice(value: Json) -> str | None:
    """What she says at length, in her words."""
    rejected, other = mapping(value.get("rejection_info")), mapping(value.get("other_info"))
    said = (
        words(rejected.get("reason")),
        words(rejected.get("recommendation")),
        words(other.get("description")),
    )
    return " ".join(filter(None, said)) or None


_NO_STATUS = frozenset({"FLAGGED"})
"""A warning: it is still sent as before."""
_NEEDS_REFRESH = frozenset({"REINSTATED", "UNARCHIVED"})
"""It is again what it was before, which the event does not say."""

_READERS: Mapping[str, Callable[[Json], dict[str, Any]]] = {
    "message_template_status_update": _status,
    "message_template_quality_update": _quality,
    "template_category_update": _category,
    "message_template_components_update": _components,
}
TEMPLATE_FIELDS = frozenset(_READERS)
