// Hands to the server what is sent here, whichever thread it is of, until each is answered.
import { useEffect, useLayoutEffect, useRef } from "react";
import { useConnection } from "@/external/inbox_app/components/layout/connection_banner/connection_banner.jsx";
import { PATIENCE } from "@/external/inbox_app/components/forms/acknowledged_send/acknowledged_send.js";
import { handed, holdFor, restore, restoreMore, settle, toTell, useOutgoing } from "@/external/inbox_app/components/inbox/outgoing/outgoing/outgoing.js";
import { uploader } from "@/external/inbox_app/components/inbox/outgoing/uploads/uploads.js";

/** `onSend(thread, text, ref)`, `onFile(thread, caption, ref)`, `onLater(thread, text, ref, local, fallback)`, `onUndo(thread, ref)`; `settled`: the latest answers, `{ref, outcome}`. Draws nothing. */
export function Outgoing({ person, hold, settled, onSend, onFile, onLater, onUndo }) {
  const entries = useOutgoing();
  const connection = useConnection();
  const say = useRef();
  say.current = ({ thread, text, ref, when, file, undoing }) => {
    if (undoing) onUndo(thread, ref);
    else if (file) onFile(thread, text, ref);
    else if (when) onLater(thread, text, ref, when.local, when.fallback);
    else onSend(thread, text, ref);
  };
  const tell = useRef((again) => {
    const telling = toTell(again);
    telling.forEach((each) => say.current(each));
    handed(new Set(telling.map((each) => each.ref)));
  });

  useEffect(() => holdFor(hold), [hold]);
  useEffect(() => {
    restore(person);
    if (person) uploader().then(({ adopt }) => adopt(person));
  }, [person]);
  useLayoutEffect(() => settle(settled ?? []), [settled]);
  useEffect(() => {
    if (!connection && person) tell.current(false);
  }, [entries, connection, person]);
  useEffect(() => {
    if (connection || !person) return;
    tell.current(true);
    const timer = setInterval(() => {
      tell.current(true);
      restoreMore();
    }, PATIENCE);
    return () => clearInterval(timer);
  }, [connection, person]);
  return null;
}
