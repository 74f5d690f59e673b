"""The account's labels, to be put on somebody: as a row's menu offers them, with a button of its
own."""

import reflex as rx

from inbox_app.components.dialogs import form_dialog, menu
from inbox_app.components.i18n import text

_file = rx.asset("label_picker.jsx", shared=True)
_parts = [rx.asset(file, shared=True) for file in ("label_names.jsx", "label_page.jsx")]
_needs = (form_dialog, menu, text)


def _one(one: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (one,)


class LabelPicker(rx.Component):
    """`labels` (`LabelRow`) are the account's, `had` those that are on when it opens; `problem`
    (`NameProblem`) is what stands against a new one's name, `done` changes with each that was
    made."""

    library = _file.importable_path
    tag = "LabelPicker"

    labels: rx.Var[list]
    had: rx.Var[list]
    problem: rx.Var[str]
    done: rx.Var[int]

    on_put: rx.EventHandler[_one]
    on_take: rx.EventHandler[_one]
    on_make: rx.EventHandler[_one]
