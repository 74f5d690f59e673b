"""The words in values of whatever shape they came in (M4)."""

from typing import Any, cast

from inbox_app.channels.whatsapp.json_values import Json, is_mapping, load, words
from inbox_app.domain.messages import clean_line

_READABLE = (
    "body",
    "text",
    "caption",
    "title",
    "name",
    "address",
    "description",
    "response",
    "url",
)
_DEEPEST = 8


def readable(payload: Any) -> str | None:
    """The words of a payload that we have no reader for; a filled-in form line by line."""
    if not is_mapping(payload):
        return plain(payload)
    lines = _form_lines(payload.get("response_json"))
    lines = lines or [plain(payload.get(key)) for key in _READABLE]
    return "\n".join(filter(None, lines)) or None


def plain(value: Any) -> str | None:
    """What should have been a text, as words; nothing says nothing, and neither does yes or no."""
    return None if isinstance(value, bool) else shown(value)


def shown(value: Any, depth: int = 0) -> str | None:
    """A value as words: of a list the items, of an object its names and values, true as a tick."""
    if value is None or depth > _DEEPEST:
        return None
    if isinstance(value, bool):
        return "✓" if value else "no"
    if isinstance(value, str):
        return _text(value, depth)
    if isinstance(value, float):
        return str(value).removesuffix(".0")
    if is_mapping(value):
        return ", ".join(f"{key} {text}" for key, text in _filled(value, depth)) or None
    if isinstance(value, list):
        found = cast("list[Any]", value)
        texts = [shown(one, depth + 1) for one in found]
        between = "; " if any(map(is_mapping, found)) else ", "
        return between.join(filter(None, texts)) or None
    return words(str(value))


def _text(value: str, depth: int) -> str | None:
    """A text that holds JSON, as what it holds."""
    if depth and value.lstrip()[:1] in {"{", "["}:
        inside = _loaded(value)
        return words(value) if inside is value else shown(inside, depth)
    return words(value)


def _form_lines(response: Any) -> list[str | None]:
    """The answers of a flow; a text that is no JSON is shown as it came."""
    answers = _loaded(response)
    if isinstance(answers, str) and answers is not response:
        answers = _loaded(answers)
    if is_mapping(answers):
        return [words(f"{key}: {text}") for key, text in _filled(answers, 0)]
    return [text] if (text := shown(answers)) else []


def _filled(answers: Json, depth: int) -> list[tuple[str, str]]:
    texts = [(key, shown(answers[key], depth + 1)) for key in answers if key != "flow_token"]
    return [(clean_line(key), text) for key, text in texts if text]


def _loaded(value: Any) -> Any:
    """What a text of JSON holds; else the value itself."""
    if not isinstance(value, str):
        return value
    try:
        return load(value.encode("utf-8", "replace"))
    except ValueError:
        return value
