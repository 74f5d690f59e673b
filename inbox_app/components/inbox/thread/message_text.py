"""The words of a message, with links and WhatsApp's own marks."""

import reflex as rx

from inbox_app.components.i18n import text as texts
from inbox_app.components.i18n import times
from inbox_app.components.loading import lazy_ahead

_file = rx.asset("message_text.jsx", shared=True)
_format = rx.asset("formatted_text.js", shared=True)
_links = [rx.asset(file, shared=True) for file in ("linked_text.jsx", "links_in_text.js")]
_needs = (lazy_ahead, times, texts)


class _Text(rx.Component):
    library = _file.importable_path
    lib_dependencies: list[str] = ["linkify-it@6.1.0"]  # noqa: RUF012 - Reflex copies it

    text: rx.Var[str]


class MessageText(_Text):
    """Plain text as WhatsApp shows it."""

    tag = "MessageText"


class OrderLines(rx.Component):
    """What was ordered, its prices as the person's language writes them."""

    library = _file.importable_path
    tag = "OrderLines"

    lines: rx.Var[list[dict[str, str]]]


class LineOfText(_Text):
    """The same inside a line: marks, but no links."""

    tag = "LineOfText"


message_text = MessageText.create
line_of_text = LineOfText.create
order_lines = OrderLines.create
