"""Languages by name, in the language of whoever looks."""

import reflex as rx

from inbox_app.components import text

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
