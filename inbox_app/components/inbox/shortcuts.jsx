// The keyboard: never a single letter while somebody types (X3).
import { Suspense, useEffect, useState } from "react";
import { lazyAhead } from "@/external/inbox_app/components/layout/lazy_ahead/lazy_ahead.js";

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

export function Shortcuts() {
  const [help, showHelp] = useState(false);

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
    document.addEventListener("show-shortcuts", open);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("show-shortcuts", open);
    };
  }, []);

  return <Suspense fallback={null}>{help && <Help onClose={() => showHelp(false)} />}</Suspense>;
}
