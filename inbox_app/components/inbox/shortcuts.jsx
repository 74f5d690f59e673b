// The keyboard: never a single letter while somebody types (X3).
import { Suspense, useEffect, useRef, useState } from "react";
import { lazyAhead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const Help = lazyAhead(() => import("@/external/inbox_app/components/inbox/shortcuts/shortcuts_help.jsx"));
const TYPING = "input, textarea, select, [contenteditable]";

function step(by) {
  const rows = [...document.querySelectorAll("[data-conversation]")];
  const at = rows.findIndex((row) => row.getAttribute("aria-current") === "page");
  const next = at < 0 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  next?.click();
  next?.scrollIntoView({ block: "nearest" });
}

const ALT = {
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  KeyL: () => document.querySelector("#message-box, .foot-card .button:not(.answer-later)")?.focus(),
  KeyN: () => document.dispatchEvent(new Event("new-conversation")),
};

/** `onFilter(name)`, and by its id what is done to the open conversation: what the palette tells the page (P9). */
export function Shortcuts({ onFilter, ...onThread }) {
  const [help, showHelp] = useState(false);
  const told = useRef();
  told.current = ({ does, value }) => (does === "filter" ? onFilter(value) : onThread[does](value));

  useEffect(() => {
    const open = () => showHelp(true);
    const SIGNS = { "?": open, "/": () => document.querySelector(".list input[type=search]")?.focus() };
    const onKey = (event) => {
      if (event.altKey && !event.ctrlKey && !event.metaKey && ALT[event.code]) {
        event.preventDefault();
        ALT[event.code]();
      } else if (SIGNS[event.key] && !event.target.closest?.(TYPING)) {
        event.preventDefault();
        SIGNS[event.key]();
      }
    };
    document.addEventListener("keydown", onKey);
    const hear = (event) => told.current(event.detail);
    document.addEventListener("show-shortcuts", open);
    document.addEventListener("inbox-command", hear);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("show-shortcuts", open);
      document.removeEventListener("inbox-command", hear);
    };
  }, []);

  return <Suspense fallback={null}>{help && <Help onClose={() => showHelp(false)} />}</Suspense>;
}
