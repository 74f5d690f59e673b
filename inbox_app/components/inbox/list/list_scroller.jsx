// The scrolling of a list: finds its place again after the screen was left, asks for more near its ends, and
// says when something new came in above.
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useListWindow } from "@/external/inbox_app/components/layout/list_window/list_window.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const TOP = 40;
/** Where the list was left that was shown last. */
let left = { list: "", at: 0 };

/** `list` names what is shown (a filter, a search), `newest` its top row with its moment, `count` the rows that are here. */
export function ListScroller({ list, newest, hasEarlier, onTop, children, ...window }) {
  const box = useRef(null);
  const [above, setAbove] = useState(false);
  const { t } = useTexts();
  const { onScroll, toTop } = useListWindow({ box, list, hasEarlier, ...window });

  useLayoutEffect(() => {
    if (left.list === list) box.current.scrollTop = left.at;
  }, []);

  const before = useRef(newest);
  useEffect(() => {
    const changed = before.current && before.current !== newest;
    before.current = newest;
    if (changed && (hasEarlier || box.current.scrollTop > TOP)) setAbove(true);
  }, [newest]);
  useEffect(() => setAbove(false), [list]);

  const scrolled = () => {
    left = { list, at: box.current.scrollTop };
    if (!hasEarlier && left.at <= TOP) setAbove(false);
    onScroll();
  };
  const goToTop = () => {
    toTop();
    if (hasEarlier) onTop?.();
  };
  return (
    <div className="rows-frame">
      {above && (
        <button type="button" className="to-top" onClick={goToTop}>
          <Icon name="arrow-up" /> {t("New messages")}
        </button>
      )}
      <div className="rows" ref={box} onScroll={scrolled}>
        {children}
      </div>
    </div>
  );
}
