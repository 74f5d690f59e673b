// The scrolling of a list: finds its place again after the screen was left, asks for more near its end, and
// says when something new came in above.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const AHEAD = 600;
const TOP = 40;
const places = new Map();

/** `list` names what is shown (a filter), `newest` its top row with its moment, `count` the rows. */
export function ListScroller({ list, newest, count, hasMore, onEnd, children }) {
  const box = useRef(null);
  const [above, setAbove] = useState(false);
  const { t } = useTexts();

  useLayoutEffect(() => {
    box.current.scrollTop = places.get(list) ?? 0;
  }, [list, count > 0]);

  const before = useRef(newest);
  useEffect(() => {
    const changed = before.current && before.current !== newest;
    before.current = newest;
    if (changed && box.current.scrollTop > TOP) setAbove(true);
  }, [newest]);
  useEffect(() => setAbove(false), [list]);

  const asked = useRef("");
  const onScroll = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    places.set(list, scrollTop);
    if (scrollTop <= TOP) setAbove(false);
    const request = `${list}/${count}`;
    if (hasMore && scrollHeight - scrollTop - clientHeight < AHEAD && asked.current !== request) {
      asked.current = request;
      onEnd?.();
    }
  };

  return (
    <div className="rows-frame">
      {above && (
        <button type="button" className="to-top" onClick={() => box.current.scrollTo({ top: 0 })}>
          <Icon name="arrow-up" /> {t("New messages")}
        </button>
      )}
      <div className="rows" ref={box} onScroll={onScroll}>
        {children}
      </div>
    </div>
  );
}
