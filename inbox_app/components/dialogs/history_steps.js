// A step of history for each thing that lies over the page (a dialog, an open menu): Back puts the uppermost away,
// and nothing else.
//
// Its entry is the page's own once more, and holds how many things lie there. Put away by Esc or a choice, a thing
// leaves its entry behind: the next thing or the next page takes it over, and Back goes past it. Stepping back at
// once instead would race with whatever the choice leads to.

/** `add(close)` says that something lies there now, and answers how to say that it no longer does. `close` answers
 * whether it was still there. */
export function historySteps(window) {
  const { history } = window;
  const lying = [];
  const place = () => ({ page: history.state?.idx ?? 0, over: history.state?.over ?? 0 });
  const putAway = (from) => lying.splice(from).reverse().filter((close) => close()).length > 0;
  let at = place();

  function onStep(event) {
    const before = at;
    at = place();
    if (at.page !== before.page) return void putAway(0);
    // The router would take it for a visit to the page.
    event.stopImmediatePropagation();
    if (at.over < before.over && !putAway(at.over)) history.back();
  }

  const push = history.pushState.bind(history);
  history.pushState = (...entry) => {
    if (at.over > 0) history.replaceState(...entry);
    else push(...entry);
    at = place();
    putAway(0);
  };
  window.addEventListener("popstate", onStep, true);

  return {
    add(close) {
      lying.push(close);
      if (lying.length > at.over) push({ ...history.state, over: lying.length }, "");
      at = place();
      return () => {
        const found = lying.indexOf(close);
        if (found >= 0) lying.splice(found, 1);
      };
    },
  };
}
