"""Links inside the application, and the parts of its address."""

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

from inbox_app.components.i18n import text

_file = rx.asset("links.jsx", shared=True)
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


class SkipLink(rx.Component):
    """A link, seen while it is focused, to the panel with the id `to`."""

    library = _file.importable_path
    tag = "SkipLink"

    to: rx.Var[str]


def address_part(name: str) -> rx.Var[str]:
    """A dynamic part of the address, known in the browser before the server answers."""
    return _hook("useAddressPart", f"{name}_in_address", f'"{name}"')


def page_language() -> rx.Var[str]:
    """The language in which this page speaks."""
    return _hook("useLanguage", "page_language", "")


def _hook(hook: str, name: str, arguments: str) -> rx.Var[str]:
    data = VarData(
        imports={_file.importable_path: [ImportVar(tag=hook)]},
        hooks={f"const {name} = {hook}({arguments});": None},
    )
    return rx.Var(_js_expr=name, _var_type=str, _var_data=data).to(str)
