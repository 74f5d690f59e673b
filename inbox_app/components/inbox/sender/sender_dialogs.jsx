// Waits until somebody wants to say who an unknown sender is: what asks is loaded only then (A1, A2).
import { Suspense, useEffect, useState } from "react";
import { lazyAhead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const EVENTS = ["add-existing-actor", "add-new-actor", "unlink-actor"];
const Parts = lazyAhead(() => import("@/external/inbox_app/components/inbox/sender/sender_dialogs/sender_parts.jsx"));

export function SenderDialogs(props) {
  const [wanted, want] = useState("");
  useEffect(() => {
    if (wanted) return undefined;
    const open = (event) => want(event.type);
    EVENTS.forEach((name) => document.addEventListener(name, open));
    return () => EVENTS.forEach((name) => document.removeEventListener(name, open));
  }, [wanted]);
  return wanted && <Suspense fallback={null}><Parts wanted={wanted} {...props} /></Suspense>;
}
