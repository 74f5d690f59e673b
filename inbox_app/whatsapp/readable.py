"""The words in payloads that have no reader of their own."""

from typing import Any

from inbox_app.whatsapp.wire import Json, is_mapping, load, words

_READABLE = ("body", "text", "caption", "title", "name", "address", "description", "response")


def readable(payload: Json) -> str | None:
    """The words of a payload that we have no reader for; a filled-in form line by line."""
    lines = _form_lines(payload.get("response_json"))
    lines = lines or [words(payload.get(key)) for key in _READABLE]
    return "\n".join(filter(None, lines)) or None


def shown(value: Any) -> str | None:
    """A value as words, also where it is a number."""
    return None if value is None else words(str(value))


def _form_lines(response: Any) -> list[str | None]:
    """The answers of a flow; what is no JSON object is shown as it came."""
    text = words(response)
    if text is None:
        return []
    try:
        answers = load(text.encode())
    except ValueError:
        return [text]
    if not is_mapping(answers):
        return [] if answers is None else [text]
    filled = [(key, shown(value)) for key, value in answers.items() if key != "flow_token"]
    return [words(f"{key}: {value}") for key, value in filled if value]
