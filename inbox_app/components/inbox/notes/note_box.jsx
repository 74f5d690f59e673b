// A note to colleagues instead of an answer: what was typed of either stays while one switches (X1).
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import "@/styles/notes.css";
import { useAcknowledgedSend } from "@/external/inbox_app/components/forms/acknowledged_send/acknowledged_send.js";
import { isBlank, isComposing } from "@/external/inbox_app/components/forms/typed/typed.js";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import MentionPicker, { begun, completed } from "@/external/inbox_app/components/inbox/notes/note_tool/mention_picker.jsx";

const MOST = 4096;
const isTouch = () => matchMedia("(pointer: coarse)").matches;
const shelf = (thread) => `note:${thread}`;

export default function NoteBox({ thread, people, me, written, refused, awaited, onWrite, onSee, children }) {
  const { t } = useTexts();
  const [noting, note] = useState(false);
  const [text, setText] = useState(() => sessionStorage.getItem(shelf(thread)) ?? "");
  const [caret, setCaret] = useState(0);
  const box = useRef(null);
  const keys = useRef(null);
  const goTo = useRef(null);
  useLayoutEffect(() => {
    if (goTo.current !== null) box.current?.setSelectionRange(goTo.current, goTo.current);
    goTo.current = null;
  }, [text]);
  const write = (words, at) => {
    setText(words);
    setCaret(at ?? words.length);
    words ? sessionStorage.setItem(shelf(thread), words) : sessionStorage.removeItem(shelf(thread));
  };
  const { late, submit } = useAcknowledgedSend({
    place: shelf(thread), acceptedRef: written, refusedRef: refused, onSend: (content, ref) => onWrite(thread, content, ref),
    onRefused: (contents) => write([...contents, text].filter(Boolean).join("\n")),
  });
  useNoting(noting, box);
  useSwitch(note);
  useSeen(thread, awaited, onSee);

  const ready = !isBlank(text) && text.length <= MOST;
  const save = () => {
    if (!ready) return;
    submit(text);
    write("");
    box.current.focus();
  };
  const typed = noting ? begun(text, caret) : null;
  const pick = (person) => {
    const next = completed(text, caret, person.name);
    write(next.text, next.caret);
    goTo.current = next.caret;
  };
  const onKeyDown = (event) => {
    if (keys.current?.(event)) return event.preventDefault();
    if (event.key === "Escape") return note(false);
    if (event.key !== "Enter" || event.shiftKey || isComposing(event.nativeEvent) || isTouch()) return;
    event.preventDefault();
    save();
  };
  return (
    <>
      <div className="note-row">
        <div className="note-switch" role="group" aria-label={t("What you write")}>
          <button type="button" aria-pressed={!noting} onClick={() => note(false)}><Icon name="reply" /> {t("Answer")}</button>
          <button type="button" aria-pressed={noting} title="Alt+P" onClick={() => note(true)}><Icon name="lock" /> {t("Internal note")}</button>
        </div>
        {children}
      </div>
      {noting && (
        <form className="note-box" onSubmit={(event) => (event.preventDefault(), save())}>
          <p className="note-head"><Icon name="lock" /> <b>{t("Internal note")}</b> <span>{t("Only colleagues see it, it is never sent.")}</span></p>
          {typed !== null && <MentionPicker typed={typed} people={people.filter((each) => each.id !== me)} keys={keys} onPick={pick} onClose={() => setCaret(0)} />}
          <textarea
            ref={box} rows={2} dir="auto" value={text} maxLength={MOST} aria-label={t("Internal note")} placeholder={t("Write to your colleagues, @ mentions one of them")}
            onChange={(event) => write(event.target.value, event.target.selectionStart)} onSelect={(event) => setCaret(event.target.selectionStart)} onKeyDown={onKeyDown}
          />
          <div className="note-foot">
            <span role="status">{late && t("Not saved yet, trying again…")}</span>
            <button type="submit" className="button" disabled={!ready}>{t("Save the note")}</button>
          </div>
        </form>
      )}
    </>
  );
}

/** The answer's box makes room, and the focus goes to what is written now. */
function useNoting(noting, box) {
  const was = useRef(false);
  useEffect(() => {
    const thread = document.getElementById("messages");
    thread?.toggleAttribute("data-noting", noting);
    if (noting) box.current?.focus({ preventScroll: true });
    else if (was.current) document.querySelector("#message-box, .foot-card .button")?.focus({ preventScroll: true });
    was.current = noting;
    return () => thread?.removeAttribute("data-noting");
  }, [noting]);
}

/** By key, and from the menu of a narrow head. */
function useSwitch(note) {
  useEffect(() => {
    const onKey = (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyP") return;
      event.preventDefault();
      note((now) => !now);
    };
    const open = () => note(true);
    document.addEventListener("keydown", onKey);
    document.addEventListener("write-note", open);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("write-note", open);
    };
  }, []);
}

/** A mention is seen by who looks, not by a tab in the background. */
function useSeen(thread, awaited, onSee) {
  useEffect(() => {
    const look = () => awaited && document.visibilityState === "visible" && onSee(thread);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [thread, awaited]);
}
