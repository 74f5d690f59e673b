"""A box that is ticked at once, before the server has answered."""

import reflex as rx

_file = rx.asset("checkbox.jsx", shared=True)


def _held(held: rx.Var[bool]) -> tuple[rx.Var[bool]]:
    return (held,)


class Checkbox(rx.Component):
    """`checked` is what the server holds. A tick of the person's shows until that agrees with it,
    or `refusals`, a count of the server's, goes up: then the box goes back. One that is ticked
    `once` cannot be unticked, and keeps the keyboard."""

    library = _file.importable_path
    tag = "Checkbox"

    checked: rx.Var[bool]
    refusals: rx.Var[int]
    once: rx.Var[bool]
    disabled: rx.Var[bool]

    on_tick: rx.EventHandler[_held]
