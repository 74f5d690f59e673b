"""What lies over a page is a step of history: tried on a browser's history made of a list."""

import random

import pytest

from tests.support.node import in_node

_BROWSER = """((walk) => {
  const entries = [{ idx: 0 }];
  let at = 0, listener, asked = 0, lying = [], steps, routed = 0;
  const history = {
    get state() { return entries[at]; },
    pushState(state) { entries.splice(++at, Infinity, state); },
    replaceState(state) { entries[at] = state; },
    back() { asked += 1; },
  };
  const bare = { ...Object.getOwnPropertyDescriptors(history) };
  const load = () => {
    Object.defineProperties(history, bare);
    lying = [];
    const addEventListener = (_name, added) => { listener = added; };
    steps = module.historySteps({ history, addEventListener });
  };
  const step = (by) => {
    if (!entries[at + by]) return;
    at += by;
    let heard = true;
    listener({ stopImmediatePropagation: () => { heard = false; } });
    if (heard) routed = history.state.idx;
    if (asked) { asked -= 1; step(-1); }
  };
  const acts = {
    open() {
      const thing = {};
      thing.leave = steps.add(() => {
        const stood = lying.includes(thing);
        lying = lying.filter((other) => other !== thing);
        return stood;
      });
      lying.push(thing);
    },
    close() {
      const thing = lying.pop();
      thing?.leave();
    },
    back: () => step(-1),
    forward: () => step(1),
    visit() {
      history.pushState({ idx: routed + 1 });
      routed += 1;
    },
    load,
  };
  load();
  return walk.map((act) => (acts[act](), [routed, lying.length]));
})(a[0])"""


def told(*walk: str) -> list[list[int]]:
    """Page and things that lie over it, after each act."""
    return in_node("dialogs/history_steps.js", _BROWSER, walk)


def as_people_expect(walk: list[str]) -> list[list[int]]:
    page, lying = 0, 0
    seen: list[list[int]] = []
    for act in walk:
        if act == "open":
            lying += 1
        elif act == "close":
            lying = max(0, lying - 1)
        elif act == "visit":
            page, lying = page + 1, 0
        elif act == "load":
            lying = 0
        elif lying:
            lying -= 1
        else:
            page = max(0, page - 1)
        seen.append([page, lying])
    return seen


@pytest.mark.parametrize("seed", range(20))
def test_back_puts_away_the_uppermost_and_else_leaves_the_page(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    walk = ["visit", *chance.choices(["open", "close", "back", "visit", "load"], k=60)]
    assert told(*walk) == as_people_expect(walk)


def test_forward_onto_what_was_put_away_shows_the_page_and_one_step_back_leaves_it() -> None:
    assert told("visit", "open", "back", "forward", "back") == [
        [1, 0], [1, 1], [1, 0], [1, 0], [0, 0],
    ]  # fmt: skip


def test_who_went_on_from_what_lay_there_goes_back_to_the_page_and_on_again() -> None:
    walk = ("visit", "open", "visit", "back", "forward")
    assert told(*walk)[2:] == [[2, 0], [1, 0], [2, 0]]
