// «Operazioni» waits behind its button, and the menu of a message behind its own: what shows them is loaded only then.
import { Suspense, useEffect, useState } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { lazyAtNeed } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const OPEN = "open-tasks";
const Parts = lazyAtNeed(() => import("@/external/inbox_app/components/inbox/tasks/tasks/tasks_parts.jsx"));

export function Tasks(props) {
  const [wanted, want] = useState(null);
  const { thread } = props;
  useEffect(() => {
    const open = () => want((before) => (before?.panel ? null : { panel: true }));
    const menu = ({ target }) => {
      const button = target.closest?.("[data-message-menu]");
      if (button) want((before) => ({ ...before, button, at: performance.now() }));
    };
    document.addEventListener(OPEN, open);
    document.addEventListener("click", menu);
    return () => {
      document.removeEventListener(OPEN, open);
      document.removeEventListener("click", menu);
    };
  }, []);
  useEffect(() => want(null), [thread]);
  return wanted && <Suspense fallback={null}><Parts {...props} wanted={wanted} want={want} /></Suspense>;
}

export const TasksButton = ({ label, count, answered, className }) => (
  <button type="button" className={className} onClick={() => document.dispatchEvent(new Event(OPEN))}>
    <Icon name="checks" /> <span className="truncate">{label}</span> {count > 0 && <b className={answered ? "answered" : ""}>{count}</b>}
  </button>
);
