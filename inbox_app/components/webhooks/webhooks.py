"""The endpoints of an account, and what one of them was told."""

import reflex as rx

from inbox_app.components.dialogs import confirm_dialog, dialog, form_dialog
from inbox_app.components.i18n import text, times
from inbox_app.components.layout import copy_button, icons, list_window
from inbox_app.components.navigation import links
from inbox_app.domain.webhooks import CHOOSABLE

_file = rx.asset("webhooks.jsx", shared=True)
_parts = [
    rx.asset(file, shared=True)
    for file in (
        "endpoint_card.jsx", "endpoint_form.jsx", "secret_dialog.jsx", "deliveries.jsx",
        "webhook_words.js",
    )
]  # fmt: skip
_needs = (
    confirm_dialog, copy_button, dialog, form_dialog, icons, links, list_window, text, times,
)  # fmt: skip

Word = rx.Var[str]


def _one(endpoint: Word) -> tuple[Word]:
    return (endpoint,)


def _two(endpoint: Word, other: Word) -> tuple[Word, Word]:
    return endpoint, other


def _switch(endpoint: Word, on: rx.Var[bool]) -> tuple[Word, rx.Var[bool]]:
    return endpoint, on


def _form(endpoint: Word, form: rx.Var[dict[str, str]]) -> tuple[Word, rx.Var[dict[str, str]]]:
    return endpoint, form


class Webhooks(rx.Component):
    """`endpoints` are ``EndpointRow``, `deliveries` ``DeliveryRow`` of the one that is `chosen`.
    The browser makes the secrets, which it alone shows."""

    library = _file.importable_path
    tag = "Webhooks"

    endpoints: rx.Var[list]
    kinds: rx.Var[list[str]] = rx.Var.create([kind.value for kind in CHOOSABLE])
    problem: rx.Var[str]
    done: rx.Var[int]
    refused: rx.Var[int]
    chosen: rx.Var[str]
    deliveries: rx.Var[list]
    has_earlier: rx.Var[bool]
    has_later: rx.Var[bool]
    waiting: rx.Var[bool]

    on_save: rx.EventHandler[_form]
    on_rotate: rx.EventHandler[_two]
    on_switch: rx.EventHandler[_switch]
    on_remove: rx.EventHandler[_one]
    on_test: rx.EventHandler[_one]
    on_choose: rx.EventHandler[_one]
    on_retry: rx.EventHandler[_one]
    on_refresh: rx.EventHandler[rx.event.no_args_event_spec]
    on_earlier: rx.EventHandler[rx.event.no_args_event_spec]
    on_later: rx.EventHandler[rx.event.no_args_event_spec]
