// Whether somebody can see the tab: a phone in the pocket reads nothing.
import { useEffect, useRef } from "react";

export function InSight({ onChange }) {
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    const tell = () => latest.current(document.visibilityState === "visible");
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, []);
  return null;
}
