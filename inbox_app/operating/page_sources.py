"""Which files the built pages are made of, as it follows from imports.

A page bakes in what its modules say while it is built: texts, enums, limits, the first values of
states. All of that comes from modules that the page's own import, however far below.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_APP = "inbox_app"
_ENTRY = f"{_APP}.inbox_app"
_CONFIG = "rxconfig"
_IMPORT = re.compile(
    rf"^[ \t]*(?:from ({_APP}[\w.]*) import (\([^)]*\)|.*)|import ({_APP}[\w.]*))", re.MULTILINE
)
_NAME = re.compile(r"\w+")
_REFLEX = re.compile(r"^[ \t]*(?:from|import) reflex", re.MULTILINE)
_CODE = {".py", ".pyc"}


def page_sources(root: Path) -> set[Path]:
    """The modules that take part in the build, and what lies beside them that is no module."""
    imports = _Imports(root)
    pages = [name for name in imports.of(_ENTRY) if imports.reach_reflex(name)]
    modules = {_ENTRY} | imports.reached_from([_CONFIG, *pages])
    paths = {path for name in modules for path in imports.paths_of(name)}
    return paths | {
        beside
        for folder in {path.parent for path in paths} - {root}
        for beside in folder.iterdir()
        if beside.is_file() and beside.suffix not in _CODE
    }


class _Imports:
    """Who imports what, of the modules below ``root``; each is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._sources: dict[str, str | None] = {}
        self._of: dict[str, set[str]] = {}
        self._paths: dict[str, Path | None] = {}

    def of(self, module: str) -> set[str]:
        """The modules that it imports itself."""
        if module not in self._of:
            names = _imported(self._source(module) or "")
            self._of[module] = {name for name in names if self._source(name) is not None}
        return self._of[module]

    def reached_from(self, modules: Iterable[str]) -> set[str]:
        """They, and whatever they import, directly or not."""
        reached: set[str] = set()
        todo = list(modules)
        while todo:
            module = todo.pop()
            if module not in reached:
                reached.add(module)
                todo.extend(self.of(module))
        return reached

    def reach_reflex(self, module: str) -> bool:
        """Whether it has to do with pages at all."""
        reached = self.reached_from([module])
        return any(_REFLEX.search(self._source(name) or "") for name in reached)

    def paths_of(self, module: str) -> Iterator[Path]:
        """Its file, and those of the packages around it."""
        parts = module.split(".")
        for end in range(1, len(parts) + 1):
            path = self._path(".".join(parts[:end]))
            if path is not None:
                yield path

    def _source(self, module: str) -> str | None:
        if module not in self._sources:
            path = self._path(module)
            self._sources[module] = path.read_text(encoding="utf-8") if path else None
        return self._sources[module]

    def _path(self, module: str) -> Path | None:
        if module not in self._paths:
            path = self._root.joinpath(*module.split("."))
            candidates = (path.with_suffix(".py"), path / "__init__.py")
            self._paths[module] = next((each for each in candidates if each.is_file()), None)
        return self._paths[module]


def _imported(source: str) -> Iterator[str]:
    """What may be modules: the name behind ``from``, too, with each of those behind ``import``."""
    for package, names, module in _IMPORT.findall(source):
        yield module or package
        for name in _NAME.findall(names):
            yield f"{package}.{name}"
