"""Forms that the browser itself posts, so that the answer may set a cookie and load a new page."""

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML


class NativeForm(BaseHTML):
    """`rx.el.form` always prevents the browser's own POST; this one leaves it alone."""

    tag = "form"

    action: rx.Var[str]
    method: rx.Var[str]


def native_form(*children: rx.Component, action: str, class_name: str = "") -> rx.Component:
    return NativeForm.create(*children, action=action, method="post", class_name=class_name)
