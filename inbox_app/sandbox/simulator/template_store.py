"""The templates of the simulated business accounts, kept in a small file."""

import json
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class StoredTemplate:
    """One language of a template, as the simulated Meta has it."""

    waba_id: str
    name: str
    language: str
    category: str
    components: list[Json]
    status: str = "APPROVED"
    previous_category: str | None = None
    rejected_reason: str = "NONE"
    quality: str = "UNKNOWN"
    id: str = field(default_factory=lambda: str(10**15 + secrets.randbelow(9 * 10**15)))

    def told(self) -> Json:
        """As the list tells of it."""
        body: Json = {
            "name": self.name,
            "parameter_format": "POSITIONAL",
            "components": self.components,
            "language": self.language,
            "status": self.status,
            "category": self.category,
            "quality_score": {"score": self.quality, "date": 1_760_000_000},
            "rejected_reason": self.rejected_reason,
            "id": self.id,
        }
        return body | ({"previous_category": was} if (was := self.previous_category) else {})


class TemplateStore:
    """All templates, in the order in which they were made. `file` is where they are kept, if
    anywhere; `first` stand on it as long as there is no file."""

    def __init__(
        self, file: Path | None = None, first: Callable[[], Sequence[StoredTemplate]] = tuple
    ) -> None:
        self._file = file
        self._changed = False
        self.templates: list[StoredTemplate] = self._load()
        if not self.templates:
            self.templates = list(first())
            self._changed = True

    def of(self, waba_id: str) -> list[StoredTemplate]:
        """Of one business account."""
        return [one for one in self.templates if one.waba_id == waba_id]

    def find(self, waba_id: str, name: str, language: str) -> StoredTemplate | None:
        """By Meta's identity of it."""
        return next((t for t in self.of(waba_id) if (t.name, t.language) == (name, language)), None)

    def put(self, template: StoredTemplate) -> None:
        self.templates.append(template)
        self.changed()

    def take_away(self, gone: Sequence[StoredTemplate]) -> None:
        self.templates = [one for one in self.templates if one not in gone]
        self.changed()

    def changed(self) -> None:
        """`save` will write."""
        self._changed = True

    def save(self) -> None:
        """Write the file if anything changed since; a whole one or none."""
        if self._file is None or not self._changed:
            return
        self._changed = False
        partial = self._file.with_suffix(".part")
        partial.write_text(json.dumps([asdict(one) for one in self.templates]), encoding="utf-8")
        partial.replace(self._file)

    def _load(self) -> list[StoredTemplate]:
        if self._file is None:
            return []
        with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
            kept = json.loads(self._file.read_text(encoding="utf-8"))
            return [StoredTemplate(**one) for one in kept]
        return []
