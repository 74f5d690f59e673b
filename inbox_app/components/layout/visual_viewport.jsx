// How much of the screen is left to the page when a phone's keyboard is up (N3).
import { useEffect } from "react";

const KEYBOARD = 120;

/** Keeps `--screen`, the height that can be seen, on <html> while a keyboard covers part of the page (iOS). */
export function VisualViewport() {
  useEffect(() => {
    const view = window.visualViewport;
    if (!view) return undefined;
    const measure = () => {
      const covered = view.scale === 1 && window.innerHeight - view.height > KEYBOARD;
      const { style } = document.documentElement;
      if (!covered) return style.removeProperty("--screen");
      style.setProperty("--screen", `${Math.round(view.height)}px`);
      return window.scrollTo(0, 0);
    };
    view.addEventListener("resize", measure);
    return () => view.removeEventListener("resize", measure);
  }, []);
  return null;
}
