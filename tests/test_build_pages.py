"""When the pages are built again, and how they learn where their server is."""

from pathlib import Path

import pytest
from reflex_base import constants

from inbox_app import build_pages
from inbox_app.build_pages import build_if_stale
from inbox_app.own_origin import with_own_origin


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one file of each kind; building it writes a page and a pin."""

    def build() -> None:
        (tmp_path / ".web/build/client").mkdir(parents=True, exist_ok=True)
        (tmp_path / "reflex.lock/package-lock.json").write_text("{}")

    for name in ("inbox_app/pages/inbox/page.py", "inbox_app/services/send.py", "assets/app.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one")
    (tmp_path / "reflex.lock").mkdir()
    monkeypatch.setattr(build_pages, "ROOT", tmp_path)
    monkeypatch.setattr(build_pages, "BUILT", tmp_path / ".web/build/client")
    monkeypatch.setattr(build_pages, "_STAMP", tmp_path / ".web/build/made-of.sha256")
    monkeypatch.setattr(build_pages, "_SCRATCH", tmp_path / "build")
    monkeypatch.setattr(build_pages, "_build", build)
    return tmp_path


def test_pages_are_built_once(checkout: Path) -> None:
    assert build_if_stale()
    assert not build_if_stale()


@pytest.mark.parametrize(
    ("changed", "builds"),
    [
        ("inbox_app/pages/inbox/page.py", True),
        ("inbox_app/pages/inbox/new.jsx", True),
        ("assets/app.css", True),
        ("requirements.txt", True),
        ("reflex.lock/package-lock.json", True),
        ("inbox_app/services/send.py", False),
        ("inbox_app/pages/inbox/__pycache__/page.cpython-311.pyc", False),
        ("assets/external/made/by/reflex.jsx", False),
        ("data/inbox.db", False),
    ],
)
def test_only_what_pages_are_made_of_makes_a_build(
    checkout: Path, changed: str, builds: bool
) -> None:
    build_if_stale()
    (checkout / changed).parent.mkdir(parents=True, exist_ok=True)
    (checkout / changed).write_text("two")
    assert build_if_stale() is builds


def test_a_build_that_failed_is_tried_again(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise build_pages.BuildError("no")

    with monkeypatch.context() as patch:
        patch.setattr(build_pages, "_build", fail)
        with pytest.raises(build_pages.BuildError):
            build_if_stale()
    assert build_if_stale()


def test_a_moved_page_makes_a_build(checkout: Path) -> None:
    build_if_stale()
    page = checkout / "inbox_app/pages/inbox/page.py"
    page.rename(page.with_name("thread.py"))
    assert build_if_stale()


def test_the_script_of_the_pinned_reflex_is_bound_to_the_pages_own_origin() -> None:
    template = Path(constants.Templates.Dirs.WEB_TEMPLATE, "utils/state.js").read_text()
    bound = with_own_origin(template)
    assert bound.count("window.location.origin") == template.count("window.location.origin") + 1
    assert with_own_origin(bound) == bound


def test_another_script_is_refused_rather_than_left_with_a_fixed_address() -> None:
    with pytest.raises(ValueError, match="has changed"):
        with_own_origin("export const getBackendURL = (url) => url;")
