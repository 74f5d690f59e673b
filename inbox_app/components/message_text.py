"""The words of a message, with links and WhatsApp's own marks."""

import reflex as rx

_file = rx.asset("message_text.jsx", shared=True)


class MessageText(rx.Component):
    """Plain text as WhatsApp shows it."""

    library = _file.importable_path
    tag = "MessageText"

    text: rx.Var[str]


message_text = MessageText.create
