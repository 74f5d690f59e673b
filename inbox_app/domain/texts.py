"""What can be seen of a text."""

import re
import unicodedata

_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_BLANK_LETTERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Fillers, selectors of variants and the empty pattern of Braille: letters and signs by class."""


def is_blank(text: str) -> bool:
    """Whether nothing of it can be seen: blanks, marks of width zero, fillers.

    The same as `isBlank` of components/forms/typed.js.
    """
    return all(map(_is_unseen, text))


def pasted(text: str) -> str:
    """An id or a token without what comes along when people copy one: blanks, marks of width zero,
    quotes, the word Bearer."""
    bare = "".join(" " if char.isspace() else char for char in text if _counts(char))
    while (inside := _AROUND.sub("", bare)) != bare:
        bare = inside
    return bare


_AROUND = re.compile(
    r"""^(?:authorization\s*:\s*)?bearer\s+|^[\s"'`«»‘-‟]+|[\s"'`,;«»‘-‟]+$""",
    re.IGNORECASE,
)


def _counts(char: str) -> bool:
    return char.isspace() or not _is_unseen(char)


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN or _BLANK_LETTERS.match(char) is not None
