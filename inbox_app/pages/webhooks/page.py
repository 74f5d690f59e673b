"""The page of webhooks: which systems are told, and what became of it (A3)."""

import reflex as rx

from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.empty_state import empty_state
from inbox_app.components.layout.tab import TabTitle
from inbox_app.components.loading.page_style import page_style
from inbox_app.components.webhooks.webhooks import Webhooks
from inbox_app.pages.shared import frame
from inbox_app.pages.shared.notices_state import NoticesState
from inbox_app.pages.webhooks.deliveries_state import DeliveriesState
from inbox_app.pages.webhooks.state import WebhooksState


def webhooks() -> rx.Component:
    return frame.frame(
        page_style(sheet="cards"),
        rx.el.section(
            rx.cond(WebhooksState.ready, rx.cond(WebhooksState.may, _all(), _not_for_them())),
            class_name="page card-page",
            aria_label=tr("Webhooks"),
        ),
        TabTitle.create(name=tr("Webhooks"), count=NoticesState.unread),
        place="settings",
        pane="page",
    )


def _all() -> rx.Component:
    return Webhooks.create(
        endpoints=WebhooksState.rows,
        problem=WebhooksState.problem,
        done=WebhooksState.done,
        refused=WebhooksState.refused,
        chosen=DeliveriesState.endpoint,
        deliveries=DeliveriesState.rows,
        has_earlier=DeliveriesState.has_earlier,
        has_later=DeliveriesState.has_later,
        waiting=DeliveriesState.waiting,
        on_save=WebhooksState.save,
        on_rotate=WebhooksState.rotate,
        on_switch=WebhooksState.switch,
        on_remove=WebhooksState.remove,
        on_test=WebhooksState.test,
        on_choose=DeliveriesState.choose,
        on_retry=DeliveriesState.retry,
        on_refresh=DeliveriesState.refresh,
        on_earlier=DeliveriesState.load_earlier,
        on_later=DeliveriesState.load_later,
    )


def _not_for_them() -> rx.Component:
    return empty_state(
        "lock",
        tr("Only administrators see webhooks"),
        tr("Ask an administrator of your company to connect another system."),
        heading=rx.el.h1,
    )
