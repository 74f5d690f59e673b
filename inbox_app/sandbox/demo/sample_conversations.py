"""What was said in the demo company's conversations, read from the file beside this one."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from inbox_app.domain.messages import DeliveryStatus
from inbox_app.sandbox.demo.our_files import OUR_FILES

_FILE = Path(__file__).with_name("sample_conversations.txt")


class Line(NamedTuple):
    """One message, `ago` before now: words or something else, and how ours fared."""

    ago: timedelta
    ours: bool
    words: str
    kind: str = ""
    """The name of a sample, where there is more than words."""
    status: DeliveryStatus = DeliveryStatus.READ
    error_code: int | None = None
    template: str = ""
    """The name of the template whose text it is."""


@dataclass(frozen=True, slots=True)
class SampleConversation:
    """The lines with one person, oldest first. `marks`: «seen» for read, though not answered;
    «blocked» for whom we blocked; «no-marketing» for who asked for no more of it; «group:ID» for
    what they wrote in a group."""

    person: str
    marks: frozenset[str]
    lines: list[Line] = field(default_factory=list[Line])

    @property
    def group(self) -> str:
        """Meta's id of it, "" for a chat of two."""
        ids = (mark.partition(":")[2] for mark in self.marks if mark.startswith("group:"))
        return next(ids, "")


def sample_conversations() -> list[SampleConversation]:
    """All conversations, in the order of the file."""
    found: list[SampleConversation] = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            _, person, *marks = line.split()
            found.append(SampleConversation(person, frozenset(marks)))
        elif match := _LINE.fullmatch(line):
            found[-1].lines.append(_line(*match.groups()))
        elif line and not line.startswith("#"):
            raise ValueError(f"{_FILE.name}: {line}")
    return found


_LINE = re.compile(r"(\d+)h(\d\d) ([<>])(\S*) ?(.*)")


def _line(hours: str, minutes: str, side: str, what: str, words: str) -> Line:
    ago = timedelta(hours=int(hours), minutes=int(minutes))
    if side == "<":
        return Line(ago, ours=False, words=words, kind=what)
    status, _, code = what.partition(":")
    if status == "template":
        return Line(ago, True, words, status=DeliveryStatus.DELIVERED, template=code)
    if status in OUR_FILES:
        return Line(ago, True, words, kind=status)
    fared = DeliveryStatus(status) if status else DeliveryStatus.READ
    return Line(ago, True, words, status=fared, error_code=int(code) if code else None)
