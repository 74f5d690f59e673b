// What is being written, kept on the server a moment after the last key, and in the page until then (M7).
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const PAUSE = 500;
const REST = 2500;
const FRESH = 5 * 60_000;
const typed = new Map();

/** What was typed here lately: the page may have been drawn anew. */
function typedHere(thread) {
  const here = typed.get(thread);
  return here && (here.partly || performance.now() - here.at < FRESH) ? here : undefined;
}

/** What was typed before the thread was `opened` is the end of its draft, which nobody has heard of yet. */
export function useDraft(thread, draft, opened, onDraft) {
  const [text, setText] = useState(() => typedHere(thread)?.text ?? draft ?? "");
  const unsaved = useRef(null);
  const timer = useRef(0);
  const save = useRef(onDraft);
  save.current = onDraft;
  const own = useRef(new Own());
  const partly = useRef(typedHere(thread)?.partly ?? (!opened && !typedHere(thread)));
  useElsewhere(draft ?? "", unsaved, own.current, (words) => {
    typed.delete(thread);
    setText(words);
  });

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (unsaved.current === null || partly.current) return;
    own.current.said(unsaved.current);
    save.current?.(thread, unsaved.current);
    unsaved.current = null;
  }, [thread]);

  const write = useCallback(
    (words) => {
      setText(words);
      own.current.touched();
      typed.set(thread, { text: words, at: performance.now(), partly: partly.current });
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
    own.current.said("");
    typed.delete(thread);
    setText("");
  }, [thread]);

  useLayoutEffect(() => {
    if (!opened || !partly.current) return;
    partly.current = false;
    if (text) write([draft, text].filter(Boolean).join("\n"));
    else if (draft) setText(draft);
  }, [opened]);

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

/** What this tab itself told the server of a draft, until the server says it back, and when a key was last touched. */
class Own {
  times = 0;
  #told = [];
  #at = -REST;

  touched() {
    this.#at = performance.now();
  }
  said(text) {
    this.touched();
    this.times += 1;
    this.#told.push(text);
  }
  restsIn() {
    return this.#at + REST - performance.now();
  }
  /** They come back in their order, and some not at all. */
  isEchoOf(draft) {
    const place = this.#told.indexOf(draft);
    this.#told = this.#told.slice(Math.max(place, 0));
    return place >= 0;
  }
  forget() {
    this.#told = [];
  }
}

/** Takes over what the same person writes in another tab, once the keys of this one rest; what this one says later is newer. */
function useElsewhere(draft, unsaved, own, take) {
  const known = useRef(draft);
  useEffect(() => {
    if (draft === known.current) return;
    known.current = draft;
    if (own.isEchoOf(draft)) return;
    const times = own.times;
    let timer = 0;
    const look = () => {
      if (own.restsIn() > 0) timer = setTimeout(look, own.restsIn());
      else if (unsaved.current === null && own.times === times) take(draft), own.forget();
    };
    look();
    return () => clearTimeout(timer);
  }, [draft]);
}
