"""Links inside the application, and the parts of its address."""

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

from inbox_app.components.i18n import text
from inbox_app.components.vars import Shown

_file = rx.asset("links.jsx", shared=True)
_address = rx.asset("address.js", shared=True)
_needs = (text,)


class NavigationLink(rx.Component):
    """A link that knows when it leads to the page one is on (`aria-current="page"`)."""

    library = _file.importable_path
    tag = "NavigationLink"

    to: rx.Var[str]
    end: rx.Var[bool]


class FullLoadButton(rx.Component):
    """A button that loads the page `to` anew, because its content policy is another than this
    page's: a browser keeps the policy it was given with the last full load."""

    library = _file.importable_path
    tag = "FullLoadButton"

    to: rx.Var[str]


class NavigationButton(rx.Component):
    """A button that leads to the page `to` of the application."""

    library = _file.importable_path
    tag = "NavigationButton"

    to: rx.Var[str]


class BackLink(rx.Component):
    """A link back to where one came from, else to `to`."""

    library = _file.importable_path
    tag = "BackLink"

    to: rx.Var[str]


class PageAhead(rx.Component):
    """Fetches the scripts of the page `page`, so that a step there needs no network."""

    library = "react-router"
    tag = "PrefetchPageLinks"

    page: rx.Var[str]


class SkipLink(rx.Component):
    """A link, seen while it is focused, to the panel with the id `to`."""

    library = _file.importable_path
    tag = "SkipLink"

    to: rx.Var[str]


def address_part(name: str, pattern: str) -> rx.Var[str]:
    """The part `name` of an address like `pattern` ("/inbox/:name"), known in the browser from the
    click on; empty on another address."""
    hook = f'useAddressPart("{name}", "{pattern}")'
    return _hook(_address.importable_path, f"{name}_in_address", hook)


def page_language() -> rx.Var[str]:
    """The language in which this page speaks."""
    return _hook(_file.importable_path, "page_language", "useLanguage()")


def _hook(library: str, name: str, call: str) -> rx.Var[str]:
    data = VarData(
        imports={library: [ImportVar(tag=call.split("(")[0])]},
        hooks={f"const {name} = {call};": None},
    )
    return rx.Var(_js_expr=name, _var_type=str, _var_data=data).to(str)


def download_link(name: Shown, address: rx.Var[str], class_name: str) -> rx.Component:
    """A link to a file that the server writes: of the addresses that it does not know, the router
    would make a page that is not there."""
    return rx.el.a(name, href=address, download=True, reload_document=True, class_name=class_name)
