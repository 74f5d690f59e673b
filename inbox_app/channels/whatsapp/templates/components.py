"""The components of a template as Meta writes them, and the text that the recipient reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


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
    words = {kind_of(component): text_of(component) for component in components}
    return Parts(words.get("HEADER") or None, words.get("BODY") or "", words.get("FOOTER") or None)


def as_sent(words: Parts) -> str:
    """The text as the recipient reads it: header in bold, body, footer, a blank line between."""
    header = f"*{words.header}*" if words.header else None
    return "\n\n".join(filter(None, (header, words.body, words.footer)))


def kind_of(component: Component) -> str:
    """Its type, in upper case."""
    return str(component.get("type") or "").upper()


def text_of(component: Component) -> str:
    text = component.get("text")
    return text if isinstance(text, str) else ""
