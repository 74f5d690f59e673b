// Fingers on rows: a long press chooses, a swipe to the right says done, one to the left asks until when to snooze.
const LONG = 450;
const BEGINS = 12;
const FAR = 84;

/** Calls `onPress(id)` and `onSwipe("done" | "snooze", id)`; returns what ends it. */
export function listenToFingers(list, { onPress, onSwipe }) {
  let touch = null;
  const end = () => {
    if (!touch) return;
    clearTimeout(touch.timer);
    touch.row.style.transform = "";
    delete touch.item.dataset.swipe;
    touch = null;
  };
  const onDown = (event) => {
    const row = event.target.closest(".row[data-conversation]");
    if (event.pointerType === "mouse" || !row || !event.isPrimary) return;
    end();
    const pressed = () => (touch.done = true, navigator.vibrate?.(10), onPress(row.dataset.conversation));
    touch = { row, item: row.parentElement, x: event.clientX, y: event.clientY, by: 0, done: false, timer: setTimeout(pressed, LONG) };
  };
  const onMove = (event) => {
    if (!touch || touch.done) return;
    const by = event.clientX - touch.x;
    const down = Math.abs(event.clientY - touch.y);
    if (Math.abs(by) > BEGINS || down > BEGINS) clearTimeout(touch.timer);
    if (!touch.by && down > Math.abs(by)) return;
    if (!touch.by && Math.abs(by) < BEGINS) return;
    touch.by = by;
    touch.item.dataset.swipe = by > 0 ? "done" : "snooze";
    touch.item.toggleAttribute("data-far", Math.abs(by) > FAR);
    touch.row.style.transform = `translateX(${Math.max(-140, Math.min(140, by))}px)`;
  };
  const onUp = (event) => {
    if (!touch) return;
    const { by, row, done, item } = touch;
    end();
    delete item.dataset.far;
    if (by || done) swallowClick(row);
    if (event.type === "pointerup" && !done && Math.abs(by) > FAR) onSwipe(by > 0 ? "done" : "snooze", row.dataset.conversation);
  };
  // Else the browser takes the end of a quick swipe for a fling, and the next tap, on "Undo" for one, for what stops it.
  const onSwiping = (event) => touch?.by && event.cancelable && event.preventDefault();
  const onMenu = (event) => touch && event.preventDefault();
  const all = { pointerdown: onDown, pointermove: onMove, pointerup: onUp, pointercancel: onUp, contextmenu: onMenu, dragstart: onMenu };
  for (const [name, act] of Object.entries(all)) list.addEventListener(name, act);
  list.addEventListener("touchmove", onSwiping, { passive: false });
  return () => {
    end();
    list.removeEventListener("touchmove", onSwiping);
    for (const [name, act] of Object.entries(all)) list.removeEventListener(name, act);
  };
}

/** The finger that moved or held a row has not tapped it. Heard before what the list makes of a click. */
function swallowClick(row) {
  const stop = (event) => row.contains(event.target) && (event.preventDefault(), event.stopPropagation());
  window.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", stop, { capture: true }), 350);
}
