"""What is a view file, and what it may import: the contract of our own for import-linter."""

from pathlib import Path

import pytest
from grimp import ImportGraph

from tests.support.import_contracts import builds, illegal_imports

PAGES, PARTS, ALLOWED = "house.pages", "house.components", {"house.domain"}
STATE = "class ListState(rx.State):\n    pass\n"
VIEW = "def row() -> rx.Component:\n    return rx.el.div()\n"


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ImportGraph:
    """A house with a view, which builds a part, its state, and a reading that builds nothing."""
    made = {
        "house.pages.view": "",
        "house.pages.state": STATE,
        "house.pages.reading": "",
        "house.pages.other": VIEW,
        "house.components.parts": "",
        "house.domain.rules": "",
        "house.queries.rows": "",
        "house.services.send": "",
    }
    graph = ImportGraph()
    for module in ("house", PAGES, PARTS, "house.domain", "house.queries", "house.services"):
        graph.add_module(module)
        path = tmp_path / module.replace(".", "/") / "__init__.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    for module, source in made.items():
        graph.add_module(module)
        (tmp_path / module.replace(".", "/")).with_suffix(".py").write_text(source)
    graph.add_import(importer="house.pages.view", imported="house.components.parts")
    monkeypatch.syspath_prepend(str(tmp_path))
    return graph


@pytest.mark.parametrize(
    ("imported", "may"),
    [
        ("house.components.parts", True),
        ("house.domain.rules", True),
        ("house.queries.rows", True),
        ("house.pages.state", True),
        ("house.pages.other", True),
        ("house.pages.reading", False),
        ("house.services.send", False),
    ],
)
def test_a_view_file_imports_parts_rules_rows_and_states_only(
    graph: ImportGraph, imported: str, may: bool
) -> None:
    graph.add_import(importer="house.pages.view", imported=imported)
    found = illegal_imports(graph, PAGES, PARTS, ALLOWED)
    assert found == ([] if may else [("house.pages.view", imported)])


def test_a_file_that_builds_from_reflex_alone_is_held_too(graph: ImportGraph) -> None:
    graph.add_import(importer="house.pages.other", imported="house.services.send")
    found = illegal_imports(graph, PAGES, PARTS, ALLOWED)
    assert found == [("house.pages.other", "house.services.send")]


def test_states_and_readings_import_what_they_need(graph: ImportGraph) -> None:
    graph.add_import(importer="house.pages.state", imported="house.services.send")
    graph.add_import(importer="house.pages.reading", imported="house.services.send")
    assert illegal_imports(graph, PAGES, PARTS, ALLOWED) == []


@pytest.mark.parametrize(
    ("line", "does"),
    [
        ("def head() -> list[rx.Component]:", True),
        ("def name(step: Shown) -> rx.Var[str]:", True),
        ("def add_page(page: Callable[[], rx.Component]) -> None:", False),
    ],
)
def test_what_builds_is_seen_by_what_its_functions_answer(line: str, does: bool) -> None:
    assert builds(line) is does
