"""Who is meant by «@» in a note (X1)."""

from collections.abc import Mapping


def mentioned(text: str, people: Mapping[int, str]) -> list[int]:
    """The ids of those whose whole name follows an «@», the longest name first: «@Anna Maria» is
    not Anna. Who has the same name as another is meant together with them."""
    rest, found = text.casefold(), set[int]()
    for name in sorted({name.casefold() for name in people.values() if name}, key=_longest):
        rest, count = _taken_out(rest, f"@{name}")
        if count:
            found |= {id_ for id_, theirs in people.items() if theirs.casefold() == name}
    return sorted(found)


def _longest(name: str) -> tuple[int, str]:
    return -len(name), name


def _taken_out(text: str, mention: str) -> tuple[str, int]:
    """Without the mention, and how often it stood there by itself."""
    kept, count, start = "", 0, 0
    while (at := text.find(mention, start)) >= 0:
        end = at + len(mention)
        alone = not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum()
        kept += text[start:at] if alone else text[start:end]
        count, start = count + alone, end
    return kept + text[start:], count
