"""What the doctor found, for people and for programs."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """Two sentences for whoever operates the installation. A note is nothing to mend at once."""

    what: str
    mend: str
    note: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found."""

    wrong: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """With `ok`, and each finding's `what` and `mend`."""
        return {
            "ok": not self.wrong,
            "wrong": [_without_note(finding) for finding in self.wrong],
            "notes": [_without_note(finding) for finding in self.notes],
        }


def _without_note(finding: Finding) -> dict[str, str]:
    return {key: value for key, value in asdict(finding).items() if key != "note"}
