// A heading on which the keyboard lands when what it stood on has gone: the next Tab goes on below it (X3).
import { createElement, useEffect, useRef } from "react";

export function FocusHeading({ level, of, children }) {
  const heading = useRef(null);
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost && navigator.userActivation?.hasBeenActive) heading.current?.focus();
  }, [of]);
  return createElement(`h${level}`, { ref: heading, tabIndex: -1, className: "focus-heading" }, children);
}
