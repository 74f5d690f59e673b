"""The message catalogues as the browser reads them: compiled from `locale/`, once (X2)."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("it", "en", "es")
DEFAULT = "it"
_Text = str | list[str] | tuple[str, ...]
_FOLDER = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Script:
    """A script that puts the texts of one language on `window.inboxTexts`."""

    source: str
    etag: str


def nearest(tag: str) -> str | None:
    """The language there is for a BCP 47 tag: `en` for `en-GB`."""
    base = tag.replace("_", "-").split("-")[0].strip().lower()
    return base if base in LANGUAGES else None


@lru_cache
def script(language: str) -> Script:
    """The catalogue of one of `LANGUAGES`: a text for each source, or the two forms of a count."""
    texts = {"language": language, "messages": _texts(language)}
    source = f"window.inboxTexts = {json.dumps(texts, ensure_ascii=False, sort_keys=True)};\n"
    return Script(source, f'"{hashlib.sha256(source.encode()).hexdigest()[:32]}"')


def text_in(language: str, source: str) -> str:
    """A text without fields for a page that no script fills in."""
    found = _texts(language).get(source)
    return found if isinstance(found, str) else source


def count_in(language: str, source: str, n: int) -> str:
    """Of a text with two forms the one for this many, still with its fields."""
    found = _texts(language).get(source)
    return found[n != 1] if isinstance(found, list) else source


@lru_cache
def _texts(language: str) -> dict[str, str | list[str]]:
    return dict(messages(language))


def messages(language: str) -> Iterator[tuple[str, str | list[str]]]:
    """By source, the texts of a language; none for the sources' own."""
    file = _FOLDER / language / "LC_MESSAGES" / "messages.po"
    if not file.exists():
        return
    with file.open("rb") as opened:
        for message in read_po(opened, locale=language):
            if message.id and not message.fuzzy and message.string and all(_forms(message.string)):
                yield _entry(message.id, message.string)


def _entry(source: _Text, text: _Text) -> tuple[str, str | list[str]]:
    if isinstance(source, str):
        return source, _forms(text)[0]
    # A language may have a form for millions in between; the browser knows one and many.
    return source[0], [_forms(text)[0], _forms(text)[-1]]


def _forms(text: _Text) -> list[str]:
    return [text] if isinstance(text, str) else list(text)
