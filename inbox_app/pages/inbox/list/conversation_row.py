"""One conversation in the list: who, what was said last, when, and how long one may answer
(P1, W6)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr, tr_n
from inbox_app.components.i18n.times import ListTime, ShortDate, SnoozedUntil, Waited, WindowLeft
from inbox_app.components.inbox.list.chips import (
    kind_name,
    label_tag,
    restriction_chip,
    shown_name,
    stay_phase_name,
)
from inbox_app.components.inbox.list.row_people import RowPeople
from inbox_app.components.inbox.outgoing.outgoing import UnsentLine
from inbox_app.components.inbox.thread.message_kinds import (
    kind_icon,
    kind_word,
    unsupported_icon,
    unsupported_preview,
)
from inbox_app.components.inbox.thread.message_text import line_of_text
from inbox_app.components.inbox.thread.ticks import tick
from inbox_app.components.layout.avatar import avatar
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import NavigationLink
from inbox_app.components.vars import some, words_for
from inbox_app.domain.reply_window import WindowState
from inbox_app.pages.inbox.list.assignee import assignee
from inbox_app.queries.inbox.rows import ConversationRow
from inbox_app.queries.labels.rows import LabelRow


def conversation_row(row: ObjectVar[ConversationRow]) -> rx.Component:
    return rx.el.div(
        rx.cond(row["lane"] != "", rx.el.h3(_lane(row), class_name="row-lane")),
        NavigationLink.create(
            avatar(row["initials"], row["kind"], row["group"]),
            rx.el.div(_name(row), _preview(row), _below(row), class_name="row-content"),
            _side(row),
            to=f"/inbox/{row['id']}",
            class_name=rx.cond(some(row["unread"]), "row unread", "row"),
            custom_attrs={
                "data-conversation": row["id"],
                "data-window": row["window"],
                "data-waiting": rx.cond(_waits(row), "yes", "no"),
            },
        ),
        rx.el.span(
            _act("done", "check", tr("Done")),
            _act("menu", "more", tr("Actions")),
            class_name="row-acts",
        ),
        role="listitem",
        custom_attrs={"data-row": row["id"], "data-done": tr("Done"), "data-snooze": tr("Snooze…")},
        key=row["id"],
    )


def _lane(row: ObjectVar[ConversationRow]) -> rx.Var[str]:
    """P7."""
    return words_for(
        row["lane"],
        ("arrivals", tr("Arrivals")),
        ("departures", tr("Departures")),
        tr("In house"),
    )


def _act(what: str, sign: str, label: rx.Var[str]) -> rx.Component:
    """For the mouse; `RowTools` does it. The keyboard has keys, a finger moves the row."""
    return rx.el.button(
        icon(sign),
        type="button",
        title=label,
        aria_label=label,
        tab_index=-1,
        class_name="icon-button",
        custom_attrs={"data-act": what},
    )


def _waits(row: ObjectVar[ConversationRow]) -> rx.Var[bool]:
    """Whether the last word is theirs, and can be answered."""
    said = (row["preview_kind"] != "") & ~row["preview_out"]
    return said & ~row["group"] & ~row["blocked"]


def _name(row: ObjectVar[ConversationRow]) -> rx.Component:
    name = shown_name(row["name"], row["group"], row["channel_name"])
    return rx.el.div(
        rx.el.span(name, class_name="truncate", dir="auto"),
        rx.cond(row["starred"], icon("star", "starred")),
        rx.cond(
            row["mentioned"],
            rx.el.span(
                "@", role="img", aria_label=tr("You are mentioned"), class_name="mention-sign"
            ),
        ),
        assignee(row),
        RowPeople.create(thread=row["id"]),
        class_name="row-name",
    )


def _preview(row: ObjectVar[ConversationRow]) -> rx.Component:
    draft = rx.fragment(
        rx.el.span(tr("Draft:"), class_name="draft"),
        rx.el.span(row["draft"], class_name="truncate", dir="auto"),
    )
    latest = rx.fragment(
        rx.cond(row["preview_status"] != "", tick(row["preview_status"])),
        _last_message(row),
    )
    return rx.el.div(
        UnsentLine.create(
            rx.cond(row["draft"] != "", draft, latest),
            thread=row["id"],
            said=f"{row['last_at']} {row['draft']}",
        ),
        class_name="row-preview",
    )


def _last_message(row: ObjectVar[ConversationRow]) -> rx.Component:
    is_notice = row["preview_kind"] == "unsupported"
    notice_sign = unsupported_icon(row["preview_unsupported"])
    sign = rx.cond(is_notice, notice_sign, kind_icon(row["preview_kind"]))
    tone = rx.cond(is_notice & (notice_sign == "warning"), "caution", "")
    return rx.fragment(
        rx.cond(sign != "", rx.el.span(icon(sign), class_name=tone)),
        rx.el.span(line_of_text(text=_words(row)), class_name="truncate", dir="auto"),
    )


def _words(row: ObjectVar[ConversationRow]) -> rx.Var[str]:
    kind, text = row["preview_kind"], row["preview_text"]
    return words_for(
        kind,
        ("", tr("No messages yet")),
        ("unsupported", unsupported_preview(row["preview_unsupported"])),
        ("template", tr("Template: {name}", name=text)),
        rx.cond(text != "", text, kind_word(kind)),
    )


def _below(row: ObjectVar[ConversationRow]) -> rx.Component:
    phase = stay_phase_name(row["stay_phase"], ShortDate.create(day=row["stay_date"]))
    chip = rx.cond(row["stay_phase"] != "", phase, rx.fragment(kind_name(row["kind"])))
    beside = rx.cond(
        row["kind"] == "unknown",
        rx.cond(row["profile_name"] != "", f"~{row['profile_name']}", ""),
        row["accommodation"],
    )
    return rx.el.div(
        _standing(row),
        rx.cond(
            row["group"],
            rx.el.span(tr("Group"), class_name="tag unknown"),
            rx.cond(
                row["blocked"],
                rx.fragment(),
                rx.el.span(chip, class_name=f"tag {row['kind']}"),
            ),
        ),
        rx.foreach(row["labels"].to(list[LabelRow]), label_tag),
        restriction_chip(row["blocked"], row["marketing_stopped"]),
        _channel(row),
        rx.el.span(beside, class_name="truncate", dir="auto"),
        class_name="row-below",
    )


def _standing(row: ObjectVar[ConversationRow]) -> rx.Component:
    """How long they have waited for an answer, or until when nobody need look."""
    return rx.cond(
        row["snooze"] != "",
        rx.el.span(
            icon("snooze"),
            rx.cond(
                some(row["snoozed_until"]),
                SnoozedUntil.create(at=row["snoozed_until"]),
                tr("Until they answer"),
            ),
            class_name="tag snoozed",
        ),
        rx.cond(some(row["waiting_since"]), Waited.create(since=row["waiting_since"])),
    )


def _channel(row: ObjectVar[ConversationRow]) -> rx.Component:
    """By its name, or by its picture in a narrow row, where the name is only heard (P1)."""
    name = row["channel_name"].to(str)
    return rx.el.span(
        icon(row["channel_icon"].to(str)),
        rx.el.span(name, class_name="channel-name"),
        class_name="channel",
        title=name,
    )


def _side(row: ObjectVar[ConversationRow]) -> rx.Component:
    return rx.el.div(
        ListTime.create(at=row["last_at"]),
        rx.cond(
            some(row["unread"]),
            rx.el.span(
                row["unread"],
                _heard_as_unread(row["unread"]),
                class_name="badge",
            ),
            rx.el.span(class_name="no-badge"),
        ),
        rx.cond(
            row["group"] | (row["window"] == WindowState.NONE.value),
            rx.fragment(),
            WindowLeft.create(
                phase=row["window"], closes_at=row["closes_at"], length=row["window_length"]
            ),
        ),
        class_name="row-side",
    )


def _heard_as_unread(count: rx.Var) -> rx.Component:
    return rx.el.span(" ", tr_n("unread", "unread ones", n=count), class_name="visually-hidden")
