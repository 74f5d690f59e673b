"""When the pages are built again, and how they learn where their server is."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import reflex as rx
from reflex.utils import frontend_skeleton
from reflex_base import constants

from inbox_app.operating import build_pages
from inbox_app.operating.build_pages import build_if_stale
from inbox_app.operating.build_plugin import OWN_ORIGIN, ROW_PATCHES, STAND_INS, STYLES_ALIKE
from inbox_app.operating.page_sources import page_sources

CHECKOUT = {
    "rxconfig.py": "from inbox_app.operating.build_plugin import plugin",
    "inbox_app/inbox_app.py": "from inbox_app.api import webhook\n"
    "from inbox_app.pages import routes",
    "inbox_app/operating/build_plugin.py": "import reflex as rx",
    "inbox_app/pages/__init__.py": "",
    "inbox_app/pages/routes.py": "from inbox_app.pages.inbox.page import inbox",
    "inbox_app/pages/inbox/page.py": "import reflex as rx\n"
    "from inbox_app.pages.inbox.state import (\n    NONE,\n    State,\n)",
    "inbox_app/pages/inbox/state.py": "import reflex as rx\nfrom inbox_app.services import send",
    "inbox_app/services/__init__.py": "",
    "inbox_app/services/send.py": "def later():\n    from inbox_app.domain.texts import MAX_TEXT",
    "inbox_app/services/prune.py": "DAYS = 30",
    "inbox_app/domain/texts.py": "MAX_TEXT = 4096",
    "inbox_app/api/__init__.py": "",
    "inbox_app/api/webhook.py": "from inbox_app.services import prune",
    "assets/app.css": "one",
}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one file of each kind; building it writes a page and a pin."""

    def build(_lock: int) -> None:
        (tmp_path / ".web/build/client").mkdir(parents=True, exist_ok=True)
        (tmp_path / "reflex.lock/package-lock.json").write_text("{}")

    for name, content in CHECKOUT.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    (tmp_path / "reflex.lock").mkdir()
    monkeypatch.setattr(build_pages, "ROOT", tmp_path)
    monkeypatch.setattr(build_pages, "BUILT", tmp_path / ".web/build/client")
    monkeypatch.setattr(build_pages, "_STAMP", tmp_path / ".web/build/made-of.sha256")
    monkeypatch.setattr(build_pages, "_SCRATCH", tmp_path / "build")
    monkeypatch.setattr(build_pages, "_UNFINISHED", tmp_path / "build/pages.unfinished")
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
        ("rxconfig.py", True),
        ("inbox_app/inbox_app.py", True),
        ("inbox_app/operating/build_plugin.py", True),
        ("inbox_app/pages/__init__.py", True),
        ("inbox_app/services/send.py", True),
        ("inbox_app/domain/texts.py", True),
        ("inbox_app/services/prune.py", False),
        ("inbox_app/services/nobody_imports_it.py", False),
        ("inbox_app/api/webhook.py", False),
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


