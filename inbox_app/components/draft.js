// What is being written, kept on the server a moment after the last key, and in the page until then.
import { useCallback, useEffect, useRef, useState } from "react";

const PAUSE = 500;
const FRESH = 5 * 60_000;
const typed = new Map();

/** The newest words for a thread: what was typed here lately (the page may have been drawn anew), else the server's. */
function newest(thread, draft) {
  const here = typed.get(thread);
  return here && performance.now() - here.at < FRESH ? here.text : draft;
}

export function useDraft(thread, draft, onDraft) {
  const [text, setText] = useState(() => newest(thread, draft ?? ""));
  const unsaved = useRef(null);
  const timer = useRef(0);
  const save = useRef(onDraft);
  save.current = onDraft;

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (unsaved.current === null) return;
    save.current?.(thread, unsaved.current);
    unsaved.current = null;
  }, [thread]);

  const write = useCallback(
    (words) => {
      setText(words);
      typed.set(thread, { text: words, at: performance.now() });
      unsaved.current = words;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, PAUSE);
    },
    [thread, flush],
  );

  /** The text was sent: the box empties, and the server forgets the draft by itself. */
  const forget = useCallback(() => {
    clearTimeout(timer.current);
    unsaved.current = null;
    typed.delete(thread);
    setText("");
  }, [thread]);

  useEffect(() => {
    const hidden = () => document.visibilityState === "hidden" && flush();
    document.addEventListener("visibilitychange", hidden);
    return () => {
      document.removeEventListener("visibilitychange", hidden);
      flush();
    };
  }, [flush]);

  return { text, write, flush, forget };
}
