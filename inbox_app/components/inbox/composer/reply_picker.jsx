// Saved replies, chosen with «/» at the start of the box: arrows and Enter take one, Esc leaves what was typed (M8).
import { useEffect, useId, useMemo, useRef, useState } from "react";
import "@/styles/replies.css";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { NavigationLink } from "@/external/inbox_app/components/navigation/links/links.jsx";
import { fieldName, fieldsIn } from "@/external/inbox_app/components/saved_replies/reply_editor/field_names.js";

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those with all the words in name or text; the ones named so first. */
function matching(replies, words) {
  const sought = folded(words).split(/\s+/).filter(Boolean);
  const has = (text) => sought.every((word) => text.includes(word));
  const named = replies.filter((each) => has(folded(each.name)));
  return [...named, ...replies.filter((each) => !named.includes(each) && has(folded(`${each.name} ${each.text}`)))];
}

/** `keys` is filled with what the message box hands on: a function of a key event that says whether it was ours. */
export default function ReplyPicker({ words, replies, ready, keys, onPick, onClose }) {
  const { t } = useTexts();
  const id = useId();
  const list = useRef(null);
  const [at, setAt] = useState(0);
  const found = useMemo(() => matching(replies, words), [replies, words]);
  const chosen = found[Math.min(at, found.length - 1)];

  useEffect(() => setAt(0), [words]);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  useEffect(() => {
    const handle = (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) setAt((now) => (now + step + found.length) % Math.max(found.length, 1));
      else if (event.key === "Escape") onClose();
      else if ((event.key === "Enter" || event.key === "Tab") && chosen) onPick(chosen);
      else return false;
      return true;
    };
    keys.current = handle;
    return () => {
      keys.current = null;
    };
  }, [found, chosen, onPick, onClose, keys]);

  return (
    <div className="reply-picker">
      <header>
        <span>{t("Saved replies")}</span>
        <NavigationLink to="/replies" className="link-button">{t("Write replies")}</NavigationLink>
      </header>
      <div role="listbox" aria-label={t("Saved replies")} ref={list} id={id}>
        {found.map((each) => (
          <div key={each.id} role="option" aria-selected={each === chosen} className="reply-option" onPointerDown={(event) => event.preventDefault()} onClick={() => onPick(each)}>
            <b className="truncate" dir="auto">{each.name}</b>
            <p dir="auto" lang={each.language}>{inWords(each.text, t)}</p>
            <Gaps icon="info" fields={each.missing} words={t("Not known here:")} t={t} />
            <Gaps icon="lock" fields={each.withheld} words={t("Withheld, the stay is not confirmed or is over:")} t={t} />
          </div>
        ))}
      </div>
      {ready && found.length === 0 && <p className="quiet" role="status">{words ? t("No saved reply has these words.") : t("No saved replies yet")}</p>}
    </div>
  );
}

/** Fields that are still open by their names: their keys are for who writes the reply. */
const inWords = (text, t) => fieldsIn(text).reduce((words, key) => words.replaceAll(`{${key}}`, `[${fieldName(key, t)}]`), text);

const Gaps = ({ icon, fields, words, t }) =>
  fields.length > 0 && <small><Icon name={icon} /><span>{words} {fields.map((key) => fieldName(key, t)).join(", ")}</span></small>;
