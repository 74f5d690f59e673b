"""What a browser fetches for the first load of the inbox, by file, beside the limit.

`python -m bench.first_load` builds the pages if need be, then reads the built files: the page's
HTML and the script of an open conversation, and from there every script and stylesheet that is
reachable, lazily loaded ones included.
"""

import re
import sys
from pathlib import Path

from inbox_app.operating.build_pages import BUILT, build_if_stale

LIMIT_KB = 260
BLANK_APP_KB = 165  # a blank Reflex app without Radix Themes, measured the same way
_ASSET = re.compile(r"(?:\./|/?assets/)([\w.$-]+\.(?:js|css))\b")


def main() -> None:
    """Print the table; exit code 1 when it is over the limit."""
    build_if_stale()
    sizes = {name: _gzipped_kb(name) for name in _reachable(_inbox())}
    for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
        print(f"{size:7.1f} KB  {name}")
    total = sum(sizes.values())
    print(f"{total:7.1f} KB  JavaScript and CSS of the inbox, gzipped, of {LIMIT_KB} KB allowed")
    print(f"{total / BLANK_APP_KB:7.2f}     times a blank Reflex app ({BLANK_APP_KB} KB)")
    sys.exit(total > LIMIT_KB)


def _inbox() -> set[str]:
    conversation = {file.name for file in (BUILT / "assets").glob("_inbox_*.js")}
    return _assets_in(BUILT / "index.html") | conversation


def _reachable(waiting: set[str]) -> set[str]:
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        found.add(name)
        # The manifest names the scripts of all routes: knowing of them is not loading them.
        if not name.startswith("manifest-"):
            waiting |= _assets_in(BUILT / "assets" / name) - found
    return found


def _assets_in(file: Path) -> set[str]:
    names = set(_ASSET.findall(file.read_text(encoding="utf-8")))
    return {name for name in names if (BUILT / "assets" / name).is_file()}


def _gzipped_kb(name: str) -> float:
    """As it is sent: what is too small to be worth compressing has no compressed sibling."""
    file = BUILT / "assets" / name
    compressed = file.with_name(f"{name}.gz")
    return (compressed if compressed.is_file() else file).stat().st_size / 1000


if __name__ == "__main__":
    main()
