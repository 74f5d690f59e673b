// Who an unknown sender is: one of the account's people, somebody new, not who it was said; and what was just said (A1, A2).
import { useEffect, useState } from "react";
import "@/styles/sender.css";
import { CloseButton, FormDialog } from "@/external/inbox_app/components/dialogs/form_dialog/form_dialog.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { now } from "@/external/inbox_app/components/i18n/times/times.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import ExistingActor from "@/external/inbox_app/components/inbox/sender/sender_dialogs/existing_actor.jsx";
import NewActor from "@/external/inbox_app/components/inbox/sender/sender_dialogs/new_actor.jsx";

const STANDS = 12_000;

/** `wanted` is the event that was raised before anything here could hear it. */
export default function SenderParts({ wanted, done, notices, name, onUnlink, onUndo, ...rest }) {
  const { t } = useTexts();
  useEffect(() => void document.dispatchEvent(new Event(wanted)), []);
  return (
    <>
      <FormDialog title={t("Add existing")} opensOn="add-existing-actor" done={done}><ExistingActor {...rest} /></FormDialog>
      <FormDialog title={t("Add new")} opensOn="add-new-actor" done={done}><NewActor {...rest} /></FormDialog>
      <FormDialog title={t("Unlink {name}?", { name })} opensOn="unlink-actor" done={done}>
        <div className="dialog-form">
          <p className="explanation">{t("The messages stay, under the number again. What linking put on file is taken out, and the two are not linked by themselves again.")}</p>
          <div className="dialog-end">
            <CloseButton className="button quiet-button">{t("Cancel")}</CloseButton>
            <button type="button" className="button" onClick={() => onUnlink(rest.thread)}>{t("Unlink")}</button>
          </div>
        </div>
      </FormDialog>
      <LinkNotice thread={rest.thread} latest={notices[0]} onUndo={onUndo} t={t} />
    </>
  );
}

/** Stands for a while, and as long as somebody is at it. */
function LinkNotice({ thread, latest, onUndo, t }) {
  const [away, putAway] = useState(0);
  const [held, hold] = useState(false);
  const at = latest?.thread === thread && away !== latest.at ? latest.at : 0;
  useEffect(() => {
    if (!at || held) return undefined;
    const timer = setTimeout(() => putAway(at), Math.max(0, at + STANDS - now()));
    return () => clearTimeout(timer);
  }, [at, held]);
  return (
    <div className="toast-place" role="status">
      {at > 0 && (
        <p className="toast" onPointerEnter={() => hold(true)} onPointerLeave={() => hold(false)} onFocus={() => hold(true)} onBlur={() => hold(false)}>
          <span>{words(latest, t)}</span>
          {latest.link && <button type="button" className="link-button" onClick={() => onUndo(thread, latest.link)}>{t("Undo")}</button>}
          <button type="button" className="icon-button" aria-label={t("Close")} onClick={() => (hold(false), putAway(at))}><Icon name="close" /></button>
        </p>
      )}
    </div>
  );
}

const words = ({ what, name }, t) =>
  ({
    linked: t("Linked to {name}.", { name }),
    unlinked: t("No longer linked to {name}.", { name }),
    undone: t("Undone: all is as before."),
  })[what] ?? t("Someone has changed this meanwhile.");
