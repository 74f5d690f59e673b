"""The words of a text as they are searched: accents, case, dashes and spaces don't matter, and the
end of a word may be missing (P5).

What is typed and what is kept go through the same mill; then one is the beginning of the other.
"""

import re
import unicodedata

LONGEST_WORD = 40
"""Characters of a word that count."""
MOST_TYPED = 8
"""Words of a search that count."""

_NO_ACCENT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_RUN = re.compile(r"[^\W_]+")
_SHARE = 16
"""Ids that differ in their last bits only share a part of the index."""


def fold(text: str) -> str:
    """In lower case and without accents: «Müller» and «MULLER» are one."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text).casefold()
    apart = unicodedata.normalize("NFKD", plain)
    bare = "".join(char for char in apart if unicodedata.category(char) != "Mn")
    return bare.translate(_NO_ACCENT)


def split(folded: str) -> list[str]:
    """Its runs of letters and digits."""
    return _RUN.findall(folded)


def words_of(text: str) -> frozenset[str]:
    """What a message is found by: each word, and codes in one run too, CB-3107 as «cb3107»."""
    found: set[str] = set()
    for piece in fold(text).split():
        parts = split(piece)
        found.update(part[:LONGEST_WORD] for part in parts)
        if len(parts) > 1:
            found.add("".join(parts)[:LONGEST_WORD])
    return frozenset(found)


def words_typed(text: str) -> list[str]:
    """What each of must begin a word of what is found; none where nothing can be searched."""
    typed = (word[:LONGEST_WORD] for word in split(fold(text)))
    return list(dict.fromkeys(typed))[:MOST_TYPED]


def part_of(message_id: int) -> int:
    """Which part of the index a message is in: the newest ones are looked through first, and
    what many messages say is found in the first part that is read."""
    return message_id >> _SHARE


def term(account_id: int, part: int, word: str) -> str:
    """How a word stands in the index: companies and parts lie apart in it."""
    return f"{account_id}.{part:x}.{word}"
