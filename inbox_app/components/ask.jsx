// A question before something that is not easily undone.
import { useId, useRef } from "react";
import { useTexts } from "@/external/inbox_app/components/text/text.jsx";

export function Ask({ label, title, confirm, onConfirm, children, className = "button" }) {
  const dialog = useRef(null);
  const id = useId();
  const { t } = useTexts();
  const close = () => dialog.current.close();
  const act = () => (close(), onConfirm());
  return (
    <>
      <button type="button" className={className} aria-haspopup="dialog" onClick={() => dialog.current.showModal()}>
        {label}
      </button>
      <dialog className="dialog" ref={dialog} aria-labelledby={id} onClick={(event) => event.target === dialog.current && close()}>
        <header>
          <h2 id={id}>{title}</h2>
        </header>
        <div className="explanation">{children}</div>
        <div className="dialog-actions">
          <button type="button" className="button quiet-button" onClick={close} autoFocus>{t("Cancel")}</button>
          <button type="button" className="button danger" onClick={act}>{confirm}</button>
        </div>
      </dialog>
    </>
  );
}
