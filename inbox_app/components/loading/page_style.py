"""Stylesheets that few pages need: they come with the page's script, and no other page fetches
them."""

from typing import Any

import reflex as rx


class PageStyle(rx.Fragment):
    """`sheet` is the name of one in `assets/styles/`; what all pages share goes before it."""

    sheet: str = ""

    def add_imports(self) -> dict[str, Any]:
        """For the file of the page, which is how Vite learns of it."""
        return {"": f"$/public/styles/{self.sheet}.css"}


page_style = PageStyle.create
