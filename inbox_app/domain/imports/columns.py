"""What the columns of a table mean: guessed from headings and contents, and shown before it
counts (A3)."""

import hashlib
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz

from inbox_app.domain.imports.fields import Field, Holds
from inbox_app.domain.imports.headings import HEADINGS
from inbox_app.domain.imports.names import plain
from inbox_app.domain.imports.tables import Cell
from inbox_app.domain.imports.values import fits

Sample = Sequence[Cell]
"""Some of a column's cells."""

_LIKE = 88
_TELLING = {Holds.EMAIL, Holds.WEB_ADDRESS}
"""What a column's contents alone give away."""


def guess(headings: Sequence[str], samples: Sequence[Sample], fields: Sequence[Field]) -> list[str]:
    """The name of a field for each column, "" for none; each field once, unless it takes many."""
    bids = sorted(
        (
            (score, -rank, -column)
            for column, (heading, sample) in enumerate(zip(headings, samples, strict=True))
            for rank, field in enumerate(fields)
            if (score := _likeness(heading, sample, field))
        ),
        reverse=True,
    )
    found = [""] * len(headings)
    taken: set[str] = set()
    for _, minus_rank, minus_column in bids:
        field = fields[-minus_rank]
        if not found[-minus_column] and (field.many or field.name not in taken):
            found[-minus_column] = field.name
            taken.add(field.name)
    return found


def fingerprint(headings: Sequence[str]) -> str:
    """The same for all tables of a source: its headings, in their order."""
    return hashlib.sha256("\n".join(map(plain, headings)).encode()).hexdigest()


def _likeness(heading: str, sample: Sample, field: Field) -> int:
    """0 when the column cannot be this field's."""
    filled = [cell for cell in sample if cell is not None]
    if filled and sum(fits(field, cell) for cell in filled) * 2 < len(filled):
        return 0
    if score := max(_by_heading(plain(heading), field), default=0):
        return score
    return 40 if filled and field.holds in _TELLING and not heading else 0


def _by_heading(heading: str, field: Field) -> list[int]:
    scores = [0]
    for less, entry in enumerate(field.known_by):
        known, squeezed = _known(entry)
        if not heading:
            continue
        if heading in known or heading.replace(" ", "") in squeezed:
            scores.append(100 - less)
        elif any(_is_like(heading, each) for each in known):
            scores.append(80 - less)
        elif any(_contains(heading, each) for each in known):
            scores.append(60 - less)
    return scores


@cache
def _known(entry: str) -> tuple[frozenset[str], frozenset[str]]:
    known = frozenset(plain(each) for each in HEADINGS[entry].split(","))
    return known, frozenset(each.replace(" ", "") for each in known)


@cache
def _is_like(heading: str, known: str) -> bool:
    """But for a slip of the pen, in words long enough for one."""
    return min(len(heading), len(known)) > 5 and fuzz.ratio(heading, known) >= _LIKE


def _contains(heading: str, known: str) -> bool:
    """Longer headings that say one of ours among other words: «Total (EUR)»."""
    return len(known) > 3 and f" {known} " in f" {heading} "
