"""What import-linter holds by contracts of our own (pyproject.toml)."""

import re
from importlib.util import find_spec
from pathlib import Path

from grimp import ImportGraph
from importlinter.application import output
from importlinter.domain import fields
from importlinter.domain.contract import Contract, ContractCheck

_BUILDS = re.compile(r"->[^:\n]*\brx\.(Component|Var)\b")
_STATE = re.compile(r"^class \w+\((?:\w+, )*rx\.State\b", re.MULTILINE)


class ViewFilesContract(Contract):
    """View files import nothing of ours but each other, states, rows and what is ``allowed``.

    A file of ``pages`` is one by what stands in it: it imports of ``parts``, or a function of it
    answers a component or a var. So a new file is held too.
    """

    pages = fields.StringField()
    parts = fields.StringField()
    allowed = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        found = illegal_imports(graph, str(self.pages), str(self.parts), set(self.allowed))  # type: ignore[call-overload]
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["found"]:
            output.print_error(f"{importer} builds components and must not import {imported}")


def illegal_imports(
    graph: ImportGraph, pages: str, parts: str, allowed: set[str]
) -> list[tuple[str, str]]:
    """Who imports what, of the view files of ``pages``, beyond what they may."""
    rooms = {parts, *allowed}
    modules = {pages, *graph.find_descendants(pages)}
    views = {name for name in modules if _is_view(graph, name, parts)}
    ours = f"{pages.partition('.')[0]}."
    return sorted(
        (view, imported)
        for view in views
        for imported in graph.find_modules_directly_imported_by(view)
        if imported.startswith(ours)
        and not _is_within(imported, rooms)
        and imported not in views
        and not is_rows(imported)
        and not (_is_within(imported, {pages}) and _STATE.search(_source(imported)))
    )


def _is_view(graph: ImportGraph, module: str, parts: str) -> bool:
    imported = graph.find_modules_directly_imported_by(module)
    return any(_is_within(name, {parts}) for name in imported) or builds(_source(module))


def builds(source: str) -> bool:
    """Whether a function answers a component or a var."""
    return _BUILDS.search(source) is not None


def is_rows(module: str) -> bool:
    """Whether it holds row types only, by its name."""
    return module.rpartition(".")[2] == "rows"


def _is_within(module: str, rooms: set[str]) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def _source(module: str) -> str:
    spec = find_spec(module)
    return Path(spec.origin).read_text() if spec and spec.origin else ""
