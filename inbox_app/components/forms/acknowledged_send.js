// Sends that the server has to acknowledge: repeated with the same ref, by which it knows them for the same.
import { useEffect, useReducer, useRef, useState } from "react";
import { reference } from "@/external/inbox_app/components/forms/typed/typed.js";

/** How long an answer is waited for. */
export const PATIENCE = 8000;

/** By place, oldest first; out here because the page may be drawn anew before the answer. */
const unanswered = new Map();

/** What was sent from a place and is not answered yet: `{content, ref}`. */
export const waitingIn = (place) => unanswered.get(place) ?? [];

/** Takes out those up to `ref`: answers come in the order of the sends, the latest alone may be seen. */
function answeredBy(place, ref) {
  const all = waitingIn(place);
  const count = all.findIndex((each) => each.ref === ref) + 1;
  unanswered.set(place, all.slice(count));
  return all.slice(0, count).map((each) => each.content);
}

/**
 * `submit(content)` calls `onSend(content, ref)`, and again every few seconds (`late` says so) until `acceptedRef` or
 * `refusedRef` becomes that ref: then `onAccepted` or `onRefused` is called with the contents. `forget()` gives up.
 */
export function useAcknowledgedSend({ place, acceptedRef, refusedRef, onSend, onAccepted, onRefused }) {
  const [sends, changed] = useReducer((count) => count + 1, 0);
  const [late, setLate] = useState(false);
  const send = useRef(onSend);
  send.current = onSend;

  const settle = (ref, tell) => {
    const contents = answeredBy(place, ref);
    if (contents.length === 0) return;
    setLate(false);
    changed();
    tell?.(contents);
  };
  useEffect(() => settle(acceptedRef, onAccepted), [place, acceptedRef]);
  useEffect(() => settle(refusedRef, onRefused), [place, refusedRef]);

  useEffect(() => {
    const sendAgain = () => {
      waitingIn(place).forEach((each) => send.current(each.content, each.ref));
      setLate(waitingIn(place).length > 0);
    };
    const timer = setInterval(sendAgain, PATIENCE);
    return () => clearInterval(timer);
  }, [place, sends]);

  const submit = (content) => {
    const ref = reference();
    unanswered.set(place, [...waitingIn(place), { content, ref }]);
    changed();
    onSend(content, ref);
  };
  const forget = () => {
    unanswered.delete(place);
    setLate(false);
    changed();
  };
  return { waiting: waitingIn(place).length > 0, late, submit, forget };
}
