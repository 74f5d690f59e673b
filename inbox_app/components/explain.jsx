// A button that opens a few words of explanation.
import { useId, useRef } from "react";
import { Icon } from "@/external/inbox_app/components/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/text/text.jsx";

export function Explain({ label, title, children, className = "button" }) {
  const dialog = useRef(null);
  const id = useId();
  const { t } = useTexts();
  const close = () => dialog.current.close();
  return (
    <>
      <button type="button" className={className} aria-haspopup="dialog" onClick={() => dialog.current.showModal()}>
        {label}
      </button>
      <dialog className="dialog" ref={dialog} aria-labelledby={id} onClick={(event) => event.target === dialog.current && close()}>
        <header>
          <h2 id={id}>{title}</h2>
          <button type="button" className="icon-button" aria-label={t("Close")} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <div className="explanation">{children}</div>
      </dialog>
    </>
  );
}
