// Where the reader is in a thread: opens at the first unread message or at the one asked for, stays put while more of it
// loads at either end (P6), follows new ones only when already at the bottom.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { goAmongMessages } from "@/external/inbox_app/components/inbox/thread/thread_scroller/message_keys.js";
import { countAfter, fromBottom, glideToBottom, keepInPlace, land, NEAR, whereOneReads } from "@/external/inbox_app/components/inbox/thread/thread_scroller/thread_places.js";

const AHEAD = 800;
const ASK_AGAIN = 3000;
const isRead = () => document.visibilityState === "visible" && document.hasFocus();

/** `first`, `last`: ids of the outermost messages shown; `lastIsOutgoing`: the last one is ours. */
export function ThreadScroller({ thread, landing, first, last, lastIsOutgoing, unread, hasOlder, hasNewer, onOlder, onNewer, onNewest, onRead, children }) {
  const box = useRef(null);
  const [below, setBelow] = useState(0);
  const [atBottom, setAtBottom] = useState(false);
  const { tn, t } = useTexts();
  const { state: way } = useLocation();
  const navigate = useNavigate();

  const unreadThen = useUnreadThen({ thread, landing, hasNewer, unread });
  const reading = useReadingPlace({ box, thread, landing, first, last, lastIsOutgoing, hasNewer, setBelow, setAtBottom });
  const more = useMore({ box, thread, first, last, hasOlder, hasNewer, onOlder, onNewer });
  useReading({ box, thread, last, unread, atBottom, hasNewer, onRead });
  useAnswersSeen(box, hasNewer, onNewest);

  const onScroll = useCallback(() => {
    const near = fromBottom(box.current) < NEAR;
    const bottom = near && !hasNewer;
    // Who was at the end and has not gone up is there still, though it has moved away.
    const stays = near || box.current.scrollTop >= reading.current.at;
    reading.current = { follows: bottom || (reading.current.follows && stays), ...whereOneReads(box.current) };
    setAtBottom(bottom);
    if (bottom) setBelow(0);
    more();
  }, [reading, more, hasNewer]);

  const fresh = hasNewer ? Math.max(0, unread - unreadThen.current) : below;
  const down = () => (hasNewer ? onNewest?.() : glideToBottom(box.current));
  return (
    <div className="log-frame">
      <div className="log" role="log" aria-label={t("Conversation")} tabIndex={0} ref={box} onScroll={onScroll} onKeyDown={goAmongMessages}>
        <div className="log-content">{children}</div>
      </div>
      {way?.quotedBy && (
        <button type="button" className="to-bottom to-answer" onClick={() => navigate(-1)}>
          <Icon name="reply" /> {t("Back to the reply")}
        </button>
      )}
      {last && !atBottom && (
        <button type="button" className={fresh ? "to-bottom has-new" : "to-bottom"} onClick={down} aria-label={fresh ? undefined : t("Go to the latest message")}>
          <Icon name="arrow-down" />
          {fresh > 0 && tn("{n} new", "{n} new ones", { n: fresh })}
        </button>
      )}
    </div>
  );
}

/** How many were unread when one arrived, or last had the end of the thread here: what is more has come since. */
function useUnreadThen({ thread, landing, hasNewer, unread }) {
  const then = useRef(unread);
  useEffect(() => {
    then.current = unread;
  }, [thread, landing.count, hasNewer]);
  if (unread < then.current) then.current = unread;
  return then;
}

/** Follows the end, or holds on to the message that stands first on the screen: `{ follows, id, top }`. */
function useReadingPlace({ box, thread, landing, first, last, lastIsOutgoing, hasNewer, setBelow, setAtBottom }) {
  const reading = useRef({ follows: false });
  const before = useRef({});
  useLayoutEffect(() => {
    const log = box.current;
    const was = before.current;
    before.current = { thread, landing: landing.count, last, hasNewer };
    if (!last) return;
    const goesOn = was.last !== last && !was.hasNewer && !hasNewer;
    if (was.thread !== thread || was.landing !== landing.count || !was.last) {
      land(log, landing);
      setBelow(0);
    } else if (reading.current.follows || (goesOn && lastIsOutgoing)) {
      log.scrollTop = log.scrollHeight;
    } else {
      keepInPlace(log, reading.current);
      if (goesOn) setBelow((n) => n + countAfter(log, was.last));
    }
    const bottom = fromBottom(log) < NEAR && !hasNewer;
    reading.current = { follows: bottom || (reading.current.follows && fromBottom(log) < NEAR), ...whereOneReads(log) };
    setAtBottom(bottom);
  }, [thread, landing.count, first, last, lastIsOutgoing, hasNewer]);
  useSteady(box, reading);
  return reading;
}

/** The composer grows, a keyboard opens, letters and pictures load: who was at the bottom stays there, and who reads keeps the line. */
function useSteady(box, reading) {
  useEffect(() => {
    const log = box.current;
    const watch = new ResizeObserver(() => {
      if (reading.current.follows) {
        log.scrollTop = log.scrollHeight;
        reading.current.at = log.scrollTop;
      } else {
        keepInPlace(log, reading.current);
        reading.current = { ...reading.current, ...whereOneReads(log) };
      }
    });
    watch.observe(log);
    watch.observe(log.firstElementChild);
    return () => watch.disconnect();
  }, [box, reading]);
}

/** Asks for more before an end comes into sight; again after a while, should the answer have been lost. */
function useMore({ box, thread, first, last, hasOlder, hasNewer, onOlder, onNewer }) {
  const asked = useRef({});
  const more = useCallback(() => {
    const log = box.current;
    const ahead = Math.min(AHEAD, (log.scrollHeight - log.clientHeight) / 4);
    const once = (what, ask) => {
      if (performance.now() - (asked.current[what] ?? -ASK_AGAIN) < ASK_AGAIN) return;
      asked.current = { [what]: performance.now() };
      ask?.();
    };
    if (hasOlder && log.scrollTop <= ahead) once(`${thread} before ${first}`, onOlder);
    else if (hasNewer && fromBottom(log) <= ahead) once(`${thread} after ${last}`, onNewer);
  }, [box, thread, first, last, hasOlder, hasNewer, onOlder, onNewer]);
  useEffect(() => {
    const frame = requestAnimationFrame(more);
    return () => cancelAnimationFrame(frame);
  }, [more]);
  return more;
}

/** Read means: its end was on the screen of a tab that somebody is looking at. */
function useReading({ box, thread, last, unread, atBottom, hasNewer, onRead }) {
  useEffect(() => {
    if (!unread || !last || !atBottom || hasNewer) return;
    // What came with `last` may have moved the end away: `atBottom` says so a drawing later.
    const look = () => isRead() && fromBottom(box.current) < NEAR && onRead?.(thread, last);
    look();
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [box, thread, last, unread, atBottom, hasNewer, onRead]);
}

/** An answer is written at the end of the thread: who sends one from further up is taken there. */
function useAnswersSeen(box, hasNewer, onNewest) {
  useEffect(() => {
    if (!hasNewer) return undefined;
    const isAnswer = (node) => node.dataset?.pending !== undefined;
    const watch = new MutationObserver((changes) => changes.some((change) => [...change.addedNodes].some(isAnswer)) && onNewest?.());
    watch.observe(box.current.firstElementChild, { childList: true });
    return () => watch.disconnect();
  }, [box, hasNewer, onNewest]);
}
