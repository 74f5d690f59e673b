"""What became of a template that was just made, said on the page one comes back to."""

from collections.abc import Mapping, Sequence
from functools import partial

import reflex as rx

from inbox_app.components import template_words
from inbox_app.components.icons import icon
from inbox_app.components.pieces import Shown, words_for
from inbox_app.components.text import tr
from inbox_app.domain.templates import TemplateState
from inbox_app.pages import live_tabs
from inbox_app.pages.changes import show
from inbox_app.pages.session import SignedIn
from inbox_app.pages.tab_sockets import Patch
from inbox_app.pages.watches import Changed, Watch
from inbox_app.queries.templates import templates
from inbox_app.queries.templates.rows import TemplateRow
from inbox_app.runtime import current_runtime
from inbox_app.workflows.submit_template import Submitted


class TemplateNotice(rx.State):
    """Stands until it is put away, and follows what Meta decides meanwhile."""

    at: rx.Field[str] = rx.field("")
    """The path of the page that shows it."""
    name: rx.Field[str] = rx.field("")
    made: rx.Field[str] = rx.field("")
    category: rx.Field[str] = rx.field("")
    """Meta's, when it is another than the one asked for."""

    @rx.event
    def put_away(self) -> None:
        """It was read."""
        self._forget()

    def _sent(self) -> None:
        """Somebody who has sent a template need not be told that it can be."""
        if self.made == TemplateState.ACCEPTED.value:
            self._forget()

    def _forget(self) -> None:
        live_tabs.current().unwatch(self.router.session.client_token, refresh)
        self.reset()

    async def _tell(self, who: SignedIn, at: str, made: Submitted, asked: str) -> None:
        """``asked`` is the category that was asked for."""
        look, token = made.template_id, self.router.session.client_token
        live_tabs.current().watch(Watch(token, who, refresh, look))
        async with current_runtime().database.reading() as session:
            row = await templates.one(session, who.account_id, look)
        other = made.category if made.category != asked else ""
        self.at, self.category = at, other
        self._follow(row)

    def _follow(self, row: TemplateRow | None) -> None:
        if row is None:
            self.reset()
        else:
            show(self, name=row["name"], made=row["state"])


async def refresh(watches: Sequence[Watch], changed: Changed) -> Mapping[str, Patch]:
    """The notices of those tabs of whose template something may have changed."""
    if not changed.everything:
        return {}
    async with current_runtime().database.reading() as session:
        return {
            watch.token: partial(
                _bring, await templates.one(session, watch.who.account_id, watch.look)
            )
            for watch in watches
        }


async def _bring(row: TemplateRow | None, state: rx.State) -> None:
    (await state.get_state(TemplateNotice))._follow(row)


def template_notice(at: Shown) -> rx.Component:
    refused = TemplateNotice.made == TemplateState.CANCELLED.value
    return rx.cond(
        TemplateNotice.at == at,
        rx.el.div(
            icon(rx.cond(refused, "warning", "template")),
            rx.el.p(_what_happened(), _other_category()),
            rx.el.button(
                icon("close"),
                type="button",
                class_name="icon-button",
                aria_label=tr("Close"),
                on_click=TemplateNotice.put_away,
            ),
            class_name=rx.cond(refused, "template-notice alert", "template-notice"),
            role="status",
        ),
    )


def _what_happened() -> rx.Var[str]:
    name = TemplateNotice.name
    return words_for(
        TemplateNotice.made,
        (
            TemplateState.ACCEPTED.value,
            tr("“{name}” has been accepted: you can send it now.", name=name),
        ),
        (
            TemplateState.CANCELLED.value,
            tr("Meta has rejected “{name}”: see the reason in the list of templates.", name=name),
        ),
        (
            TemplateState.INCOMPATIBLE.value,
            tr("Meta has approved “{name}”, but it can't be sent from here.", name=name),
        ),
        tr(
            "“{name}” is now under review by Meta. The answer usually comes within "
            "minutes, a day at most, and appears here automatically.",
            name=name,
        ),
    )


def _other_category() -> rx.Component:
    category = template_words.category_name(TemplateNotice.category)
    return rx.cond(
        TemplateNotice.category != "",
        rx.fragment(" ", tr("Meta has put it in the {category} category.", category=category)),
    )