@pytest.mark.parametrize(
    "error", [build_pages.BuildError("no"), KeyboardInterrupt(), OSError(28, "No space left")]
)
def test_a_build_that_was_cut_short_begins_from_nothing_and_says_so(
    checkout: Path,
    error: BaseException,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    build_if_stale()
    (checkout / "assets/app.css").write_text("two")

    def break_off(_lock: int) -> None:
        (checkout / ".web/half").mkdir()
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(build_pages, "_build", break_off)
        with pytest.raises((build_pages.BuildError, KeyboardInterrupt)):
            build_if_stale()
    capsys.readouterr()
    assert build_if_stale()
    assert "cut short or failed: building them from nothing" in capsys.readouterr().out
    assert not (checkout / ".web/half").exists()
    assert not build_if_stale()


def test_what_was_cut_short_is_built_although_its_files_look_finished(checkout: Path) -> None:
    build_if_stale()
    (checkout / "build/pages.unfinished").touch()
    assert build_if_stale()


def test_the_stages_of_a_build_are_said_as_they_come_and_its_children_hold_the_lock(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = (
        "import fcntl, sys; lock = int(sys.argv[1]); fcntl.flock(lock, fcntl.LOCK_EX); "
        "print('Debug: noise'); print('--- Compiling production app and so on'); sys.exit(3)"
    )
    monkeypatch.setattr(build_pages, "_environment", dict)
    with (checkout / "log").open("w") as log, (checkout / "lock").open("w") as lock:
        command = [sys.executable, "-c", program, str(lock.fileno())]
        assert build_pages._run_in_own_group(command, log, lock.fileno()) == 3
    assert capsys.readouterr().out == "  compiling …\n"
    assert (checkout / "log").read_text().startswith("Debug: noise")


def test_a_moved_page_makes_a_build(checkout: Path) -> None:
    build_if_stale()
    page = checkout / "inbox_app/pages/inbox/page.py"
    page.rename(page.with_name("thread.py"))
    assert build_if_stale()


def test_the_script_of_the_pinned_reflex_is_bound_to_the_pages_own_origin() -> None:
    template = Path(constants.Templates.Dirs.WEB_TEMPLATE, "utils/state.js").read_text()
    bound = OWN_ORIGIN.into(template)
    assert bound.count("window.location.origin") == template.count("window.location.origin") + 1
    assert OWN_ORIGIN.into(bound) == bound


def test_another_script_is_refused_rather_than_left_with_a_fixed_address() -> None:
    with pytest.raises(ValueError, match="has changed"):
        OWN_ORIGIN.into("export const getBackendURL = (url) => url;")


def test_states_of_the_pinned_reflex_take_patches() -> None:
    script = Path(constants.Templates.Dirs.WEB_TEMPLATE, "utils/state.js").read_text()
    for insertion in ROW_PATCHES:
        script = insertion.into(script)
    assert script.count("withPatches") == 2


def test_pages_of_the_pinned_reflex_go_without_what_they_never_use() -> None:
    template = frontend_skeleton._compile_vite_config(rx.Config(app_name="inbox_app"))
    plain = STAND_INS.into(template)
    assert plain.count("find: ") == template.count("find: ") + 5
    assert STAND_INS.into(plain) == plain
    with pytest.raises(ValueError, match="has changed"):
        STAND_INS.into("export default {}")


def test_the_bundler_of_the_pinned_reflex_asks_for_styles_as_the_router_does() -> None:
    config = frontend_skeleton._compile_vite_config(rx.Config(app_name="inbox_app"))
    for insertion in STYLES_ALIKE:
        config = insertion.into(config)
    assert config.count("stylesAlike()") == 2
    for insertion in STYLES_ALIKE:
        assert insertion.into(config) == config


def test_objects_are_merged_in_one_place_and_over_each_other() -> None:
    """What merges objects in objects is left out."""
    script = Path(constants.Templates.Dirs.WEB_TEMPLATE, "utils/state.js").read_text()
    assert script.count("mergician(") == script.count("mergician(injected, own)") == 1


def test_no_element_has_a_style_of_its_own() -> None:
    """Emotion would have to draw it, and the policy forbids it."""
    styled = [
        f"{file.name}:{node.value.lineno}"
        for file, node in _nodes()
        if isinstance(node, ast.keyword) and node.arg == "style"
    ]
    assert styled == []


def test_nothing_asks_for_what_the_pages_go_without() -> None:
    absent = {"Cookie", "remove_cookie", "upload", "upload_files", "upload_files_chunk"}
    asking = [
        f"{file.name}:{node.lineno}"
        for file, node in _nodes()
        if isinstance(node, ast.Attribute) and node.attr in absent
        if isinstance(node.value, ast.Name) and node.value.id == "rx"
    ]
    assert asking == []
    assert rx.config.get_config().transport == "websocket"


def _nodes() -> Iterator[tuple[Path, ast.AST]]:
    for file in (build_pages.ROOT / "inbox_app").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            yield file, node


def test_what_this_checkout_bakes_in_is_found() -> None:
    found = {
        path.relative_to(build_pages.ROOT).as_posix() for path in page_sources(build_pages.ROOT)
    }
    baked_in = (
        "inbox_app/components/inbox/composer/composer.jsx",
        "inbox_app/domain/connecting.py",
        "inbox_app/queries/inbox/rows.py",
        "inbox_app/services/conversations/open_conversation.py",
        "inbox_app/workflows/block_person.py",
    )
    assert set(baked_in) <= found
    not_of_pages = ("inbox_app/api/", "inbox_app/jobs/", "inbox_app/cli/", "inbox_app/serve.py")
    assert not [name for name in found if name.startswith(not_of_pages)]
