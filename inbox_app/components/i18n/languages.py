"""Languages by name, in the language of whoever looks."""

import reflex as rx

from inbox_app.components.i18n import text
from inbox_app.components.vars import Shown, in_browser

_file = rx.asset("languages.jsx", shared=True)
_needs = (text,)


class LanguageName(rx.Component):
    """One of Meta's codes in words: Italian, English (United States)."""

    library = _file.importable_path
    tag = "LanguageName"

    code: rx.Var[str]


class LanguageOptions(rx.Component):
    """The options of a `<select>` for Meta's codes, ordered by name."""

    library = _file.importable_path
    tag = "LanguageOptions"

    codes: rx.Var[list[str]]


def language_tag(code: Shown) -> rx.Var[str]:
    """The tag (BCP 47) of a language as Meta writes it, for what is written in it."""
    return in_browser(code).to(str).replace("_", "-")
