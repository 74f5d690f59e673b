"""What Meta said, in her English whoever reads it (X3)."""

import reflex as rx

from inbox_app.components.vars import Shown


def metas_words(said: Shown) -> rx.Component:
    return rx.el.q(said, dir="auto", lang="en")
