// From message to message by arrows, so that Tab need not stop at each: what has the focus then opens the message's menu.
const STEPS = { ArrowUp: -1, ArrowDown: 1 };
const OWN_KEYS = "input, textarea, select, video, [role=slider]";
const LONGEST = 120;

/** For the log. Beyond the outermost message the arrow scrolls, which brings more. */
export function goAmongMessages(event) {
  const log = event.currentTarget;
  const step = STEPS[event.key];
  const { target } = event;
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!log.contains(target) || target.closest(OWN_KEYS)) return;
  const next = neighbour(log, target.closest("[data-message]"), step);
  if (!next) return;
  event.preventDefault();
  const message = next.closest("[data-message]");
  next.setAttribute("aria-description", message.innerText.replace(/\s+/g, " ").slice(0, LONGEST));
  next.focus({ preventScroll: true });
  message.scrollIntoView({ block: "nearest" });
}

/** The button of the message before or after; from the log itself, the last or the first that is in sight. */
function neighbour(log, here, step) {
  const buttons = [...log.querySelectorAll("[data-message-menu]")];
  if (step < 0) buttons.reverse();
  const { top, bottom } = log.getBoundingClientRect();
  const isNext = (button) => {
    const message = button.closest("[data-message]");
    if (here) return message !== here && (step < 0) === Boolean(here.compareDocumentPosition(message) & Node.DOCUMENT_POSITION_PRECEDING);
    const place = message.getBoundingClientRect();
    return place.bottom > top && place.top < bottom;
  };
  return buttons.find(isNext);
}
