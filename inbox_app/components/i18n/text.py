"""Texts of the pages, in the language of whoever looks: `tr` in Python, `t` in the JSX parts.

The English source stands in the page; the browser looks it up in the catalogue that the shell
loads.
"""

import reflex as rx
from reflex.utils.imports import ImportVar
from reflex.vars import VarData

_texts = rx.asset("text.jsx", shared=True).importable_path
_IN_BROWSER = VarData(
    imports={_texts: [ImportVar(tag="useTexts")]}, hooks={"const {t, tn} = useTexts();": None}
)


def tr(source: str, **values: rx.Var | str | int) -> rx.Var[str]:
    """The text for an English source, `{name}` replaced by the value of that name."""
    return _call("t", source, *([values] if values else []))


def tr_n(one: str, other: str, **values: rx.Var | str | int) -> rx.Var[str]:
    """The same for something counted: the value `n` chooses between the two forms."""
    return _call("tn", one, other, values)


def _call(function: str, *arguments: object) -> rx.Var[str]:
    values = [rx.Var.create(argument) for argument in arguments]
    return rx.Var(
        _js_expr=f"{function}({', '.join(map(str, values))})",
        _var_type=str,
        _var_data=VarData.merge(_IN_BROWSER, *(value._get_all_var_data() for value in values)),
    ).to(str)
