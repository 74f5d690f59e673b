"""The side menu in which a template is chosen and sent."""

import reflex as rx

from inbox_app.components.dialogs import dialog
from inbox_app.components.forms import acknowledged_send, typed
from inbox_app.components.i18n import text
from inbox_app.components.inbox.together import together
from inbox_app.components.layout import icons
from inbox_app.components.loading import lazy_ahead
from inbox_app.components.navigation import links

_file = rx.asset("template_menu.jsx", shared=True)
_drawer = rx.asset("template_drawer.jsx", shared=True)
_needs = (acknowledged_send, dialog, icons, lazy_ahead, links, text, together, typed)

Word = rx.Var[str]


def _thread(thread: Word) -> tuple[Word]:
    return (thread,)


def _send(thread: Word, template: Word, ref: Word) -> tuple[Word, Word, Word]:
    return thread, template, ref


class TemplateMenuButton(rx.Component):
    """Opens the page's `TemplateMenu`."""

    library = _file.importable_path
    tag = "TemplateMenuButton"


class TemplateMenu(rx.Component):
    """A modal drawer; its children, drawn while it is open, hold radio buttons named `template`.

    `listed` is what those show: when it changes, the choice is looked up again. `on_send(thread,
    template, ref)` is over, and repeated until then, when `accepted_ref` or `refused_ref` becomes
    its ref; accepted, the menu closes. With `no_templates`, making one comes first.
    """

    library = _file.importable_path
    tag = "TemplateMenu"

    thread: rx.Var[str]
    title: rx.Var[str]
    create_at: rx.Var[str]
    listed: rx.Var[list]
    no_templates: rx.Var[bool]
    accepted_ref: rx.Var[str]
    refused_ref: rx.Var[str]

    on_open: rx.EventHandler[_thread]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]
    on_more: rx.EventHandler[rx.event.no_args_event_spec]
    on_send: rx.EventHandler[_send]
