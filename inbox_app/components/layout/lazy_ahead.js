// Parts of a page that come once it has nothing else to do, or when they are wanted before that.
import { lazy } from "react";

const REST = 3000;
const idle = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, REST));

/** Without a connection it comes when there is one: an error would take the page away. */
const persistently = (load) =>
  load().catch(() => new Promise((rested) => setTimeout(rested, REST)).then(() => persistently(load)));

/** React's `lazy`, drawn at once where it has come already. */
export function lazyAhead(load) {
  let come = null;
  const fetched = () => persistently(load).then((part) => (come = part));
  if (typeof window !== "undefined") idle(fetched);
  return lazy(() => (come ? { then: (draw) => draw(come) } : fetched()));
}
