// What one can do to rows of the list, loaded once the page is idle: keys, menu, swipe, several at once (P8, P9).
import { Suspense, useEffect, useState } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { lazyAhead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const Parts = lazyAhead(() => import("@/external/inbox_app/components/inbox/list/row_tools/row_tools_parts.jsx"));

export function RowTools(props) {
  const [here, come] = useState(false);
  useEffect(() => come(true), []);
  return here && <Suspense fallback={null}><Parts {...props} /></Suspense>;
}

/** Does `act` to the conversation that is open. */
export const OpenRowButton = ({ act, icon, label, text, className = "icon-button" }) => (
  <button type="button" className={className} title={label} aria-label={label} onClick={(event) => tell(act, event)}>
    {text ? <i className="assignee">{text}</i> : <Icon name={icon} />}
  </button>
);

const tell = (act, { currentTarget }) => document.dispatchEvent(new CustomEvent("row-tool", { detail: { act, at: currentTarget } }));
