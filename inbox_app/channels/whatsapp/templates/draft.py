"""A template before Meta has seen it: what is wrong with it, and the name Meta shall know it by
(T4)."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import count

from inbox_app.channels.whatsapp.templates.languages import meta_code
from inbox_app.domain.links import has_link
from inbox_app.domain.messages import clean_line, clean_text
from inbox_app.domain.templates import (
    MAX_BODY,
    MAX_NAME,
    DraftField,
    DraftProblem,
    TemplateCategory,
)
from inbox_app.domain.texts import is_blank

MAX_META_NAME = 512


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """What the wizard asks for. `language` is a BCP 47 tag or Meta's code."""

    category: TemplateCategory
    internal_name: str
    body: str
    language: str


@dataclass(frozen=True, slots=True)
class Other:
    """A template that there is already; `language` is Meta's code."""

    internal_name: str
    language: str
    body: str
    cancelled: bool = False


Problem = tuple[DraftField, DraftProblem]


def tidy(draft: TemplateDraft) -> TemplateDraft:
    """The draft as it is checked, kept and sent: no blanks around, the name on one line."""
    return TemplateDraft(
        category=draft.category,
        internal_name=clean_line(draft.internal_name),
        body=clean_text(draft.body).strip(),
        language=meta_code(draft.language) or draft.language.strip(),
    )


def problems(draft: TemplateDraft, others: Iterable[Other] = ()) -> tuple[Problem, ...]:
    """Everything that is wrong, in the order of the wizard's steps."""
    draft = tidy(draft)
    known = tuple(others)
    found: list[Problem] = []
    if draft.category not in {TemplateCategory.MARKETING, TemplateCategory.UTILITY}:
        found.append((DraftField.CATEGORY, DraftProblem.CATEGORY))
    found += [(DraftField.INTERNAL_NAME, problem) for problem in _of_name(draft, known)]
    found += [(DraftField.BODY, problem) for problem in _of_body(draft.body, known)]
    if meta_code(draft.language) is None:
        found.append((DraftField.LANGUAGE, DraftProblem.NO_SUCH_LANGUAGE))
    return tuple(found)


def meta_name(internal_name: str, taken: Collection[str] = ()) -> str:
    """Lower-case letters, digits and underscores, and none of `taken`."""
    plain = _plain(internal_name)[:MAX_META_NAME].strip("_") or _NAMELESS
    numbered = (f"{plain[: MAX_META_NAME - 8].rstrip('_')}_{number}" for number in count(2))
    return plain if plain not in taken else next(name for name in numbered if name not in taken)


def same_name(one: str, other: str) -> bool:
    """Whether two internal names are one to a person."""
    return _folded(one) == _folded(other)


def _of_name(draft: TemplateDraft, others: Collection[Other]) -> list[DraftProblem]:
    if is_blank(draft.internal_name):
        return [DraftProblem.EMPTY]
    if len(draft.internal_name) > MAX_NAME:
        return [DraftProblem.TOO_LONG]
    taken = any(
        other.language == draft.language and same_name(other.internal_name, draft.internal_name)
        for other in others
    )
    return [DraftProblem.SAME_NAME] if taken else []


def _of_body(body: str, others: Collection[Other]) -> list[DraftProblem]:
    if is_blank(body):
        return [DraftProblem.EMPTY]
    begin = body[: 2 * MAX_BODY]
    found = [problem for problem, holds in _OF_TEXT.items() if holds(begin)]
    if len(body) > MAX_BODY:
        found.insert(0, DraftProblem.TOO_LONG)
    elif any(not other.cancelled and _folded(other.body) == _folded(body) for other in others):
        found.append(DraftProblem.SAME_TEXT)
    return found


def _has_braces(text: str) -> bool:
    """Meta takes a lone pair for a variable gone wrong."""
    return "{{" in text or "}}" in text


_THREE_NEWLINES = re.compile(r"\n[^\S\n]*\n[^\S\n]*\n")
_OF_TEXT: dict[DraftProblem, Callable[[str], bool]] = {
    DraftProblem.VARIABLE: _has_braces,
    DraftProblem.URL: has_link,
    DraftProblem.TOO_MANY_NEWLINES: lambda text: _THREE_NEWLINES.search(text) is not None,
    DraftProblem.TOO_MANY_SPACES: lambda text: "     " in text or "\t" in text,
}


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _plain(text: str) -> str:
    """The ASCII of a name. What has none of it (Cyrillic, Arabic, emoji) leaves nothing."""
    apart = unicodedata.normalize("NFKD", text.lower().translate(_SPELT_OUT))
    letters = apart.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")


_SPELT_OUT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
    | dict.fromkeys("'’`", " ")
)
_NAMELESS = "template"
