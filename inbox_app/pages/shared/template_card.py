"""A WhatsApp template on a screen: its state, its words as they arrive, what speaks against it
(T1, T2)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.languages import LanguageName, language_tag
from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import SpanIn
from inbox_app.components.inbox.thread.message_text import message_text
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.metas_words import metas_words
from inbox_app.components.templates import template_words as words
from inbox_app.components.vars import Piece, Shown, part_for
from inbox_app.domain.templates import TemplateState
from inbox_app.queries.templates.rows import TemplateRow

Row = ObjectVar[TemplateRow]


def state_chip(row: Row) -> rx.Component:
    return rx.el.span(words.state_name(row["state"]), class_name=f"tag template {row['state']}")


def about(row: Row) -> rx.Component:
    """Its language and its category."""
    return rx.el.p(
        rx.el.span(LanguageName.create(code=row["language"])),
        rx.el.span(words.category_name(row["category"])),
        class_name="dotted quiet",
    )


def bubble(row: Row) -> rx.Component:
    """As the recipient will see it."""
    return rx.el.div(
        rx.cond(
            row["header"] != "",
            rx.el.div(row["header"], class_name="template-header", dir="auto"),
        ),
        rx.cond(
            row["body"] != "",
            message_text(text=row["body"]),
            rx.el.div(tr("Without text"), class_name="quiet"),
        ),
        rx.cond(
            row["footer"] != "",
            rx.el.div(row["footer"], class_name="template-footer", dir="auto"),
        ),
        class_name="template-bubble",
        lang=language_tag(row["language"]),
    )


def why(row: Row) -> rx.Component:
    """Why it cannot be sent, and what Meta has done with it; nothing when all is well."""
    return rx.fragment(
        part_for(
            row["state"],
            (TemplateState.ACCEPTED.value, rx.fragment()),
            (TemplateState.INCOMPATIBLE.value, _incompatible(row)),
            (TemplateState.CANCELLED.value, _cancelled(row)),
            _pending(row),
        ),
        rx.cond(
            row["state"] != TemplateState.CANCELLED.value,
            part_for(
                row["quality"],
                ("RED", _line("warning", tr("Low quality: people block or report it."))),
                ("YELLOW", _line("info", tr("Medium quality: some people block or report it."))),
                rx.fragment(),
            ),
        ),
        rx.cond(
            row["meta_advice"] != "",
            _line(
                "info",
                rx.fragment(tr("Meta's advice:"), " ", metas_words(row["meta_advice"])),
            ),
        ),
        rx.cond(
            row["previous_category"] != "",
            _line(
                "info",
                tr(
                    "Meta has changed the category from {before} to {now}.",
                    before=words.category_name(row["previous_category"]),
                    now=words.category_name(row["category"]),
                ),
            ),
        ),
    )


def _incompatible(row: Row) -> rx.Component:
    return rx.foreach(
        row["reasons"].to(list[str]),
        lambda reason: _line("warning", words.incompatibility(reason)),
    )


def _cancelled(row: Row) -> rx.Component:
    said = row["meta_reason"]
    return _line(
        "warning",
        part_for(
            row["meta_status"],
            ("REJECTED", rx.fragment(words.refusal(said))),
            (
                "DISABLED",
                _with_reason(tr("Disabled by Meta because of negative feedback"), said),
            ),
            (
                "ARCHIVED",
                rx.fragment(tr("Archived by Meta because it was not used for a year.")),
            ),
            (
                "LIMIT_EXCEEDED",
                rx.fragment(tr("Your account has reached Meta's limit of templates.")),
            ),
            ("DELETED", rx.fragment(tr("It was deleted."))),
            ("PENDING_DELETION", rx.fragment(tr("It is being deleted."))),
            ("LOCKED", _with_reason(tr("Locked by Meta"), said)),
            _with_reason(tr("Meta says: “{status}”", status=row["meta_status"]), said),
        ),
    )


def _pending(row: Row) -> rx.Component:
    said = row["meta_reason"]
    return part_for(
        row["meta_status"],
        ("PENDING", _line("clock", _under_review(row))),
        ("", _line("clock", _under_review(row))),
        ("IN_APPEAL", _line("clock", rx.fragment(tr("Under review by Meta again.")))),
        ("PAUSED", _line("clock", _with_reason(tr("Paused by Meta"), said))),
        _line("clock", _with_reason(tr("Meta says: “{status}”", status=row["meta_status"]), said)),
    )


def _under_review(row: Row) -> rx.Component:
    return SpanIn.create(
        sentence=tr("Under review by Meta for {span}."),
        soon=tr("Under review by Meta: usually minutes, a day at most."),
        at=row["updated_at"],
    )


def _with_reason(sentence: Shown, reason: Shown) -> rx.Component:
    named = (reason != "") & (reason != "NONE")
    return rx.fragment(sentence, rx.cond(named, rx.fragment(": ", metas_words(reason), "."), "."))


def _line(sign: str, content: Piece) -> rx.Component:
    return rx.el.p(icon(sign), rx.el.span(content, dir="auto"), class_name="template-reason")
