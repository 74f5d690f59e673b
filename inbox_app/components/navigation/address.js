// The address one is on, from the moment a link is followed: React Router draws the way as a transition, which may take
// some frames, and keys typed meanwhile would be lost or land in what was there before (M7).
import { useEffect, useSyncExternalStore } from "react";
import { matchPath, useLocation } from "react-router";

/** The path that was asked for and is not drawn yet. */
let asked = null;
const listeners = new Set();

function ask(path) {
  asked = path;
  listeners.forEach((listener) => listener());
}

const subscribe = (listener) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether a click on a link leads on in this tab. */
const leadsOn = (event) => event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);

/** To be called with the click on a link that leads to `to`. */
export function follow(event, to) {
  const { pathname } = new URL(to, window.location);
  if (leadsOn(event) && pathname !== window.location.pathname) ask(pathname);
}

if (typeof window !== "undefined") window.addEventListener("popstate", () => ask(window.location.pathname));

/** The part `name` of an address like `pattern` ("/inbox/:name"); empty on another one. */
export function useAddressPart(name, pattern) {
  const { pathname } = useLocation();
  const ahead = useSyncExternalStore(subscribe, () => asked, () => null);
  useEffect(() => {
    const isOnItsWay = pathname !== asked && window.location.pathname === asked;
    if (!isOnItsWay) ask(null);
  }, [pathname]);
  const part = (path) => path && matchPath(pattern, path)?.params[name];
  return part(ahead) || part(pathname) || "";
}
