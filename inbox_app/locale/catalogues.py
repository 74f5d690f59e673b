"""Catalogues as the browser wants them: one small script, loaded before the page starts.

`script()` is what `/i18n/current.js` answers; components/text.jsx reads it.
"""

import json
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("it", "en", "es")
SOURCE = "en"
_FOLDER = Path(__file__).parent


def script(language: str, time_zone: str, theme: str = "") -> str:
    """What tells a page its language, its time zone (IANA name, "" for the browser's) and theme.

    A language we do not speak becomes English. The theme ("" for none chosen) goes where Reflex
    looks for it.
    """
    spoken = language if language in LANGUAGES else SOURCE
    settings = {"language": spoken, "timeZone": time_zone or None, "theme": theme}
    given = json.dumps(settings, ensure_ascii=False)
    return f"window.inboxTexts={{...{given},messages:{_messages_json(spoken)}}};{_BEFORE_PAINT}"


@cache
def messages(language: str) -> dict[str, str | list[str]]:
    """Source → text; what is counted has two forms, under the singular source."""
    with (_FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {
        _source(message.id): _forms(message.string)
        for message in catalogue
        if message.id and message.string
    }


@cache
def _messages_json(language: str) -> str:
    return json.dumps({} if language == SOURCE else messages(language), ensure_ascii=False)


def _source(message_id: str | list[str] | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _forms(text: str | list[str] | tuple[str, ...]) -> str | list[str]:
    return text if isinstance(text, str) else [text[0], text[-1]]


_BEFORE_PAINT = """
document.documentElement.lang=inboxTexts.language;
if(inboxTexts.theme)try{localStorage.setItem("theme",inboxTexts.theme)}catch{}
"""
