"""Language and theme, chosen by buttons of a form that the browser posts."""

from collections.abc import Sequence

import reflex as rx

from inbox_app.components.dialogs.menu import MenuChoice, MenuChoices
from inbox_app.components.i18n import text
from inbox_app.components.i18n.text import tr
from inbox_app.components.layout.icons import icon
from inbox_app.components.loading import lazy_ahead
from inbox_app.components.vars import Piece, Shown

_file = rx.asset("preferences.jsx", shared=True)
_speak = rx.asset("speak.js", shared=True)
_needs = (lazy_ahead, text)


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
    """Empty until it is known; left out where nobody is signed in."""


_Choice = tuple[str, tuple[Piece, ...]]
_LANGUAGES: tuple[_Choice, ...] = tuple(
    (code, (rx.el.span(name, lang=code),))
    for code, name in (("it", "Italiano"), ("en", "English"), ("es", "Español"))
)


def language_form(csrf: Shown | None, chosen: Shown, *, in_menu: bool = False) -> rx.Component:
    return _form("language", tr("Language"), _LANGUAGES, csrf, chosen, in_menu)


def theme_form(csrf: Shown | None, chosen: Shown, *, in_menu: bool = False) -> rx.Component:
    themes = (
        ("system", (icon("screen"), tr("System"))),
        ("light", (icon("sun"), tr("Light"))),
        ("dark", (icon("moon"), tr("Dark"))),
    )
    return _form("theme", tr("Theme"), themes, csrf, chosen, in_menu)


def undo_form(csrf: Shown | None, chosen: Shown) -> rx.Component:
    times = (
        ("0", (tr("Not at all"),)),
        ("5", (tr("{n} seconds", n=5),)),
        ("10", (tr("{n} seconds", n=10),)),
    )
    return _form("undo", tr("Undo sending"), times, csrf, chosen, in_menu=False)


def _form(
    name: str,
    label: Shown,
    choices: Sequence[_Choice],
    csrf: Shown | None,
    chosen: Shown,
    in_menu: bool,
) -> rx.Component:
    part = _menu_part if in_menu else _page_part
    return PreferenceForm.create(
        rx.el.span(label, class_name="choices-label", aria_hidden="true"),
        part(name, label, choices, chosen),
        csrf=csrf,
    )


def _page_part(name: str, label: Shown, choices: Sequence[_Choice], chosen: Shown) -> rx.Component:
    return rx.el.div(
        *(
            rx.el.button(
                *face,
                type="submit",
                name=name,
                value=value,
                aria_pressed=chosen == value,
                class_name="choice",
            )
            for value, face in choices
        ),
        class_name="choices",
        role="group",
        aria_label=label,
    )


def _menu_part(name: str, label: Shown, choices: Sequence[_Choice], chosen: Shown) -> rx.Component:
    return MenuChoices.create(
        *(
            MenuChoice.create(*face, name=name, value=value, class_name="choice")
            for value, face in choices
        ),
        label=label,
        value=chosen,
        class_name="choices",
    )
