"""Threads seen before, shown from the tab's memory until they have come anew."""

import reflex as rx

_file = rx.asset("remembered_thread.jsx", shared=True)


class RememberedThread(rx.Component):
    """Its children read the states named in `states` as they were left with the conversation
    `asked` for, while the server's tell of another one still."""

    library = _file.importable_path
    tag = "RememberedThread"

    states: rx.Var[list[str]]
    asked: rx.Var[str]
