"""What bin/test executes: what the tests need, and the tests; how much of the core they reach, when
asked with `--cov`."""

import os
import subprocess
import sys

from tests.support import machine

_PROCESSES = min(4, 1 + (os.cpu_count() or 1))
"""One more than there are cores: journeys often wait for a browser or the network."""
_EVERYTHING = (f"--numprocesses={_PROCESSES}", "--durations=20")
"""Side by side, in the groups of `tests.support.groups`; a part is quicker in one process."""

_COVERAGE = "--cov"
"""To count lines takes half as long again as the tests of the core themselves."""


def main(arguments: list[str]) -> int:
    """Run pytest with `arguments`; answers its exit code."""
    machine.install_chromium()
    if machine.chromium() is None:
        sys.stderr.write(f"Browser tests are skipped: {machine.NO_BROWSER}.\n")
    if not machine.postgres_answers():
        sys.stderr.write(f"PostgreSQL tests are skipped: {machine.NO_POSTGRES}.\n")
    everything = all(argument.startswith("-") for argument in arguments)
    covers = everything and _COVERAGE in arguments
    code = _python(
        "-m",
        "pytest",
        *(_EVERYTHING if everything else ()),
        *(("--cov-report=",) if covers else ()),
        *arguments,
    )
    if covers and code == 0:
        sys.stdout.write("Coverage of the core, in percent: ")
        sys.stdout.flush()
        _python("-m", "coverage", "report", "--format=total")
    return code


def _python(*arguments: str) -> int:
    return subprocess.run([sys.executable, *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
