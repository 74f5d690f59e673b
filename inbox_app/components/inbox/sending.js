// What was sent and is not answered yet: the box is free for the next words meanwhile.
import { useEffect, useRef, useState } from "react";
import { reference } from "@/external/inbox_app/components/forms/typed/typed.js";

const PATIENCE = 8000;

/** By thread, oldest first; out here because the page may be drawn anew before the answer. */
const unanswered = new Map();
const waitingIn = (thread) => unanswered.get(thread) ?? [];

/** Takes out those up to `ref`: answers come in the order of the sends, the latest alone may be seen. */
function answeredBy(thread, ref) {
  const all = waitingIn(thread);
  const count = all.findIndex((each) => each.ref === ref) + 1;
  unanswered.set(thread, all.slice(count));
  return all.slice(0, count);
}

/**
 * `submit()` sends the text and empties the box; a refusal gives it back. What stays unanswered is sent again
 * with its ref, by which the server knows that it is the same; `late` says so.
 */
export function useSending({ thread, text, write, forget, acceptedRef, refusedRef, onSend }) {
  const [sends, setSends] = useState(0);
  const [late, setLate] = useState(false);

  useEffect(() => {
    if (waitingIn(thread).some((each) => each.text === text)) forget();
  }, [thread]);
  useEffect(() => {
    if (answeredBy(thread, acceptedRef).length > 0) setLate(false);
  }, [thread, acceptedRef]);
  useEffect(() => {
    const back = answeredBy(thread, refusedRef).map((each) => each.text);
    if (back.length === 0) return;
    setLate(false);
    write([...back, text].filter(Boolean).join("\n"));
  }, [thread, refusedRef]);

  const send = useRef(onSend);
  send.current = onSend;
  useEffect(() => {
    const sendAgain = () => {
      waitingIn(thread).forEach((each) => send.current(thread, each.text, each.ref));
      setLate(waitingIn(thread).length > 0);
    };
    const timer = setInterval(sendAgain, PATIENCE);
    return () => clearInterval(timer);
  }, [thread, sends]);

  const submit = () => {
    const ref = reference();
    unanswered.set(thread, [...waitingIn(thread), { text, ref }]);
    setSends(sends + 1);
    forget();
    onSend(thread, text, ref);
  };
  return { late, submit };
}
