"""`/replies`: the saved replies of the company, written in each language (M8)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.dialogs.confirm_dialog import ConfirmDialog
from inbox_app.components.forms.search_box import search_box
from inbox_app.components.i18n.languages import LanguageName, language_tag
from inbox_app.components.i18n.text import tr, tr_n
from inbox_app.components.layout.card_list import card_list, card_skeleton
from inbox_app.components.layout.empty_state import empty_state
from inbox_app.components.layout.icons import icon
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.saved_replies.reply_editor import ReplyEditor
from inbox_app.components.vars import Shown, in_browser, some, words_for
from inbox_app.domain.saved_replies import ReplyProblem
from inbox_app.pages.saved_replies.state import MOST, NEW, SavedRepliesState
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.queries.saved_replies.rows import SavedReplyRow

LANGUAGES = [
    "it", "en", "es", "fr", "de", "pt", "nl", "pl", "da", "sv", "nb", "fi", "cs", "ru", "zh", "ja",
    "ar",
]  # fmt: skip
"""Those that guests of holiday homes read most."""
_rows = in_browser(SavedRepliesState.rows)


def saved_replies() -> rx.Component:
    return frame.frame(
        page_style(sheet="cards"),
        rx.el.section(
            _head(),
            rx.cond(SavedRepliesState.ready, _list(), card_skeleton()),
            class_name="page card-page",
            aria_label=tr("Saved replies"),
        ),
        _editor(),
        _delete_dialog(),
        TabTitle.create(name=tr("Saved replies"), count=NoticesState.unread),
        place="replies",
        pane="page",
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.h1(tr("Saved replies"), tab_index=-1),
            rx.cond(SavedRepliesState.total > 0, _create()),
            class_name="panel-title",
        ),
        rx.cond(
            SavedRepliesState.total > 0,
            search_box(
                tr("Search saved replies"), SavedRepliesState.set_search, SavedRepliesState.search
            ),
        ),
    )


def _create() -> rx.Component:
    return rx.el.button(
        icon("plus"),
        tr("New reply"),
        type="button",
        class_name="button",
        on_click=SavedRepliesState.edit(NEW),
    )


def _list() -> rx.Component:
    return card_list(
        tr("Saved replies"),
        _rows,
        _card,
        most=MOST,
        empty=rx.cond(SavedRepliesState.search != "", _nothing_matches(), _none()),
    )


def _card(row: ObjectVar[SavedReplyRow]) -> rx.Component:
    return rx.el.div(
        rx.el.button(
            rx.el.h2(row["name"], dir="auto", class_name="truncate"),
            rx.el.p(row["text"], dir="auto", lang=language_tag(row["language"])),
            type="button",
            class_name="card-open",
            on_click=SavedRepliesState.edit(row["id"].to(str)),
        ),
        rx.el.footer(
            rx.el.span(rx.foreach(row["languages"].to(list[str]), _language), class_name="tags"),
            rx.el.span(_used(in_browser(row["use_count"])), class_name="reply-used"),
            rx.el.button(
                icon("trash"),
                type="button",
                class_name="icon-button",
                aria_label=tr("Delete {name}", name=row["name"]),
                title=tr("Delete"),
                on_click=SavedRepliesState.ask_delete(row["id"].to(str)),
            ),
        ),
        class_name="card",
        role="listitem",
        key=row["id"],
    )


def _language(code: rx.Var[str]) -> rx.Component:
    return rx.el.span(LanguageName.create(code=code), class_name="tag")


def _used(count: Shown) -> rx.Component:
    return rx.cond(
        some(count),
        rx.fragment(tr_n("Used once", "Used {n} times", n=count)),
        rx.fragment(tr("Never used")),
    )


def _none() -> rx.Component:
    return empty_state(
        "bolt",
        tr("No saved replies yet"),
        tr(
            "Write once what you say often: how to get in, where to park. Names, dates and codes "
            "are filled in from the reservation, in the guest's language."
        ),
        _create(),
    )


def _nothing_matches() -> rx.Component:
    return empty_state("search", tr("Nothing found"), tr("No saved reply has these words."))


def _editor() -> rx.Component:
    return ReplyEditor.create(
        reply=SavedRepliesState.editing,
        name=SavedRepliesState.name,
        texts=SavedRepliesState.texts,
        language=SavedRepliesState.language,
        languages=LANGUAGES,
        problem=_problem(),
        saved_ref=SavedRepliesState.saved_ref,
        refused_ref=SavedRepliesState.refused_ref,
        on_save=SavedRepliesState.save,
        on_close=SavedRepliesState.close,
    )


def _problem() -> rx.Var[str]:
    return words_for(
        SavedRepliesState.problem,
        ("", ""),
        (ReplyProblem.NO_NAME.value, tr("Give it a name.")),
        (ReplyProblem.NAME_TAKEN.value, tr("Another saved reply has this name: choose another.")),
        (ReplyProblem.NO_TEXT.value, tr("Write a text in at least one language.")),
        (ReplyProblem.TOO_LONG.value, tr("A text can have at most 4,000 characters.")),
        (
            ReplyProblem.UNKNOWN_FIELD.value,
            tr("A field between braces is misspelt: choose it from the list."),
        ),
        ("gone", tr("Someone deleted it meanwhile: copy the text and save it as a new one.")),
        tr("It couldn't be saved."),
    )


def _delete_dialog() -> rx.Component:
    return ConfirmDialog.create(
        rx.el.p(tr("Messages already sent with it stay.")),
        open=SavedRepliesState.asked_id != "",
        title=tr("Delete “{name}”?", name=SavedRepliesState.asked_name),
        confirm_label=tr("Delete"),
        busy=False,
        focus_after=".card-page h1",
        on_confirm=SavedRepliesState.delete,
        on_cancel=SavedRepliesState.ask_delete(""),
    )
