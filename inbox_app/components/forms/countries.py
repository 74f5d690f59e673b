"""The country that a number without its prefix is dialled in."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.i18n.text import tr
from inbox_app.domain.phones import PREFIXES

_file = rx.asset("countries.jsx", shared=True)
_needs = (text,)


class CountryOptions(rx.Component):
    """The options of a `<select>`, by name: Italy (+39)."""

    library = _file.importable_path
    tag = "CountryOptions"

    prefixes: rx.Var[dict[str, int]]


def country_select(chosen: rx.Var[str], on_change: rx.event.EventCallback[str]) -> rx.Component:
    """Also where a country was supposed already: it may be another."""
    return rx.el.select(
        rx.el.option(tr("Which country is the number from?"), value=""),
        CountryOptions.create(prefixes=PREFIXES),
        value=chosen,
        on_change=on_change,
        aria_label=tr("Country of the number"),
        class_name="country-select",
    )
