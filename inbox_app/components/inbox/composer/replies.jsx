// What the message box does with saved replies: opens the picker, puts one in, names the fields still open (M8).
import { Suspense, useCallback, useEffect, useRef, useState } from "react";
import { isComposing } from "@/external/inbox_app/components/forms/typed/typed.js";
import { fieldName, fieldsIn, firstField } from "@/external/inbox_app/components/saved_replies/reply_editor/field_names.js";
import { lazyAtNeed } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const ReplyPicker = lazyAtNeed(() => import("@/external/inbox_app/components/inbox/composer/composer/reply_picker.jsx"));
/** The DOM event that opens the picker. */
export const OPEN_REPLIES = "open-saved-replies";
const COMMAND = /^\/[^\n]{0,60}$/;
const PAUSE = 250;

export const openFields = (text, t) => fieldsIn(text).map((key) => fieldName(key, t));

/** `picker` is drawn above the box; `onKey(event)` says whether the key was the picker's. */
export function useReplies({ thread, text, write, box, replies, onAsk, onUse }) {
  const keys = useRef(null);
  const [asked, setAsked] = useState(false);
  const [closed, setClosed] = useState("");
  const command = COMMAND.test(text) && text !== closed;
  const open = asked || command;
  const ready = replies.thread === thread;
  const words = command ? text.slice(1).trim() : "";

  useEffect(() => {
    if (open) onAsk(thread, words);
  }, [open, thread]);
  const others = open && ready && (replies.more || !words.startsWith(replies.words)) && words !== replies.words;
  useEffect(() => {
    const timer = others && setTimeout(() => onAsk(thread, words), PAUSE);
    return () => clearTimeout(timer);
  }, [others, thread, words]);
  useEffect(() => {
    const show = () => {
      setAsked(true);
      box.current?.focus();
    };
    document.addEventListener(OPEN_REPLIES, show);
    return () => document.removeEventListener(OPEN_REPLIES, show);
  }, [box]);

  const close = useCallback(() => {
    setAsked(false);
    setClosed(text);
  }, [text]);
  const pick = (reply) => {
    const { selectionStart, selectionEnd } = box.current;
    const [from, to] = command ? [0, text.length] : [selectionStart, selectionEnd];
    const whole = text.slice(0, from) + reply.text + text.slice(to);
    write(whole);
    onUse(reply.id);
    setAsked(false);
    requestAnimationFrame(() => select(box.current, firstField(whole) ?? [from + reply.text.length, from + reply.text.length]));
  };
  const picker = open && (
    <Suspense fallback={null}>
      <ReplyPicker words={words} replies={ready ? replies.replies : []} ready={ready && !others} keys={keys} onPick={pick} onClose={close} />
    </Suspense>
  );
  const onKey = (event) => open && !isComposing(event.nativeEvent) && (keys.current?.(event) ?? false);
  return { picker, onKey };
}

function select(box, [from, to]) {
  box?.focus();
  box?.setSelectionRange(from, to);
}
