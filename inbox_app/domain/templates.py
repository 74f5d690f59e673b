"""WhatsApp templates: their parts, what makes one unusable here, the four states (T1, T2)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from inbox_app.domain.links import has_link


class TemplateState(StrEnum):
    """What a property manager is told: ready, under review, approved but unusable here, refused."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    INCOMPATIBLE = "incompatible"
    CANCELLED = "cancelled"


class TemplateCategory(StrEnum):
    """Meta's categories; the first two can be made and sent here."""

    MARKETING = "marketing"
    UTILITY = "utility"
    AUTHENTICATION = "authentication"


class Incompatibility(StrEnum):
    """Why an approved template cannot be sent from here (T2)."""

    VARIABLE = "variable"
    URL = "url"
    MEDIA_HEADER = "media_header"
    LOCATION_HEADER = "location_header"
    BUTTONS = "buttons"
    CAROUSEL = "carousel"
    LIMITED_TIME_OFFER = "limited_time_offer"
    AUTHENTICATION = "authentication"
    UNKNOWN_CATEGORY = "unknown_category"
    UNKNOWN_PART = "unknown_part"
    NO_BODY = "no_body"


class TemplateProblem(StrEnum):
    """Why Meta did not make or delete a template."""

    NAME_TAKEN = "name_taken"
    LIMIT_REACHED = "limit_reached"
    """As many templates as the account may have."""
    TOO_MANY_AT_ONCE = "too_many_at_once"
    TOO_LONG = "too_long"
    VARIABLES = "variables"
    FORMAT = "format"
    NOT_ALLOWED = "not_allowed"
    """The company is not verified, or may not do this."""
    NOT_FOUND = "not_found"
    NOT_CONNECTED = "not_connected"
    CREDENTIALS = "credentials"
    UNREACHABLE = "unreachable"
    """Nothing has left: again later."""
    UNCERTAIN = "uncertain"
    """It left and was not answered: reading the list anew tells."""
    REFUSED = "refused"
    """For another reason, in Meta's words."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The words of a template; a part that is not there is none."""

    header: str | None
    body: str
    footer: str | None


Component = Mapping[str, Any]
"""One of Meta's, as it came: `type`, `format`, `text`, `buttons`, `cards` (docs/whatsapp.md
§10.1)."""


def parts(components: Sequence[Component]) -> Parts:
    """The words of Meta's components; types and formats may be in either case."""
    words = {_kind(component): _text(component) for component in components}
    return Parts(words.get("HEADER") or None, words.get("BODY") or "", words.get("FOOTER") or None)


def state(
    meta_status: str, category: str, components: Sequence[Component]
) -> tuple[TemplateState, tuple[Incompatibility, ...]]:
    """The state, with the reasons when it is incompatible; an unknown status is pending."""
    status = meta_status.upper()
    if status in CANCELLED:
        return TemplateState.CANCELLED, ()
    if status not in APPROVED:
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


def as_sent(words: Parts) -> str:
    """The text as the recipient reads it: header in bold, body, footer, a blank line between."""
    header = f"*{words.header}*" if words.header else None
    return "\n\n".join(filter(None, (header, words.body, words.footer)))


APPROVED = frozenset({"APPROVED", "REINSTATED", "UNARCHIVED"})
"""Ready to be sent, as far as Meta is concerned; the last two are events of webhooks."""
CANCELLED = frozenset(
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

VARIABLE = re.compile(r"\{\{[^{}]*\}\}")
"""Numbered or named; what stands between the braces is Meta's to understand."""


def _of_component(component: Component) -> list[Incompatibility]:
    match _kind(component):
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
    words = _text(component)
    found: list[Incompatibility] = []
    if VARIABLE.search(words):
        found.append(Incompatibility.VARIABLE)
    if has_link(words):
        found.append(Incompatibility.URL)
    return found


def _kind(component: Component) -> str:
    return str(component.get("type") or "").upper()


def _text(component: Component) -> str:
    text = component.get("text")
    return text if isinstance(text, str) else ""
