"""What bin/venv makes of the lock files: installed as they stand, whatever was there before."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import cast
from zipfile import ZipFile

import pytest
from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.patience import PATIENCE
from tests.support.servers.serving import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
OLDEST_PIP = "22.3"
"""What CPython 3.11.0 came with; Pythons from 3.12 on cannot run it, nor came with one as old."""
PINS = re.compile(
    r"^([\w.-]+(?:\[[^]]*\])?==\S+(?: ; [^\\]*)?) \\\n((?:    --hash.*\n)+)", re.MULTILINE
)
PYTHONS = ("3.11.0", "3.11.2", "3.11.9", "3.12.0", "3.13.0", "3.14.0")
PLATFORMS = (
    ("linux", "Linux", "x86_64"),
    ("linux", "Linux", "aarch64"),
    ("darwin", "Darwin", "x86_64"),
    ("darwin", "Darwin", "arm64"),
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package index: of each pin that version and a newer one, empty but for what it requires."""
    shelf = tmp_path_factory.mktemp("shelf")
    for pin in {str(pin): pin for lock in LOCKS for pin in pins(ROOT / lock)}.values():
        for version in (pinned_version(pin), "9999"):
            make_wheel(shelf, pin.name, version)
    return shelf


@pytest.fixture
def checkout(tmp_path: Path, shelf: Path) -> Path:
    """bin/ and the lock files, with the hashes of what lies on the shelf."""
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    (tmp_path / "empty.txt").touch()
    for lock in LOCKS:
        rewritten = PINS.sub(lambda pin: with_hash_of(pin, shelf), (ROOT / lock).read_text())
        (tmp_path / lock).write_text(rewritten)
    return tmp_path


@pytest.fixture(params=["bundled", OLDEST_PIP])
def pip(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """The wheel of a pip; none for the one that the running Python brings."""
    if request.param == "bundled":
        return None
    if sys.version_info >= (3, 12):
        pytest.skip(f"pip {OLDEST_PIP} does not run on this Python")
    folder = tmp_path_factory.mktemp("pip")
    download = ("-m", "pip", "--retries=0", "--timeout=5", "download", "--no-deps", "-d", folder)
    command = [sys.executable, *download, f"pip=={OLDEST_PIP}"]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip(f"no network to fetch pip {OLDEST_PIP}")
    return next(folder.glob("*.whl"))


def test_the_locks_install_with_any_pip_though_newer_versions_are_out(
    checkout: Path, shelf: Path, pip: Path | None
) -> None:
    assert venv(checkout, shelf, "empty.txt").returncode == 0
    if pip:
        python = checkout / ".venv/bin/python"
        subprocess.run([python, "-m", "pip", "install", "--no-index", pip, "-q"], check=True)
    for lock in LOCKS[1:] if pip else LOCKS:  # the larger has all of the smaller in it
        done = venv(checkout, shelf, lock)
        assert done.returncode == 0, done.stdout
        assert "anew" not in done.stdout
        assert installed(checkout) >= {
            (canonicalize_name(pin.name), pinned_version(pin))
            for pin in pins(checkout / lock)
            if not pin.marker or pin.marker.evaluate()
        }
    assert venv(checkout, shelf, "requirements.txt").stdout == ""


def test_what_was_cut_short_or_moved_is_made_anew(checkout: Path, shelf: Path) -> None:
    small = checkout / "small.txt"
    small.write_text(only(checkout / "requirements.txt", "click"))
    cut_short(checkout, shelf, "small.txt")
    moved = checkout.rename(checkout.with_name("moved"))
    done = venv(moved, shelf, "small.txt")
    assert done.returncode == 0
    assert "What is in .venv is not whole, or not from here: making it anew." in done.stdout
    assert "click" in {name for name, _ in installed(moved)}
    assert venv(moved, shelf, "small.txt").stdout == ""


def test_what_cannot_be_installed_is_said_and_begun_anew(checkout: Path, shelf: Path) -> None:
    (checkout / "wrong.txt").write_text(f"click==1 \\\n    --hash=sha256:{'0' * 64}\n")
    done = venv(checkout, shelf, "wrong.txt")
    assert done.returncode == 1
    assert "No matching distribution found for click==1" in done.stderr
    assert done.stderr.endswith("The packages are not installed; the next start begins anew.\n")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: "-".join(platform[1:]))
def test_a_lock_is_complete_on_each_python_and_platform(
    lock: str, python: str, platform: tuple[str, str, str]
) -> None:
    here = environment(python, platform)
    locked = {
        canonicalize_name(pin.name): pinned_version(pin)
        for pin in pins(ROOT / lock)
        if not pin.marker or pin.marker.evaluate(here)
    }
    wanted = list(asked_for(ROOT / lock.replace(".txt", ".in")))
    seen: set[str] = set()
    while wanted:
        requirement = wanted.pop()
        name = canonicalize_name(requirement.name)
        if not holds(requirement.marker, here):
            continue
        assert name in locked, f"{requirement} is not locked"
        assert requirement.specifier.contains(locked[name], prereleases=True), str(requirement)
        if (key := f"{name}{sorted(requirement.extras)}") not in seen:
            seen.add(key)
            wanted += required_by(name, requirement.extras, here)


