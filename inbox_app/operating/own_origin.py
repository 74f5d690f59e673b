"""Makes the built pages talk to the origin they were loaded from, whatever its host and port.

Reflex writes the server's address into the bundle. Its one escape, for `localhost`, keeps the port
of the build and drops it on https, so that another PORT or a TLS proxy would need a rebuild.
"""

from typing import Any

from reflex_base.plugins.base import Plugin

_STATE_JS = "utils/state.js"
_BEGINS = "  const endpoint = new URL(url_str);\n"
_OWN_ORIGIN = """\
  if (typeof window !== "undefined") {
    return new URL(new URL(url_str).pathname, window.location.origin);
  }
"""


class OwnOriginPlugin(Plugin):
    """Has `getBackendURL` answer on the page's own origin in a browser."""

    def pre_compile(self, **context: Any) -> None:
        """Register the change of Reflex's script."""
        context["add_modify_task"](_STATE_JS, with_own_origin)


def with_own_origin(script: str) -> str:
    """`script` with `getBackendURL` bound to the page's origin; changing it twice is harmless.

    Raises:
        ValueError: when this is not the script of the pinned Reflex.
    """
    if _OWN_ORIGIN in script:
        return script
    if script.count(_BEGINS) != 1:
        raise ValueError(f"{_STATE_JS} has changed: see how Reflex now finds its server")
    return script.replace(_BEGINS, _OWN_ORIGIN + _BEGINS)
