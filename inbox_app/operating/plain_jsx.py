"""Leaves Emotion out of the built pages: 11 KB of the first load for styles that we write nowhere.

Reflex makes every element by Emotion's `jsx`, which is React's own `createElement` unless an
element has a `style=` of its own; ours have class names only (decision 16 of house.md).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reflex_base.plugins.base import Plugin

_PLAIN_JSX = Path("utils/plain_jsx.js")
_SOURCE = 'export { createElement as jsx } from "react";\n'
_VITE_CONFIG = "vite.config.js"
_BEGINS = "    alias: [\n"
_ALIAS = """\
      {
        find: /^@emotion\\/react$/,
        replacement: fileURLToPath(new URL("./utils/plain_jsx.js", import.meta.url)),
      },
"""


class PlainJsxPlugin(Plugin):
    """Has pages take React's `createElement` where they name Emotion."""

    def get_static_assets(self, **context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """The script that stands in Emotion's place."""
        return [(_PLAIN_JSX, _SOURCE)]

    def pre_compile(self, **context: Any) -> None:
        """Register the change of Vite's configuration."""
        context["add_modify_task"](_VITE_CONFIG, with_plain_jsx)


def with_plain_jsx(config: str) -> str:
    """`config` with the alias; changing it twice is harmless.

    Raises:
        ValueError: when this is not the configuration of the pinned Reflex.
    """
    if _ALIAS in config:
        return config
    if config.count(_BEGINS) != 1:
        raise ValueError(f"{_VITE_CONFIG} has changed: see where Reflex now has its aliases")
    return config.replace(_BEGINS, _BEGINS + _ALIAS)