def test_the_smaller_lock_is_a_part_of_the_larger() -> None:
    smaller, larger = ({str(pin) for pin in pins(ROOT / lock)} for lock in LOCKS)
    assert smaller <= larger


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_its_maker_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "#    bin/pins\n" in text
    assert "://" not in text
    assert "-index" not in text
    assert os.access(ROOT / "bin/pins", os.X_OK)


def pins(lock: Path) -> list[Requirement]:
    return [Requirement(found[1].strip()) for found in PINS.finditer(lock.read_text())]


def pinned_version(pin: Requirement) -> str:
    return next(iter(pin.specifier)).version


def only(lock: Path, name: str) -> str:
    return next(pin[0] for pin in PINS.finditer(lock.read_text()) if pin[1].startswith(f"{name}=="))


def with_hash_of(pin: re.Match[str], shelf: Path) -> str:
    requirement = Requirement(pin[1].strip())
    wheel = shelf / wheel_name(requirement.name, pinned_version(requirement))
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{pin[1]} \\\n    --hash=sha256:{digest}\n"


def make_wheel(shelf: Path, name: str, version: str) -> None:
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    required = "".join(f"Requires-Dist: {line}\n" for line in requirements_of(name))
    extras = "".join(f"Provides-Extra: {extra}\n" for extra in extras_of(name))
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    files = {
        f"{info}/METADATA": head + extras + required,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"])
    with ZipFile(shelf / wheel_name(name, version), "w") as wheel:
        for file, text in (files | {f"{info}/RECORD": record}).items():
            wheel.writestr(file, text)


def wheel_name(name: str, version: str) -> str:
    return f"{name.replace('-', '_')}-{version}-py3-none-any.whl"


def requirements_of(name: str) -> list[str]:
    """As the real package says; nothing of one that this machine has no use for."""
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


def extras_of(name: str) -> list[str]:
    try:
        return metadata.metadata(name).get_all("Provides-Extra") or []
    except metadata.PackageNotFoundError:
        return []


def required_by(name: str, extras: set[str], here: dict[str, str]) -> Iterator[Requirement]:
    for line in requirements_of(name):
        requirement = Requirement(line)
        marker, requirement.marker = requirement.marker, None
        if any(holds(marker, here, extra) for extra in ("", *extras)):
            yield requirement


def holds(marker: Marker | None, here: dict[str, str], extra: str = "") -> bool:
    return marker is None or marker.evaluate({**here, "extra": extra})


def asked_for(file: Path) -> Iterator[Requirement]:
    for line in file.read_text().splitlines():
        words = line.split("#")[0].strip()
        if words.startswith("-r"):
            yield from asked_for(file.with_name(words[2:].strip()))
        elif words and not words.startswith("-"):
            yield Requirement(words)


def environment(python: str, platform: tuple[str, str, str]) -> dict[str, str]:
    here = cast("dict[str, str]", default_environment())
    here["python_full_version"] = here["implementation_version"] = python
    here["python_version"] = python.rpartition(".")[0]
    here["sys_platform"], here["platform_system"], here["platform_machine"] = platform
    return here


def venv(checkout: Path, shelf: Path, lock: str) -> subprocess.CompletedProcess[str]:
    command = [checkout / "bin/venv", lock]
    env = surroundings(checkout, shelf)
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=10 * PATIENCE)


def cut_short(checkout: Path, shelf: Path, lock: str) -> None:
    """End it, and pip, as a power cut would, when the environment is made and pip has begun."""
    with subprocess.Popen(
        [checkout / "bin/venv", lock],
        env=surroundings(checkout, shelf),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert any(line.startswith("Installing") for line in process.stdout)
        os.killpg(process.pid, signal.SIGKILL)


def surroundings(checkout: Path, shelf: Path) -> dict[str, str]:
    """This Python outside any environment, an empty cache, and no index but the shelf."""
    base = Path(getattr(sys, "_base_executable", sys.executable)).resolve().parent
    inherited = {name: value for name, value in os.environ.items() if "PIP_" not in name}
    return inherited | {
        "PATH": f"{base}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(shelf),
        "PIP_CACHE_DIR": str(checkout / "cache"),
    }


def installed(checkout: Path) -> set[tuple[str, str]]:
    site = next(checkout.glob(".venv/lib/python*/site-packages"))
    found = metadata.distributions(path=[str(site)])
    return {(canonicalize_name(package.name), package.version) for package in found}
