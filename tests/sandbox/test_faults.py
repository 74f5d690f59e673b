"""The switches for faults say what they do not know."""

from typing import Any

import pytest

from inbox_app.sandbox.simulator.faults import Faults


@pytest.mark.parametrize("switches", [{"nonsense": 1}, {"sends": "131056"}, {"sends": ["oops"]}])
def test_a_switch_that_is_none_is_told(switches: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"nonsense|must be a list|no such fault"):
        Faults().set(switches)


def test_each_queued_fault_serves_once() -> None:
    faults = Faults()
    faults.set({"sends": ["131056", ""], "failures": [131026], "shuffle": True})

    assert [faults.next_send() for _ in range(3)] == ["131056", "", ""]
    assert [faults.next_failure() for _ in range(2)] == [131026, None]
    assert faults.told()["shuffle"] is True
    faults.clear()
    assert not any(faults.told().values())
