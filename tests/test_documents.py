"""The documents name what is there: rooms, files, the public surface; and nothing that is not."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest

from inbox_app.api.v1.app import make_api
from inbox_app.cli.__main__ import inbox
from inbox_app.config.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "inbox_app"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PLACES = ("inbox_app", "tests", "docs", "bin", "bench", "assets", "alembic")
_PATH = re.compile(r"`(\w+)(/[\w./-]*\w/?)`")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def test_the_readme_names_every_room_in_its_row() -> None:
    rows = re.findall(r"^\| (`inbox_app.*?) \| (.*) \|$", _text("README.md"), re.MULTILINE)
    assert _unnamed({room: row for rooms, row in rows for room in _names(rooms)}) == []


def test_the_plan_names_every_room_in_its_place() -> None:
    places = re.split(r"^  (?=\w)", _plan(), flags=re.MULTILINE)
    assert _unnamed({place.partition("/")[0]: place for place in places}) == []


def test_the_plan_has_no_room_that_is_gone() -> None:
    heads = re.findall(r"^ +(\w+/(?: +\w+/)*)", _plan(), re.MULTILINE)
    listed = {name for head in heads for name in _names(head)}
    assert listed - {room.name for room in _rooms(HOUSE, depth=3)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in _LINK.findall(text) if not (page.parent / link).exists()]
    rooms = {room.name for room in _rooms(HOUSE, depth=1)}
    paths = [first + rest for first, rest in _PATH.findall(text) if first in {*PLACES, *rooms}]
    gone = [path for path in paths if not ((ROOT / path).exists() or (HOUSE / path).exists())]
    assert links + gone == []


def test_each_requirement_that_is_built_is_named_by_what_does_it_and_by_a_test() -> None:
    marked = re.findall(r"^(?:- |\| )([A-Z]\d+)\b(.*)", _page("requirements"), re.MULTILINE)
    built = {id for id, line in marked if "**[not built yet]**" not in line}
    assert len(built) > 50
    for folder in ("inbox_app", "tests"):
        assert sorted(built - _words(ROOT / folder)) == [], folder


def test_the_contract_has_the_calls_of_the_api() -> None:
    calls_there = _page("contract").split("\n| call | |\n")[1]
    calls = re.compile(r"`(GET|PUT|POST|PATCH|DELETE) (/[\w/{}]+)`")
    there = {
        (method.upper(), path)
        for path, methods in make_api().openapi()["paths"].items()
        for method in methods
    }
    assert set(calls.findall(calls_there)) == there


def test_the_contract_has_every_command_and_every_setting() -> None:
    contract, example = _page("contract"), _text(".env.example")
    assert [name for name in _commands(inbox) if f"`{name}" not in contract] == []
    settings = [name.upper() for name in Settings.model_fields]
    assert [name for name in settings if name not in contract or name not in example] == []


def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _page(name: str) -> str:
    return _text(f"docs/{name}.md")


def _plan() -> str:
    """What is in `inbox_app/`, as the house has it."""
    return _page("house").split("```")[1].split("\ninbox_app/\n")[1].split("\ntests/")[0]


def _names(text: str) -> set[str]:
    return set(re.findall(r"\w+(?=/)", text))


def _unnamed(told: Mapping[str, str]) -> list[str]:
    """Rooms, and rooms in them, of which what is ``told`` of the outer one says nothing."""
    return [
        f"{outer.name}/{inner.name}" if inner else outer.name
        for outer in _rooms(HOUSE, depth=1)
        for inner in (None, *_rooms(outer, depth=1))
        if outer.name not in told or (inner and inner.name not in _names(told[outer.name]))
    ]


def _words(folder: Path) -> set[str]:
    """Of its code, all those that a requirement's id could be."""
    files = (file for file in folder.rglob("*") if file.suffix in {".py", ".js", ".jsx"})
    return {
        id for file in files for id in re.findall(r"\b[A-Z]\d+\b", file.read_text(encoding="utf-8"))
    }


def _commands(group: click.Group, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def _rooms(folder: Path, depth: int) -> Iterator[Path]:
    """The packages below it, `depth` deep."""
    for room in sorted(folder.iterdir()):
        if (room / "__init__.py").exists():
            yield room
            if depth > 1:
                yield from _rooms(room, depth - 1)
