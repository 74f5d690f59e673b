"""What pages are made of: values that the browser will know, and choices between pieces."""

from typing import Any, TypeAlias, cast

import reflex as rx

Shown: TypeAlias = rx.Var[Any] | str | int
"""A value that the browser will know, or one that is known here."""

Piece: TypeAlias = rx.Component | rx.Var[Any]
"""What can stand inside an element."""


def in_browser(value: object) -> Any:
    """A state's variable as what it is in a page: a `Var`, whatever its annotation says."""
    return value


def words_for(value: Shown, *cases: tuple[Shown, Shown] | Shown) -> rx.Var[str]:
    """The words of the case that `value` is, else the last ones. What is known here is chosen here:
    the page would carry all of them."""
    if isinstance(value, str):
        known = {case[0]: case[1] for case in cases if isinstance(case, tuple)}
        return cast("rx.Var[str]", known.get(value, cases[-1]))
    return cast("rx.Var[str]", rx.match(value, *cases))


def part_for(value: Shown, *cases: tuple[Shown, rx.Component] | rx.Component) -> rx.Component:
    """The part of the case that `value` is, else the last one."""
    return cast("rx.Component", rx.match(value, *cases))


def some(count: Shown) -> rx.Var[bool]:
    """Whether there is at least one."""
    return in_browser(count) > 0
