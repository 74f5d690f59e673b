"""A template in the list of all: what Meta says of it, and what can be done about it."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.navigation.links import NavigationButton
from inbox_app.domain.templates import TemplateState
from inbox_app.pages.shared.template_card import about, bubble, state_chip, why
from inbox_app.pages.templates.state import TemplatesState
from inbox_app.queries.templates.rows import TemplateRow


def card(row: ObjectVar[TemplateRow]) -> rx.Component:
    return rx.el.div(
        rx.el.article(
            rx.el.div(
                rx.el.h2(row["name"], dir="auto"),
                about(row),
                state_chip(row),
                why(row),
                _correct(row),
                class_name="template-facts",
            ),
            bubble(row),
            _delete(row),
            class_name=rx.cond(
                row["state"] == TemplateState.ACCEPTED.value,
                "template-card",
                "template-card no",
            ),
        ),
        role="listitem",
        custom_attrs={"data-row": row["id"]},
        key=row["id"],
    )


def _correct(row: ObjectVar[TemplateRow]) -> rx.Component:
    refused = row["state"] == TemplateState.CANCELLED.value
    return rx.cond(
        refused & TemplatesState.sync["may_manage"],
        NavigationButton.create(
            icon("edit"),
            tr("Correct and send again"),
            to=f"/templates/new?again={row['id']}",
            class_name="link-button",
        ),
    )


def _delete(row: ObjectVar[TemplateRow]) -> rx.Component:
    return rx.cond(
        TemplatesState.sync["may_manage"],
        rx.el.button(
            icon("trash"),
            type="button",
            class_name="icon-button template-delete",
            aria_label=tr("Delete {name}", name=row["name"]),
            title=tr("Delete"),
            on_click=TemplatesState.ask_delete(row["id"].to(str)),
        ),
    )
