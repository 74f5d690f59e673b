// A long list of which only a part is here: asks for what comes after it or before it near its ends, and keeps what
// one is looking at where it is when the part changes.
import { useEffect, useLayoutEffect, useRef } from "react";

const AHEAD = 900;
const ROW = "[data-row]";

/** The rows in sight, and where each is. */
function inSight(box) {
  const { top, bottom } = box.getBoundingClientRect();
  const seen = [];
  for (const row of box.querySelectorAll(ROW)) {
    const place = row.getBoundingClientRect();
    if (place.top >= bottom) break;
    if (place.bottom > top) seen.push({ id: row.dataset.row, at: place.top });
  }
  return seen;
}

/** How far most of the rows that were in sight are from where they were: one of them may have gone to the top. */
function shiftOf(box, seen) {
  const times = new Map();
  for (const { id, at } of seen) {
    const row = box.querySelector(`[data-row="${CSS.escape(id)}"]`);
    const shift = row && Math.round(row.getBoundingClientRect().top - at);
    if (row) times.set(shift, (times.get(shift) ?? 0) + 1);
  }
  return [...times].reduce((most, each) => (each[1] > most[1] ? each : most), [0, 0])[0];
}

/** What the `box` of such a list does; its rows carry their ids as `data-row`. `toTop` leads to where there is nothing earlier. */
export function useListWindow({ box, list, first, last, count, hasEarlier, hasLater, onEarlier, onLater }) {
  const seen = useRef([]);
  const asked = useRef("");
  const toTop = useRef(false);
  const hadEarlier = useRef(false);

  const ask = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    const down = hasLater && scrollHeight - scrollTop - clientHeight < AHEAD;
    const up = !down && hasEarlier && scrollTop < AHEAD;
    const request = down ? `later/${last}` : up ? `earlier/${first}` : "";
    if (request && asked.current !== request) (down ? onLater : onEarlier)?.();
    asked.current = request;
  };
  const note = () => void (seen.current = inSight(box.current));

  useLayoutEffect(() => {
    box.current.scrollTop = 0;
    asked.current = "";
  }, [list]);
  useLayoutEffect(() => {
    if (toTop.current && !hasEarlier) {
      box.current.scrollTop = 0;
      toTop.current = false;
    } else if (hadEarlier.current || box.current.scrollTop > 0) {
      // At the edge of a part one stays where one is; at the top of the whole list one sees what comes in.
      box.current.scrollTop += shiftOf(box.current, seen.current);
    }
    note();
  }, [first, last, count]);
  useLayoutEffect(() => void (hadEarlier.current = hasEarlier), [first, last, count, hasEarlier]);
  useEffect(ask, [first, last, hasEarlier, hasLater]);

  return {
    onScroll: () => (note(), ask()),
    toTop: () => {
      toTop.current = hasEarlier;
      if (!hasEarlier) box.current.scrollTop = 0;
    },
  };
}

export function ListWindow({ label, children, ...window }) {
  const box = useRef(null);
  const { onScroll } = useListWindow({ box, ...window });
  return (
    <div className="list-window" ref={box} onScroll={onScroll} tabIndex={-1}>
      <div role="list" aria-label={label}>{children}</div>
    </div>
  );
}
