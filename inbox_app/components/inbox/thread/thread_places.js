// Places in the log of a thread, by the messages that stand in it.
export const NEAR = 80;
const GLIDE = 160;
/** Above what one arrives at there is room for the separators and the line before. */
const MARGIN = 56;

const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
/** One that is folded into the next is there without a place. */
function find(log, id) {
  let message = id && log.querySelector(`[data-message="${CSS.escape(id)}"]`);
  while (message?.hidden) message = message.nextElementSibling;
  return message;
}
const topIn = (log, element) => element.getBoundingClientRect().top - log.getBoundingClientRect().top;

export const fromBottom = (log) => log.scrollHeight - log.scrollTop - log.clientHeight;

/** The first message on the screen, how far from the log's upper edge it stands, and the `scrollTop` that this was seen at. */
export function whereOneReads(log) {
  const edge = log.getBoundingClientRect().top;
  for (const message of log.querySelectorAll("[data-message]")) {
    const { top, bottom } = message.getBoundingClientRect();
    if (bottom > edge) return { id: message.dataset.message, top: top - edge, at: log.scrollTop };
  }
  return { id: "", top: 0, at: log.scrollTop };
}

/** Whatever came or went above it: the message stays where it was, but for what was scrolled since and is not told yet. */
export function keepInPlace(log, { id, top, at = log.scrollTop }) {
  const message = find(log, id);
  const moved = message ? topIn(log, message) - top + (log.scrollTop - at) : 0;
  if (Math.abs(moved) >= 1) log.scrollTop += moved;
}

/** At once, where it is in the page. */
export function arriveAt(log, message) {
  if (find(log, message)) land(log, { place: "message", message });
}

/** The divider stays for who comes back to what was read since. */
export function land(log, { place, message }) {
  log.querySelectorAll("[data-message][aria-current]").forEach((each) => each.removeAttribute("aria-current"));
  const there = place === "unread" ? log.querySelector("[data-first-unread]") : find(log, message);
  if (!there) log.scrollTop = log.scrollHeight;
  else if (place === "message") highlight(log, there);
  else log.scrollTop += topIn(log, there) - MARGIN;
}

/** In the middle of the screen, or from its beginning where it is longer than that. */
function highlight(log, message) {
  log.scrollTop += topIn(log, message) - Math.max(MARGIN, (log.clientHeight - message.offsetHeight) / 2);
  message.setAttribute("aria-current", "true");
}

export function countAfter(log, id) {
  const messages = [...log.querySelectorAll("[data-message]")];
  const at = messages.findIndex((message) => message.dataset.message === id);
  return at < 0 ? 1 : messages.length - at - 1;
}

/** Quicker than the browser's own way, which takes its time over a long one. */
/** Ends when something else scrolls: whoever turns back on the way is not taken along. */
export function glideToBottom(log) {
  const from = log.scrollTop;
  const since = performance.now();
  let here = from;
  const step = (at) => {
    if (Math.abs(log.scrollTop - here) > 2) return;
    const part = isStill() ? 1 : Math.min(1, Math.max(0, (at - since) / GLIDE));
    log.scrollTop = from + (log.scrollHeight - log.clientHeight - from) * (1 - (1 - part) ** 3);
    here = log.scrollTop;
    if (part < 1) requestAnimationFrame(step);
  };
  step(since);
}
