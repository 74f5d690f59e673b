"""A text in pieces, as a search shows it."""

from inbox_app.domain.search.search_snippet import snippet
from inbox_app.queries.search.rows import PieceRow


def pieces(text: str, typed: str) -> list[PieceRow]:
    """What of it is worth showing, with the words that were typed; none of an empty one."""
    return [PieceRow(text=each.text, hit=each.hit) for each in snippet(text, typed)]
