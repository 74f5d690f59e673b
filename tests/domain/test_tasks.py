"""When a task may be done, and what one from a message is called (P3)."""

from datetime import UTC, datetime, timedelta

import pytest

from inbox_app.domain.tasks import TaskStatus, may_be_done, title_of

ASKED = datetime(2026, 11, 23, 10, tzinfo=UTC)
LATER, EARLIER = ASKED + timedelta(minutes=1), ASKED - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("status", "asked", "answered", "may_be"),
    [
        (TaskStatus.OPEN, ASKED, LATER, True),
        (TaskStatus.IN_PROGRESS, ASKED, LATER, True),
        (TaskStatus.OPEN, ASKED, ASKED, False),
        (TaskStatus.OPEN, ASKED, EARLIER, False),
        (TaskStatus.OPEN, ASKED, None, False),
        (TaskStatus.OPEN, None, LATER, False),
        (TaskStatus.DONE, ASKED, LATER, False),
        (TaskStatus.CANCELLED, ASKED, LATER, False),
    ],
)
def test_an_answer_after_the_supplier_was_asked_may_mean_that_it_is_done(
    status: TaskStatus, asked: datetime | None, answered: datetime | None, may_be: bool
) -> None:
    assert may_be_done(status, asked, answered) is may_be


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Il rubinetto perde", "Il rubinetto perde"),
        ("\n  Il rubinetto perde  \nda ieri sera", "Il rubinetto perde"),
        ("", ""),
        ("a" * 80, "a" * 80),
        ("a" * 81, "a" * 79 + "…"),
        ("parola " * 12, "parola " * 10 + "parola…"),
    ],
)
def test_a_task_is_called_by_the_first_line_of_its_message(text: str, title: str) -> None:
    assert title_of(text) == title
