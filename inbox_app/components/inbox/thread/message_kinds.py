"""What a message is, in a word and a sign (M3, M4)."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import Shown, words_for


def kind_icon(kind: Shown) -> rx.Var[str]:
    """The name of the icon, "" for words."""
    return words_for(
        kind,
        ("image", "photo"),
        ("document", "file"),
        ("video", "video"),
        ("gif", "video"),
        ("audio", "mic"),
        ("sticker", "sticker"),
        ("location", "pin"),
        ("contacts", "contact"),
        ("template", "template"),
        ("unsupported", "warning"),
        ("system", "info"),
        ("erased", "trash"),
        "",
    )


def kind_word(kind: Shown) -> rx.Var[str]:
    """What stands for a message without words of its own."""
    return words_for(
        kind,
        ("text", tr("(empty message)")),
        ("image", tr("Photo")),
        ("document", tr("Document")),
        ("video", tr("Video")),
        ("gif", tr("GIF")),
        ("audio", tr("Audio")),
        ("sticker", tr("Sticker")),
        ("location", tr("Location")),
        ("contacts", tr("Contact")),
        ("template", tr("Template")),
        ("system", tr("Notice from WhatsApp")),
        ("erased", tr("Contents erased")),
        "",
    )


def unsupported_preview(kind: Shown) -> rx.Var[str]:
    """What a line says of a notice: of edits and deletions what was done."""
    return words_for(
        kind,
        ("edit", tr("A message was edited")),
        ("revoke", tr("A message was deleted")),
        tr("Not supported: {type}", type=unsupported_word(kind)),
    )


def unsupported_icon(kind: Shown) -> rx.Var[str]:
    """The name of its icon."""
    return words_for(kind, ("edit", "edit"), ("revoke", "trash"), "warning")


def unsupported_word(kind: Shown) -> rx.Var[str]:
    """A type that WhatsApp sends and the product does not show; one not known is named raw."""
    return words_for(
        kind,
        ("poll_creation", tr("poll")),
        ("poll_update", tr("vote in a poll")),
        ("reaction", tr("reaction")),
        ("reply", tr("reply to a message")),
        ("nfm_reply", tr("completed form")),
        ("contacts", tr("contact card")),
        ("media_placeholder", tr("file on its way")),
        ("request_welcome", tr("opening of the chat")),
        ("order", tr("order")),
        ("product", tr("product")),
        ("call", tr("call")),
        ("edit", tr("edited message")),
        ("revoke", tr("deleted message")),
        ("button", tr("pressed button")),
        ("interactive", tr("interactive message")),
        ("event", tr("event")),
        ("ephemeral", tr("disappearing message")),
        ("view_once", tr("view-once message")),
        ("unsupported", tr("unknown format")),
        ("unknown", tr("unknown format")),
        ("", tr("unknown format")),
        kind,
    )
