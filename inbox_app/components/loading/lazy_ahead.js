// Parts of a page that come once it has nothing else to do, or when they are wanted before that.
import { createElement, lazy, Suspense } from "react";

const REST = 3000;
/** Acts when the page has nothing else to do. */
export const idle = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, REST));

/** Without a connection it comes when there is one: an error would take the page away. */
const persistently = (load) =>
  load().catch(() => new Promise((rested) => setTimeout(rested, REST)).then(() => persistently(load)));

/** Answers the promise of what `load` fetches: when the page is idle, or when it is first called for. */
export function ahead(load) {
  let coming = null;
  const fetched = () => (coming ??= persistently(load));
  if (typeof window !== "undefined") idle(() => (navigator.onLine ? fetched() : addEventListener("online", fetched, { once: true })));
  return fetched;
}

/** React's `lazy`, drawn at once where it has come already. */
export function lazyAhead(load) {
  let come = null;
  const fetched = ahead(() => load().then((part) => (come = part)));
  return lazy(() => (come ? { then: (draw) => draw(come) } : fetched()));
}

/** React's `lazy`, fetched when it is first called for. */
export const lazyAtNeed = (load) => lazy(() => persistently(load));

/** As `lazyAhead`, with nothing in its place until it comes. */
export function lazyPart(load) {
  const Part = lazyAhead(load);
  return (props) => createElement(Suspense, { fallback: null }, createElement(Part, props));
}
