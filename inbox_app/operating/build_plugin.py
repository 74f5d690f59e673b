"""What Reflex writes for the pages and we need otherwise, changed before each build.

- Pages talk to the origin they were loaded from, whatever its host and port: Reflex writes the
  server's address into the bundle, and its one escape, for `localhost`, keeps the port of the build
  and drops it on https (decision 2).
- Emotion stays out: 11 KB of the first load for styles that we write nowhere. Reflex makes every
  element by Emotion's `jsx`, which is React's own `createElement` unless an element has a `style=`
  of its own; ours have class names only (decision 16 of house.md).
- So does what Reflex's pages can do and ours never ask for, 9 KB: cookies that scripts write, its
  own uploads, the ways to a server other than the websocket, and the merging of objects in objects.
- Vite asks for a stylesheet as React Router does, without `crossorigin`: what one has fetched ahead
  the other does not use otherwise, and fetches it again. One that failed is not taken for there.
- Lists of rows may come as what changed in them: see `row_patches.js`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reflex_base.plugins.base import Plugin

_STAND_INS = {
    # A name of its own: what is passed on is looked up in React's module at each use.
    r"^@emotion\/react$": (
        'import { createElement } from "react";\nexport const jsx = createElement;\n'
    ),
    r"^universal-cookie$": "export default class Cookies {}\n",
    r"^\$\/utils\/helpers\/upload$": "export const uploadFiles = undefined;\n",
    # Of engine.io-client, beside its websocket.
    r"^\.\/(transports\/)?(polling-xhr(\.node)?|webtransport)\.js$": "export let XHR, WT;\n",
    # Merges what a prop holds with what is laid over it: ours are flat.
    r"^mergician$": "export const mergician = (under, over) => ({ ...under, ...over });\n",
}
"""By what is imported, as Vite's pattern: the script that comes instead."""
_ROW_PATCHES = Path("utils/row_patches.js")
ROW_PATCHES_SOURCE = Path(__file__).with_name("row_patches.js")


def _stand_in(at: int) -> Path:
    return Path(f"utils/stand_in_{at}.js")


@dataclass(frozen=True)
class Insertion:
    """`text` goes into `file` (a path in `.web`) beside `anchor`, which stands there once."""

    file: str
    anchor: str
    text: str
    after: bool = False

    def into(self, source: str) -> str:
        """`source` with the text; doing it twice is harmless.

        Raises:
            ValueError: when this is not the file of the pinned Reflex.
        """
        if self.text in source:
            return source
        if source.count(self.anchor) != 1:
            raise ValueError(f"{self.file} has changed: see what Reflex now does there")
        both = self.anchor + self.text if self.after else self.text + self.anchor
        return source.replace(self.anchor, both)


OWN_ORIGIN = Insertion(
    file="utils/state.js",
    anchor="  const endpoint = new URL(url_str);\n",
    text="""\
  if (typeof window !== "undefined") {
    return new URL(new URL(url_str).pathname, window.location.origin);
  }
""",
)
ROW_PATCHES = (
    Insertion(
        file="utils/state.js",
        anchor='import env from "$/env.json";\n',
        text='import { withPatches } from "$/utils/row_patches";\n',
    ),
    Insertion(
        file="utils/state.js",
        anchor="export const applyDelta = (state, delta) => {\n",
        text="  [state, delta] = withPatches(state, delta);\n",
        after=True,
    ),
)
STAND_INS = Insertion(
    file="vite.config.js",
    anchor="    alias: [\n",
    text="".join(
        f"""\
      {{
        find: /{pattern}/,
        replacement: fileURLToPath(new URL("./{_stand_in(at)}", import.meta.url)),
      }},
"""
        for at, pattern in enumerate(_STAND_INS)
    ),
    after=True,
)
STYLES_ALIKE = (
    Insertion(
        file="vite.config.js",
        anchor="export default defineConfig(",
        text="""\
function stylesAlike() {
  const changes = [
    ['link.crossOrigin = "";', (asks) => `if (!isCss) ${asks}`],
    ["if (isCss) return", (waits) => `link.onerror = () => link.remove(); ${waits}`],
    [/(?<=\\(err\\) => \\{\\s*)seen\\[href\\] = void 0;/, () => "delete seen[href];"],
  ];
  return {
    name: "styles-alike",
    transform: {
      filter: { id: /preload-helper\\.js$/ },
      handler(code) {
        for (const [before, after] of changes) {
          if (code.split(before).length !== 2) this.error(`Vite has changed: no ${before}`);
          code = code.replace(before, after);
        }
        return { code, map: null };
      },
    },
  };
}

""",
    ),
    Insertion(
        file="vite.config.js",
        anchor="    safariCacheBustPlugin(),\n",
        text="    stylesAlike(),\n",
        after=True,
    ),
)


class BuildPlugin(Plugin):
    """Has pages ask their own origin, and for each stylesheet once, go without what they never use,
    and take patches of rows."""

    def get_static_assets(self, **context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """The scripts that are named in Reflex's."""
        row_patches = ROW_PATCHES_SOURCE.read_text(encoding="utf-8")
        stand_ins = [(_stand_in(at), source) for at, source in enumerate(_STAND_INS.values())]
        return [*stand_ins, (_ROW_PATCHES, row_patches)]

    def pre_compile(self, **context: Any) -> None:
        """Register the changes of Reflex's files."""
        for insertion in (OWN_ORIGIN, *ROW_PATCHES, STAND_INS, *STYLES_ALIKE):
            context["add_modify_task"](insertion.file, insertion.into)
