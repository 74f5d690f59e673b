// One of many, as a home or a supplier, searched for and chosen.
import { useEffect, useId, useRef, useState } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

const PAUSE = 250;

/** `choices` are for what was looked for: `choicesFor` is «home blu». */
export function Choice({ what, label, hint, chosen, onChoose, choices, choicesFor, onFind, t }) {
  const id = useId();
  const find = useRef(onFind);
  find.current = onFind;
  const [words, setWords] = useState("");
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!open) return undefined;
    const timer = setTimeout(() => find.current(what, words), words ? PAUSE : 0);
    return () => clearTimeout(timer);
  }, [open, words]);

  const take = (choice) => {
    onChoose(choice);
    setOpen(false);
    setWords("");
  };
  if (chosen) {
    return (
      <div className="field">
        <span>{label}</span>
        <p className="place-chosen">
          <b dir="auto">{chosen.name}</b>
          <button type="button" className="icon-button" aria-label={t("Remove it")} onClick={() => onChoose(null)}><Icon name="close" /></button>
        </p>
      </div>
    );
  }
  const found = choicesFor.startsWith(`${what} `) ? choices : null;
  return (
    <div className="field place-picker" onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setOpen(false)}>
      <label htmlFor={id}>{label}</label>
      <input
        type="search" id={id} value={words} maxLength={100} autoComplete="off" placeholder={hint}
        onFocus={() => setOpen(true)} onChange={(event) => (setWords(event.target.value), setOpen(true))}
      />
      {open && (
        <div className="search-results">
          {found?.map((choice) => (
            <button key={choice.id} type="button" className="search-result" data-choice="" onClick={() => take(choice)}>
              <b className="truncate" dir="auto">{choice.name}</b>
            </button>
          ))}
          {found?.length === 0 && <p className="quiet" role="status">{t("Nothing found.")}</p>}
        </div>
      )}
    </div>
  );
}
