// A question before something that cannot be undone; the safe answer has the focus.
import { useEffect, useId, useRef } from "react";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

/** `after` selects what has the focus after a yes: the button that asked may be gone. */
export function ConfirmDialog({ open, title, yes, busy, after, onYes, onNo, children }) {
  const dialog = useRef(null);
  const no = useRef(null);
  const agreed = useRef(false);
  const id = useId();
  const { t } = useTexts();
  useEffect(() => {
    if (!open && agreed.current && after) document.querySelector(after)?.focus();
    agreed.current = false;
    if (open) no.current.focus();
  }, [open]);
  const onClose = () => {
    if (!open) return;
    agreed.current = false;
    onNo?.();
  };
  return (
    <Dialog open={open} closesBeside={false} innerRef={dialog} className="dialog confirm-dialog" role="alertdialog" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <div className="explanation">{children}</div>
      <footer>
        <button type="button" className="button quiet-button" ref={no} onClick={() => dialog.current.close()}>{t("Cancel")}</button>
        <button type="button" className="button danger" disabled={busy} onClick={() => ((agreed.current = true), onYes?.())}>{yes}</button>
      </footer>
    </Dialog>
  );
}
