// Asks before an answer leaves while a colleague writes one, or has answered since this one was begun. It holds back nothing that
// waits for a connection, and nothing for good: whoever insists is not asked of the same person again while they write.
import { useEffect, useRef, useState } from "react";
import { OPEN_TEMPLATE_MENU } from "@/external/inbox_app/components/templates/template_menu/template_menu.jsx";
import { ask as send, box } from "@/external/inbox_app/components/inbox/together/together/asking.js";

const isBusy = (person) => person.doing !== "looking";

/** The newest that somebody else sent by hand; `author` is the name of who sits here. */
const answerOf = (rows, author) =>
  rows.findLast((row) => row.direction === "out" && row.author !== author && (row.author || row.origin === "app") && row.status !== "failed");

const numberOf = (row) => Number(row?.id ?? 0);

/** `{question: null | {answer, people, isOverBox}, goOn(), keepWriting()}`; `isOverBox`: it leaves from a dialog. */
export function useQuestion({ there, rows, opened, author, connection }) {
  const [question, ask] = useState(null);
  const answer = opened ? answerOf(rows, author) : undefined;
  const known = useRef(null);
  if (opened) known.current ??= numberOf(answer);
  const passed = useRef(new Set());
  const before = useRef(box()?.value ?? "");
  const waiting = useRef(null);
  const latest = useRef({});
  latest.current = { there, answer, connection };

  useEffect(() => {
    passed.current = new Set(there.filter((each) => isBusy(each) && passed.current.has(each.id)).map((each) => each.id));
  }, [there]);
  const know = (row) => (known.current = Math.max(known.current ?? 0, numberOf(row)));
  useEffect(() => {
    const onInput = ({ target }) => {
      if (target !== box()) return;
      if (!before.current) know(latest.current.answer);
      before.current = target.value;
    };
    const onBegun = () => know(latest.current.answer);
    const onAnswer = (event) => {
      const { there, answer, connection } = latest.current;
      const people = there.filter((each) => isBusy(each) && !passed.current.has(each.id));
      const answered = numberOf(answer) > (known.current ?? Infinity) ? answer : undefined;
      if (connection || (!answered && people.length === 0)) {
        before.current = "";
        return;
      }
      event.preventDefault();
      waiting.current = event.detail;
      ask({ answer: answered, people, isOverBox: document.querySelector("dialog[open]:not([role=alertdialog])") !== null });
    };
    document.addEventListener("input", onInput);
    document.addEventListener("answer", onAnswer);
    document.addEventListener(OPEN_TEMPLATE_MENU, onBegun);
    return () => {
      document.removeEventListener(OPEN_TEMPLATE_MENU, onBegun);
      document.removeEventListener("input", onInput);
      document.removeEventListener("answer", onAnswer);
    };
  }, []);

  const goOn = () => {
    know(question.answer);
    question.people.forEach((each) => passed.current.add(each.id));
    ask(null);
    // What has changed while the question stood is asked now; who else listens learns that the box empties.
    send(waiting.current);
  };
  const keepWriting = () => {
    know(question.answer);
    ask(null);
    if (!question.isOverBox) requestAnimationFrame(() => box()?.focus());
  };
  return { question, goOn, keepWriting };
}
