"""The connection contract: what an admin accepts before a number is connected.

A text that somebody has accepted is never changed: a new one is a new version, in new files.
"""

from functools import lru_cache
from pathlib import Path
from typing import TypedDict

VERSION = "2"
LANGUAGES = ("it", "en", "es")
_FOLDER = Path(__file__).parent


class Clause(TypedDict):
    """One point of it."""

    title: str
    text: str


@lru_cache
def clauses(language: str, version: str = VERSION) -> tuple[Clause, ...]:
    """The text in one of ``LANGUAGES``; each paragraph of the file is a title and what it says."""
    paragraphs = (_FOLDER / f"{version}.{language}.txt").read_text(encoding="utf-8").split("\n\n")
    split = (paragraph.strip().split("\n", 1) for paragraph in paragraphs)
    return tuple(Clause(title=title, text=" ".join(text.split())) for title, text in split)
