// What was sent and is not answered yet: the box is free for the next words meanwhile.
import { useEffect } from "react";
import { useAcknowledgedSend, waitingIn } from "@/external/inbox_app/components/forms/acknowledged_send/acknowledged_send.js";

/** `submit()` sends the text and empties the box; a refusal gives it back. `late` says that it is sent again. */
export function useSending({ thread, text, write, forget, acceptedRef, refusedRef, onSend }) {
  useEffect(() => {
    if (waitingIn(thread).some((each) => each.content === text)) forget();
  }, [thread]);
  const onRefused = (texts) => write([...texts, text].filter(Boolean).join("\n"));
  const sends = useAcknowledgedSend({
    place: thread, acceptedRef, refusedRef, onRefused, onSend: (content, ref) => onSend(thread, content, ref),
  });
  const submit = () => {
    forget();
    sends.submit(text);
  };
  return { late: sends.late, submit };
}
