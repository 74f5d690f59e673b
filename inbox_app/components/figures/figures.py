"""The figures of a period: what matters in numbers, charts with a table behind each (X7)."""

import reflex as rx

from inbox_app.components.i18n import text, times
from inbox_app.components.layout import icons

_file = rx.asset("figures.jsx", shared=True)
_parts = [
    rx.asset(file, shared=True)
    for file in ("charts.jsx", "tables.jsx", "hours.jsx", "figure_words.js")
]
_needs = (icons, text, times)


class Figures(rx.Component):
    """`view` is a ``FiguresView``; `everybody` says that all people of the company are in it."""

    library = _file.importable_path
    tag = "Figures"

    view: rx.Var[dict[str, object]]
    everybody: rx.Var[bool]

    on_choose: rx.EventHandler[rx.event.passthrough_event_spec(str)]
