"""Icons of the product's own set, assets/icons.svg."""

import reflex as rx

_file = rx.asset("icons.jsx", shared=True)


class Icon(rx.Component):
    """A picture by its name in the sprite; hidden from screen readers."""

    library = _file.importable_path
    tag = "Icon"

    name: rx.Var[str]


def icon(name: str | rx.Var[str], class_name: str = "") -> rx.Component:
    return Icon.create(name=name, class_name=class_name)
