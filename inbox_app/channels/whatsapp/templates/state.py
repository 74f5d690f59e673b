"""What a template of Meta's comes to here: its state, and why one she approved cannot be sent (T1,
T2)."""

import re
from collections.abc import Sequence

from inbox_app.channels.whatsapp.templates.components import Component, kind_of, parts, text_of
from inbox_app.domain.links import has_link
from inbox_app.domain.templates import Incompatibility, TemplateCategory, TemplateState


def state_of(
    meta_status: str, category: str, components: Sequence[Component]
) -> tuple[TemplateState, tuple[Incompatibility, ...]]:
    """The state, with the reasons when it is incompatible; an unknown status is pending."""
    status = meta_status.upper()
    if status in _CANCELLED:
        return TemplateState.CANCELLED, ()
    if status not in _APPROVED:
        return TemplateState.PENDING, ()
    reasons = incompatibilities(category, components)
    return (TemplateState.INCOMPATIBLE if reasons else TemplateState.ACCEPTED), reasons


def incompatibilities(
    category: str, components: Sequence[Component]
) -> tuple[Incompatibility, ...]:
    """Everything that the product does not send, each reason once, in the order of the enum."""
    found = {reason for component in components for reason in _of_component(component)}
    if category.lower() == TemplateCategory.AUTHENTICATION:
        found.add(Incompatibility.AUTHENTICATION)
    elif category.lower() not in tuple(TemplateCategory):
        found.add(Incompatibility.UNKNOWN_CATEGORY)
    if not parts(components).body.strip():
        found.add(Incompatibility.NO_BODY)
    return tuple(reason for reason in Incompatibility if reason in found)


_APPROVED = frozenset({"APPROVED", "REINSTATED", "UNARCHIVED"})
"""Ready to be sent, as far as Meta is concerned; the last two are events of webhooks."""
_CANCELLED = frozenset(
    {
        "REJECTED",
        "DISABLED",
        "ARCHIVED",
        "LIMIT_EXCEEDED",
        "DELETED",
        "PENDING_DELETION",
        "LOCKED",
    }
)

_VARIABLE = re.compile(r"\{\{[^{}]*\}\}")
"""Numbered or named; what stands between the braces is Meta's to understand."""


def _of_component(component: Component) -> list[Incompatibility]:
    match kind_of(component):
        case "HEADER":
            return [*_of_header(component), *_of_words(component)]
        case "BODY" | "FOOTER":
            return _of_words(component)
        case "BUTTONS":
            return [Incompatibility.BUTTONS] if component.get("buttons") else []
        case "CAROUSEL":
            return [Incompatibility.CAROUSEL]
        case "LIMITED_TIME_OFFER":
            return [Incompatibility.LIMITED_TIME_OFFER]
        case _:
            return [Incompatibility.UNKNOWN_PART]


def _of_header(component: Component) -> list[Incompatibility]:
    match str(component.get("format") or "TEXT").upper():
        case "TEXT":
            return []
        case "LOCATION":
            return [Incompatibility.LOCATION_HEADER]
        case _:
            return [Incompatibility.MEDIA_HEADER]


def _of_words(component: Component) -> list[Incompatibility]:
    words = text_of(component)
    found: list[Incompatibility] = []
    if _VARIABLE.search(words):
        found.append(Incompatibility.VARIABLE)
    if has_link(words):
        found.append(Incompatibility.URL)
    return found
