// Hands to the server what is sent here, whichever thread it is of, until each is answered.
import { useEffect, useLayoutEffect, useRef } from "react";
import { useConnection } from "@/external/inbox_app/components/layout/connection_banner/connection_banner.jsx";
import { PATIENCE } from "@/external/inbox_app/components/forms/acknowledged_send/acknowledged_send.js";
import { handed, restore, settle, toTell, useOutgoing } from "@/external/inbox_app/components/inbox/outgoing/outgoing.js";

/** `onSend(thread, text, ref)`; `settled`: the latest answers, `{ref, outcome}`. Draws nothing. */
export function Outgoing({ person, settled, onSend }) {
  const entries = useOutgoing();
  const connection = useConnection();
  const send = useRef(onSend);
  send.current = onSend;
  const tell = useRef((again) => {
    const telling = toTell(again);
    telling.forEach((each) => send.current(each.thread, each.text, each.ref));
    handed(new Set(telling.map((each) => each.ref)));
  });

  useEffect(() => void restore(person), [person]);
  useLayoutEffect(() => settle(settled ?? []), [settled]);
  useEffect(() => {
    if (!connection && person) tell.current(false);
  }, [entries, connection, person]);
  useEffect(() => {
    if (connection || !person) return;
    tell.current(true);
    const timer = setInterval(() => tell.current(true), PATIENCE);
    return () => clearInterval(timer);
  }, [connection, person]);
  return null;
}
