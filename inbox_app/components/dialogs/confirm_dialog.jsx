// A question before something that cannot be undone; the safe answer has the focus.
import { useEffect, useId, useRef } from "react";
import "@/styles/confirm.css";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

/** `focusAfter` selects what has the focus once confirmed: the button that asked may be gone. */
export function ConfirmDialog({ open, title, confirmLabel, cancelLabel, tone = "danger", busy, focusAfter, onConfirm, onCancel, children }) {
  const dialog = useRef(null);
  const cancel = useRef(null);
  const confirmed = useRef(false);
  const cancelled = useRef(false);
  const id = useId();
  const { t } = useTexts();
  useEffect(() => {
    if (!open && confirmed.current && focusAfter) document.querySelector(focusAfter)?.focus();
    confirmed.current = cancelled.current = false;
    if (open) cancel.current.focus();
  }, [open]);
  const onClose = () => {
    if (!open || cancelled.current) return;
    confirmed.current = false;
    cancelled.current = true;
    onCancel?.();
  };
  // The event of its closing may come after the key that asks again.
  const onNo = () => {
    onClose();
    dialog.current.close();
  };
  return (
    <Dialog open={open} closesBeside={false} innerRef={dialog} className="dialog confirm-dialog" role="alertdialog" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <div className="explanation">{children}</div>
      <footer>
        <button type="button" className="button quiet-button" ref={cancel} onClick={onNo}>{cancelLabel || t("Cancel")}</button>
        <button type="button" className={`button ${tone}`} disabled={busy} onClick={() => ((confirmed.current = true), onConfirm?.())}>{confirmLabel}</button>
      </footer>
    </Dialog>
  );
}
