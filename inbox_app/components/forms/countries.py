"""A chooser of a country, named in the person's language by the browser, with its prefix."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.i18n.text import tr
from inbox_app.components.vars import Shown
from inbox_app.domain.people.phones import PREFIXES

_file = rx.asset("countries.jsx", shared=True)
_needs = (text,)


class _CountrySelect(rx.Component):
    library = _file.importable_path
    tag = "CountrySelect"

    prefixes: rx.Var[dict[str, int]] = rx.Var.create(PREFIXES)
    name: rx.Var[str]
    value: rx.Var[str]
    placeholder: rx.Var[str]
    required: rx.Var[bool]

    on_change: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def country_select(name: str, value: Shown) -> rx.Component:
    """Posts an ISO 3166 code; `value` stands chosen at first."""
    return _CountrySelect.create(name=name, value=value, id=name, required=True)


def prefix_select(chosen: rx.Var[str], on_change: rx.event.EventCallback[str]) -> rx.Component:
    """The country that a number without its prefix is dialled in. Also where one was supposed
    already: it may be another."""
    return _CountrySelect.create(
        value=chosen,
        on_change=on_change,
        placeholder=tr("Which country is the number from?"),
        class_name="plain-select country-select",
        custom_attrs={"aria-label": tr("Country of the number")},
    )
