// Where the reader is in a thread: opens at the first unread message, stays put while older ones load on top (P6),
// follows new ones only when already at the bottom.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const NEAR = 80;
const AHEAD = 600;
const GLIDE = 160;
const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const fromBottom = (box) => box.scrollHeight - box.scrollTop - box.clientHeight;
const isRead = () => document.visibilityState === "visible" && document.hasFocus();

/** `first`, `last`: ids of the outermost messages shown; `lastIsMine`: the last one is ours. */
export function ThreadScroller({ thread, first, last, lastIsMine, unread, hasOlder, onOlder, onRead, children }) {
  const box = useRef(null);
  const [below, setBelow] = useState(0);
  const [atBottom, setAtBottom] = useState(false);
  const { tn, t } = useTexts();

  const place = useRestingPlace({ box, thread, first, last, lastIsMine, unread, setBelow, setAtBottom });
  useStayAtBottom(box, atBottom);
  useReading({ thread, last, unread, atBottom, onRead });

  const asked = useRef("");
  const onScroll = useCallback(() => {
    const bottom = fromBottom(box.current) < NEAR;
    place.current.top = topOf(box.current, first);
    setAtBottom(bottom);
    if (bottom) setBelow(0);
    const request = `${thread}/${first}`;
    if (hasOlder && box.current.scrollTop < AHEAD && asked.current !== request) {
      asked.current = request;
      onOlder?.();
    }
  }, [place, thread, first, hasOlder, onOlder]);

  const down = () => glideToBottom(box.current);
  return (
    <div className="log-frame">
      <div className="log" role="log" aria-label={t("Conversation")} tabIndex={0} ref={box} onScroll={onScroll}>
        <div className="log-content">{children}</div>
      </div>
      {last && !atBottom && (
        <button type="button" className={below ? "to-bottom fresh" : "to-bottom"} onClick={down} aria-label={below ? undefined : t("Go to the latest message")}>
          <Icon name="arrow-down" />
          {below > 0 && tn("{n} new", "{n} new ones", { n: below })}
        </button>
      )}
    </div>
  );
}

function useRestingPlace({ box, thread, first, last, lastIsMine, unread, setBelow, setAtBottom }) {
  const before = useRef({});
  useLayoutEffect(() => {
    const log = box.current;
    const was = before.current;
    const height = log.scrollHeight;
    before.current = { thread, first, last, height, top: topOf(log, first) };
    if (!last) return;
    if (was.thread !== thread || !was.last) {
      openAt(log, unread);
      setBelow(0);
    } else if (was.first !== first && was.last === last) {
      log.scrollTop += topOf(log, was.first) - was.top;
    } else if (was.last !== last) {
      const wasAtBottom = was.height - log.scrollTop - log.clientHeight < NEAR;
      if (wasAtBottom || lastIsMine) log.scrollTop = height;
      else setBelow((n) => n + countAfter(log, was.last));
    }
    setAtBottom(fromBottom(log) < NEAR);
  }, [thread, first, last, lastIsMine, box, setBelow, setAtBottom]);
  return before;
}

/** Quicker than the browser's own way, which takes its time over a long one. */
/** Ends when something else scrolls: whoever turns back on the way is not taken along. */
function glideToBottom(log) {
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

const find = (log, id) => log.querySelector(`[data-message="${CSS.escape(id)}"]`);

/** How far down a message begins: what loads above it pushes it by as much as the reader must follow. */
const topOf = (log, id) => (id && find(log, id)?.offsetTop) || 0;

/** The divider stays for who comes back to what was read since. */
function openAt(log, unread) {
  const divider = unread && log.querySelector("[data-first-unread]");
  if (divider) log.scrollTop += divider.getBoundingClientRect().top - log.getBoundingClientRect().top - 56;
  else log.scrollTop = log.scrollHeight;
}

function countAfter(log, id) {
  const messages = [...log.querySelectorAll("[data-message]")];
  const at = messages.findIndex((message) => message.dataset.message === id);
  return at < 0 ? 1 : messages.length - at - 1;
}

/** The composer grows, a keyboard opens, letters load and widen: who was at the bottom stays there. */
function useStayAtBottom(box, atBottom) {
  const stays = useRef(atBottom);
  stays.current = atBottom;
  useEffect(() => {
    const log = box.current;
    const watch = new ResizeObserver(() => {
      if (stays.current) log.scrollTop = log.scrollHeight;
    });
    watch.observe(log);
    watch.observe(log.firstElementChild);
    return () => watch.disconnect();
  }, [box]);
}

/** Read means: its end was on the screen of a tab that somebody is looking at. */
function useReading({ thread, last, unread, atBottom, onRead }) {
  useEffect(() => {
    if (!unread || !last || !atBottom) return;
    const look = () => isRead() && onRead?.();
    look();
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [thread, last, unread, atBottom, onRead]);
}
