// An endpoint is written: its address, and what it is told. The secret is made here and shown afterwards.
import { useEffect, useId, useRef, useState } from "react";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { eventName, newSecret, refusalWords } from "@/external/inbox_app/components/webhooks/webhooks/webhook_words.js";

/** `row` is the one that is changed, or null for a new one; `onSaved(secret)`, which is "" where nothing is new. */
export function EndpointForm({ row, kinds, problem, done, refused, onSave, onSaved, onClose }) {
  const { t } = useTexts();
  const id = useId();
  const dialog = useRef(null);
  const before = useRef({ done, refused });
  const [sent, setSent] = useState(null);
  const [wrong, setWrong] = useState("");
  const wants = (kind) => !row?.events.length || row.events.includes(kind);

  useEffect(() => {
    if (sent === null) return;
    if (done !== before.current.done) onSaved(sent);
    else if (refused !== before.current.refused) {
      setWrong(refusalWords(problem, t));
      setSent(null);
    }
  }, [done, refused]);

  const save = (event) => {
    event.preventDefault();
    const secret = row ? "" : newSecret();
    before.current = { done, refused };
    setWrong("");
    setSent(secret);
    onSave(row?.id ?? "", { ...Object.fromEntries(new FormData(event.target)), secret });
  };
  return (
    <Dialog open innerRef={dialog} className="dialog sheet" aria-labelledby={id} closesBeside={false} onClose={onClose}>
      <header>
        <h2 id={id}>{row ? t("Edit endpoint") : t("New endpoint")}</h2>
        <button type="button" className="icon-button" aria-label={t("Close")} onClick={() => dialog.current.close()}><Icon name="close" /></button>
      </header>
      <form className="dialog-form" onSubmit={save} autoComplete="off" noValidate>
        <label className="field">
          <span>{t("Address")}</span>
          <input type="url" name="url" defaultValue={row?.url ?? ""} placeholder="https://" maxLength={1000} autoFocus autoCapitalize="off" spellCheck={false} dir="ltr" aria-describedby={`${id}-wrong`} />
        </label>
        <fieldset className="field endpoint-events">
          <legend>{t("What it receives")}</legend>
          {kinds.map((kind) => (
            <label key={kind}><input type="checkbox" name={kind} value="yes" defaultChecked={wants(kind)} /> <span>{eventName(kind, t)}</span></label>
          ))}
        </fieldset>
        <div role="alert" id={`${id}-wrong`}>{wrong && <p className="form-problem"><Icon name="warning" /><span>{wrong}</span></p>}</div>
        <div className="dialog-end">
          <button type="button" className="button quiet-button" onClick={() => dialog.current.close()}>{t("Cancel")}</button>
          <button type="submit" className="button" disabled={sent !== null}>{t("Save")}</button>
        </div>
      </form>
    </Dialog>
  );
}
