"""The part of a text in which somebody finds what they typed, with the words that are it (P5)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from inbox_app.domain.search.search_words import fold, split, words_typed

LONGEST = 140
"""Characters."""
_BEFORE = 30
_PIECE = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_]+")


class Piece(NamedTuple):
    """A run of text; ``hit`` where it is what was typed."""

    text: str
    hit: bool


def snippet(text: str, typed: str) -> list[Piece]:
    """In one line, all of it or from a little before the first hit on; cut at words, with «…»."""
    line = " ".join(text.split())
    hits = list(_hits(line, words_typed(typed)))
    far = hits and len(line) > LONGEST
    start = _word_start(line, hits[0][0] - _BEFORE) if far else 0
    end = _word_end(line, start + LONGEST)
    shown = [(first, min(last, end)) for first, last in hits if first < end]
    edges = [start, *(edge for hit in shown for edge in hit), end]
    pieces = [
        Piece(line[first:last], hit=bool(place % 2))
        for place, (first, last) in enumerate(pairwise(edges))
        if first < last
    ]
    before, after = Piece("…", hit=False), Piece("…", hit=False)
    return [*([before] if start else []), *pieces, *([after] if end < len(line) else [])]


def _hits(line: str, typed: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where words begin as one of those typed, in their order; codes may be typed in one run."""
    for piece in _PIECE.finditer(line):
        words = [match.span() for match in _WORD.finditer(line, *piece.span())]
        found = [span for span in words if _begins(line[slice(*span)], typed)]
        if not found and len(words) > 1 and _begins("".join(split(fold(piece[0]))), typed):
            found = [(words[0][0], words[-1][1])]
        yield from found


def _begins(word: str, typed: Sequence[str]) -> bool:
    folded = fold(word)
    return any(folded.startswith(beginning) for beginning in typed)


def _word_start(line: str, at: int) -> int:
    return 0 if at <= 0 else line.rfind(" ", 0, at + 1) + 1


def _word_end(line: str, at: int) -> int:
    if at >= len(line):
        return len(line)
    space = line.rfind(" ", 0, at + 1)
    return space if space > at - _BEFORE else at
