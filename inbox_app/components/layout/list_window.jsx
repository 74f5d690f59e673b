// A long list of which only a part is here: asks for what comes after it or before it near its ends, and keeps what
// one is looking at where it is when the part changes.
import { useEffect, useLayoutEffect, useRef } from "react";

const AHEAD = 900;
const ROW = "[data-row]";

export function ListWindow({ list, first, last, hasEarlier, hasLater, onEarlier, onLater, label, children }) {
  const box = useRef(null);
  const seen = useRef(null);
  const asked = useRef("");

  const ask = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    const down = hasLater && scrollHeight - scrollTop - clientHeight < AHEAD;
    const up = !down && hasEarlier && scrollTop < AHEAD;
    const request = down ? `later/${last}` : up ? `earlier/${first}` : "";
    if (request && asked.current !== request) (down ? onLater : onEarlier)?.();
    asked.current = request;
  };
  const note = () => {
    const top = box.current.getBoundingClientRect().top;
    const row = [...box.current.querySelectorAll(ROW)].find((each) => each.getBoundingClientRect().bottom > top);
    seen.current = row ? { id: row.dataset.row, at: row.getBoundingClientRect().top } : null;
  };

  useLayoutEffect(() => {
    box.current.scrollTop = 0;
    asked.current = "";
  }, [list]);
  useLayoutEffect(() => {
    const row = seen.current && box.current.querySelector(`[data-row="${CSS.escape(seen.current.id)}"]`);
    if (row && box.current.scrollTop > 0) box.current.scrollTop += row.getBoundingClientRect().top - seen.current.at;
    note();
  }, [first, last]);
  useEffect(ask, [first, last, hasEarlier, hasLater]);

  const onScroll = () => {
    note();
    ask();
  };
  return (
    <div className="list-window" ref={box} onScroll={onScroll} tabIndex={-1}>
      <div role="list" aria-label={label}>{children}</div>
    </div>
  );
}
