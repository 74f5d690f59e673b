"""`/settings/audit`: who did what of consequence (X1)."""

import reflex as rx
from reflex.vars import ObjectVar

from inbox_app.components.i18n.text import tr
from inbox_app.components.i18n.times import MomentIn
from inbox_app.components.layout.empty_state import empty_state
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.navigation.links import download_link
from inbox_app.components.vars import Shown, in_browser
from inbox_app.domain.accounts.audit import AuditKind
from inbox_app.pages.audit.state import AuditState
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.pages.shared.page_head import page_head
from inbox_app.queries.accounts.rows import PersonRow
from inbox_app.queries.audit.rows import AuditRow

_KINDS: tuple[tuple[str, Shown], ...] = (
    ("", tr("Everything")),
    (AuditKind.ACCESS.value, tr("Signing in and roles")),
    (AuditKind.CONNECTION.value, tr("Connection with WhatsApp")),
    (AuditKind.PEOPLE.value, tr("Actors and their data")),
    (AuditKind.TEMPLATES.value, tr("Templates")),
    (AuditKind.DATA.value, tr("Imports and rules")),
)


def audit() -> rx.Component:
    return frame.frame(
        page_style(sheet="cards"),
        page_style(sheet="audit"),
        rx.el.section(
            page_head(tr("Audit trail")),
            rx.cond(
                AuditState.ready,
                rx.cond(AuditState.may, _trail(), _for_admins()),
                rx.el.div(class_name="form skeleton", aria_hidden="true"),
            ),
            class_name="page audit-page",
            aria_label=tr("Audit trail"),
        ),
        TabTitle.create(name=tr("Audit trail"), count=NoticesState.unread),
        place="settings",
        pane="page",
    )


def _for_admins() -> rx.Component:
    return empty_state(
        "lock",
        tr("For administrators"),
        tr("Who changed what in the company is shown to its administrators."),
    )


def _trail() -> rx.Component:
    return rx.el.div(
        _choices(),
        rx.cond(
            AuditState.rows.length() > 0,
            rx.el.ol(
                rx.foreach(AuditState.rows, _entry), class_name="boxed boxed-rows audit-trail"
            ),
            empty_state(
                "file",
                tr("Nothing here"),
                tr("Nothing of this kind has been done yet. Choose another person or kind."),
            ),
        ),
        _pages(),
        class_name="page-parts",
    )


def _choices() -> rx.Component:
    return rx.el.div(
        rx.el.select(
            rx.el.option(tr("Everybody"), value=""),
            rx.foreach(AuditState.people, _person),
            value=AuditState.person,
            on_change=AuditState.choose_person,
            aria_label=tr("Person"),
            class_name="plain-select",
        ),
        rx.el.select(
            *(rx.el.option(name, value=kind) for kind, name in _KINDS),
            value=AuditState.kind,
            on_change=AuditState.choose_kind,
            aria_label=tr("Kind"),
            class_name="plain-select",
        ),
        download_link(tr("Download as CSV"), _csv_address(), "button quiet-button"),
        class_name="audit-choices",
    )


def _csv_address() -> rx.Var[str]:
    person, kind = in_browser(AuditState.person), in_browser(AuditState.kind)
    return rx.Var.create("/export/audit.csv?person=") + person + "&kind=" + kind


def _person(row: ObjectVar[PersonRow]) -> rx.Component:
    return rx.el.option(
        rx.cond(row["name"] == "", row["email"], row["name"]), value=row["id"].to(str)
    )


def _entry(row: ObjectVar[AuditRow]) -> rx.Component:
    return rx.el.li(
        rx.el.span(row["said"].to(str), dir="auto"),
        MomentIn.create(sentence="{moment}", at=row["at"]),
        key=row["id"].to(str),
    )


def _pages() -> rx.Component:
    return rx.el.div(
        rx.cond(
            ~AuditState.newest,
            rx.el.button(
                tr("Back to the newest"),
                type="button",
                on_click=AuditState.show_newest,
                class_name="button quiet-button",
            ),
        ),
        rx.cond(
            AuditState.older,
            rx.el.button(
                tr("Show older"),
                type="button",
                on_click=AuditState.show_older,
                class_name="button quiet-button",
            ),
        ),
        class_name="audit-pages",
    )
