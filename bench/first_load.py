"""What a browser fetches for the first load of the inbox, by file, beside the limit.

`python -m bench.first_load` builds the pages if need be, then reads the built files: the page's
HTML and the script of an open conversation, and from there every script and stylesheet that these
import. What is only imported when somebody first wants it (a menu, the emoji) is listed apart.
"""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from inbox_app.operating.build_pages import BUILT, build_if_stale

LIMIT_KB = 220
BLANK_APP_KB = 165  # a blank Reflex app without Radix Themes, measured the same way
_ASSET = re.compile(r"(?:\./|/?assets/)([\w.$-]+\.(?:js|css))\b")
_IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["'`]\./([\w.$-]+\.js)["'`]""")


def main() -> None:
    """Print the tables; exit code 1 when the first load is over the limit."""
    build_if_stale()
    at_first = first_load()
    print("Later, each when it is first wanted:")
    _print_sizes(_reachable(at_first, _named_in) - at_first)
    print("At first:")
    total = _print_sizes(at_first)
    print(f"{total:7.1f} KB  JavaScript and CSS of the inbox, gzipped, of {LIMIT_KB} KB allowed")
    print(f"{total / BLANK_APP_KB:7.2f}     times a blank Reflex app ({BLANK_APP_KB} KB)")
    sys.exit(total > LIMIT_KB)


def first_load() -> set[str]:
    """The names of the files, in the built pages."""
    return _reachable(_inbox(), _imported_by)


def gzipped_kb(name: str) -> float:
    """As it is sent: what is too small to be worth compressing has no compressed sibling."""
    file = BUILT / "assets" / name
    compressed = file.with_name(f"{name}.gz")
    return (compressed if compressed.is_file() else file).stat().st_size / 1000


def _print_sizes(names: set[str]) -> float:
    sizes = {name: gzipped_kb(name) for name in names}
    for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
        print(f"{size:7.1f} KB  {name}")
    return sum(sizes.values())


def _inbox() -> set[str]:
    """What is served for the address of a conversation, and that page's script: those of `/` and
    `/inbox` show the same, and no browser fetches them along."""
    conversation = {file.name for file in (BUILT / "assets").glob("_inbox_.__conversation_id_*.js")}
    return _assets(_ASSET, BUILT / "__spa-fallback.html") | conversation


def _reachable(waiting: set[str], named_in: Callable[[str], set[str]]) -> set[str]:
    found: set[str] = set()
    while waiting:
        name, *_ = waiting
        found.add(name)
        # The manifest names the scripts of all routes: knowing of them is not loading them.
        waiting = (waiting | (set() if name.startswith("manifest-") else named_in(name))) - found
    return found


def _imported_by(name: str) -> set[str]:
    return _assets(_IMPORTED, BUILT / "assets" / name)


def _named_in(name: str) -> set[str]:
    """Also what it imports only when it is wanted."""
    return _assets(_ASSET, BUILT / "assets" / name)


def _assets(pattern: re.Pattern[str], file: Path) -> set[str]:
    names = set(pattern.findall(file.read_text(encoding="utf-8")))
    return {name for name in names if (BUILT / "assets" / name).is_file()}


if __name__ == "__main__":
    main()
