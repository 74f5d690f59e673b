// One of many, as a home, a stay or a supplier, searched for and chosen.
import { useEffect, useId, useRef, useState } from "react";
import "@/styles/choice.css";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

const PAUSE = 250;
const nameOf = (choice) => choice.name;

/** `choices` are for what was looked for: `choicesFor` is «home blu». `name` and `about` say which one is, and what else of it. */
export function Choice({ what, label, hint, name = nameOf, about, chosen, onChoose, choices, choicesFor, onFind }) {
  const { t } = useTexts();
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
          <span><b dir="auto">{name(chosen)}</b> {about?.(chosen)}</span>
          <button type="button" className="icon-button" aria-label={t("Remove it")} onClick={() => onChoose(null)}><Icon name="close" /></button>
        </p>
      </div>
    );
  }
  const found = choicesFor.split(" ", 1)[0] === what ? choices : null;
  return (
    <div className="field place-picker" onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setOpen(false)}>
      <label htmlFor={id}><span>{label}</span></label>
      <input
        type="search" id={id} value={words} maxLength={100} autoComplete="off" placeholder={hint}
        onFocus={() => setOpen(true)} onChange={(event) => (setWords(event.target.value), setOpen(true))}
      />
      {open && (
        <div className="search-results">
          {found?.map((choice) => (
            <button key={choice.id} type="button" className="search-result" data-choice="" onClick={() => take(choice)}>
              <span className="search-result-text">
                <b className="truncate" dir="auto">{name(choice)}</b>
                {about?.(choice) && <small className="truncate">{about(choice)}</small>}
              </span>
            </button>
          ))}
          {found?.length === 0 && <p className="quiet" role="status">{t("Nothing found.")}</p>}
        </div>
      )}
    </div>
  );
}
