// The drawer in which a saved reply is written, a text for each language; nothing waits for the server but saving (M8).
import { useEffect, useRef, useState } from "react";
import "@/styles/select.css";
import { useAcknowledgedSend } from "@/external/inbox_app/components/forms/acknowledged_send/acknowledged_send.js";
import { DrawerForm, Field } from "@/external/inbox_app/components/forms/drawer_form/drawer_form.jsx";
import { isBlank } from "@/external/inbox_app/components/forms/typed/typed.js";
import { LanguageName, LanguageOptions } from "@/external/inbox_app/components/i18n/languages/languages.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { FIELDS, fieldName } from "@/external/inbox_app/components/saved_replies/reply_editor/field_names.js";

const asMap = (texts) => Object.fromEntries(texts.map(({ language, text }) => [language, text]));

/** Open while `reply` is an id, or "new"; what was typed stays until it is saved or put away. */
export function ReplyEditor({ reply, name, texts, language, languages, problem, savedRef, refusedRef, onSave, onClose }) {
  const dialog = useRef(null);
  const box = useRef(null);
  const { t } = useTexts();
  const [draft, setDraft] = useState({ name: "", texts: {} });
  const [shown, show] = useState(language);
  const open = reply !== "";
  const { waiting, submit, forget } = useAcknowledgedSend({
    place: `reply/${reply}`, acceptedRef: savedRef, refusedRef, onSend: (kept, ref) => onSave(reply, kept.name, kept.texts, ref),
    onAccepted: () => dialog.current.close(),
  });

  useEffect(() => {
    if (!open) return;
    const written = asMap(texts);
    forget();
    setDraft({ name, texts: written });
    show(language in written || texts.length === 0 ? language : texts[0].language);
    dialog.current.querySelector("input")?.focus();
  }, [reply]);

  const written = Object.keys(draft.texts);
  const tabs = [...new Set([...written, shown])].sort();
  const ready = !isBlank(draft.name) && written.some((code) => !isBlank(draft.texts[code]));
  const write = (text) => setDraft((now) => ({ ...now, texts: { ...now.texts, [shown]: text } }));
  const insert = (key) => {
    const { selectionStart, selectionEnd, value } = box.current;
    const field = `{${key}}`;
    write(value.slice(0, selectionStart) + field + value.slice(selectionEnd));
    requestAnimationFrame(() => {
      box.current.focus();
      box.current.setSelectionRange(selectionStart + field.length, selectionStart + field.length);
    });
  };
  return (
    <DrawerForm
      open={open} innerRef={dialog} title={reply === "new" ? t("New saved reply") : t("Edit saved reply")} problem={problem}
      waiting={waiting} ready={ready} onSave={() => submit(draft)} onClose={onClose}
    >
      <Field label={t("Name")} hint={t("Type / and the name in a conversation to find it.")}>
        <input value={draft.name} maxLength={80} dir="auto" autoComplete="off" onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
      </Field>
      <div className="reply-languages">
        {tabs.map((code) => (
          <button key={code} type="button" className="chip" aria-pressed={code === shown} onClick={() => show(code)}>
            <LanguageName code={code} />
          </button>
        ))}
        <span className="select">
          <select value="" aria-label={t("Add a language")} onChange={(event) => event.target.value && show(event.target.value)}>
            <option value="">{t("Add a language")}</option>
            <LanguageOptions codes={languages.filter((code) => !tabs.includes(code))} />
          </select>
          <Icon name="chevron-down" />
        </span>
      </div>
      <Field label={t("Text")}>
        <textarea ref={box} rows={9} maxLength={4000} dir="auto" lang={shown} value={draft.texts[shown] ?? ""} onChange={(event) => write(event.target.value)} />
      </Field>
      <fieldset className="reply-fields">
        <legend>{t("Fields: filled in from the guest's reservation and accommodation")}</legend>
        {FIELDS.map((key) => <button key={key} type="button" className="chip" onClick={() => insert(key)}>{fieldName(key, t)}</button>)}
      </fieldset>
    </DrawerForm>
  );
}
