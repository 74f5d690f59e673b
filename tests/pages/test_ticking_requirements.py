"""A requirement is ticked on the page at once: what is refused goes back there, with the reason
(C2)."""

import pytest

from inbox_app.domain.connecting import SetupProblem
from inbox_app.pages.connect.state import ConnectState

pytestmark = pytest.mark.anyio


def wizard_where(
    monkeypatch: pytest.MonkeyPatch, outcome: SetupProblem | Exception | None
) -> ConnectState:
    async def do(self: ConnectState, act: object) -> None:
        if isinstance(outcome, Exception):
            raise outcome
        self.problem = outcome or ""

    monkeypatch.setattr(ConnectState, "_do", do)
    return ConnectState(_reflex_internal_init=True)  # pyright: ignore[reportCallIssue]


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [(SetupProblem.BUSY, "busy"), (SetupProblem.CONTRACT, "contract"), (OSError(), "failed")],
)
async def test_what_is_refused_or_fails_takes_the_tick_back_and_says_why(
    monkeypatch: pytest.MonkeyPatch, outcome: SetupProblem | Exception, problem: str
) -> None:
    wizard = wizard_where(monkeypatch, outcome)
    await wizard.accept_contract()
    await wizard.check_off("profile", True)
    assert (wizard.tick_problem, wizard.tick_refusals, wizard.problem) == (problem, 2, "")


async def test_what_is_kept_stays_ticked_and_takes_the_reason_of_before_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wizard = wizard_where(monkeypatch, None)
    wizard.tick_problem = "busy"
    await wizard.check_off("number", False)
    assert (wizard.tick_problem, wizard.tick_refusals) == ("", 0)
