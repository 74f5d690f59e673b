"""Language and theme, chosen by buttons of a form that the browser posts."""

import reflex as rx

from inbox_app.components import text
from inbox_app.components.icons import icon
from inbox_app.components.pieces import Shown
from inbox_app.components.text import tr

_file = rx.asset("preferences.jsx", shared=True)
_needs = (text,)
_LANGUAGES = (("it", "Italiano"), ("en", "English"), ("es", "Español"))


class Preferred(rx.Component):
    """Gives the page the theme that the person chose ("" for none) and the language's mark."""

    library = _file.importable_path
    tag = "Preferred"

    theme: rx.Var[str]


class PreferenceForm(rx.Component):
    """Posts to `/auth/preferences`, and comes back to this page."""

    library = _file.importable_path
    tag = "PreferenceForm"

    csrf: rx.Var[str]


def language_form(csrf: Shown, chosen: Shown) -> rx.Component:
    choices = [
        _choice("language", code, chosen, rx.el.span(name, lang=code)) for code, name in _LANGUAGES
    ]
    return _form(csrf, tr("Language"), choices)


def theme_form(csrf: Shown, chosen: Shown) -> rx.Component:
    return _form(
        csrf,
        tr("Theme"),
        [
            _choice("theme", "system", chosen, icon("screen"), tr("System")),
            _choice("theme", "light", chosen, icon("sun"), tr("Light")),
            _choice("theme", "dark", chosen, icon("moon"), tr("Dark")),
        ],
    )


def _form(csrf: Shown, label: Shown, choices: list[rx.Component]) -> rx.Component:
    group = rx.el.div(*choices, class_name="choices", role="group", aria_label=label)
    return PreferenceForm.create(
        rx.el.span(label, class_name="choices-label", aria_hidden="true"), group, csrf=csrf
    )


def _choice(
    name: str, value: str, chosen: Shown, *face: rx.Component | rx.Var[str]
) -> rx.Component:
    return rx.el.button(
        *face,
        type="submit",
        name=name,
        value=value,
        aria_pressed=chosen == value,
        class_name="choice",
    )
