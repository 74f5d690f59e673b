// Whose name may follow an «@»: arrows and Enter take one, Esc leaves what was typed.
import { useEffect, useState } from "react";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const BEGUN = /(?:^|[\s(])@([^@\n]{0,40})$/;

/** What stands after the «@» before the caret; null where none is begun. */
export const begun = (text, caret) => text.slice(0, caret).match(BEGUN)?.[1] ?? null;

/** The text with the whole name, and where the caret goes. */
export function completed(text, caret, name) {
  const head = `${text.slice(0, caret).replace(/@[^@\n]*$/, "")}@${name} `;
  return { text: head + text.slice(caret), caret: head.length };
}

export default function MentionPicker({ typed, people, keys, onPick, onClose }) {
  const { t } = useTexts();
  const [at, setAt] = useState(0);
  const found = people.filter((each) => folded(each.name).split(" ").some((_, word, words) => words.slice(word).join(" ").startsWith(folded(typed))));
  const chosen = found[Math.min(at, found.length - 1)];
  useEffect(() => setAt(0), [typed]);
  useEffect(() => {
    keys.current = (event) => {
      if (!chosen) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) setAt((now) => (now + step + found.length) % found.length);
      else if (event.key === "Escape") onClose();
      else if (event.key === "Enter" || event.key === "Tab") onPick(chosen);
      else return false;
      return true;
    };
    return () => {
      keys.current = null;
    };
  }, [found, chosen]);
  if (!chosen) return null;
  return (
    <div className="mention-picker" role="listbox" aria-label={t("Mention a colleague")}>
      {found.map((each) => (
        <div key={each.id} role="option" aria-selected={each === chosen} onPointerDown={(event) => event.preventDefault()} onClick={() => onPick(each)}>
          <i className="assignee">{each.initials}</i> <span className="truncate" dir="auto">{each.name}</span>
        </div>
      ))}
    </div>
  );
}
