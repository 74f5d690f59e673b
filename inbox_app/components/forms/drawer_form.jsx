// What is written in a drawer: its frame and its fields, alike whatever is written.
import { useEffect, useId } from "react";
import "@/styles/drawer_form.css";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

/**
 * Drawn anew, with the focus on the first field, each time that `opened` changes. `onSave(element)` is called with the form while it is
 * `ready` and not `waiting` for an answer; `problem` is why the last was refused. `beside` stands before that.
 */
export function DrawerForm({ open, opened, innerRef, title, problem, problemId, waiting, ready = true, beside, onSave, onClose, children, ...form }) {
  const id = useId();
  const { t } = useTexts();
  useEffect(() => {
    if (opened) innerRef.current.querySelector("input")?.focus();
  }, [opened]);
  const submit = (event) => {
    event.preventDefault();
    if (ready && !waiting) onSave(event.target);
  };
  return (
    <Dialog open={open} innerRef={innerRef} className="drawer" aria-labelledby={id} closesBeside={false} onClose={onClose}>
      <form className="drawer-form" onSubmit={submit} autoComplete="off" {...form}>
        <header>
          <h2 id={id} className="truncate">{title}</h2>
          <button type="button" className="icon-button" aria-label={t("Close")} onClick={() => innerRef.current.close()}>
            <Icon name="close" />
          </button>
        </header>
        <div key={opened} className="drawer-body drawer-fields">{children}</div>
        <footer className="drawer-end">
          {beside}
          <div role="alert" id={problemId}>{problem && !waiting && <p className="form-problem"><Icon name="warning" /><span>{problem}</span></p>}</div>
          <button type="submit" className="button" disabled={!ready || waiting}>{waiting ? t("Saving…") : t("Save")}</button>
        </footer>
      </form>
    </Dialog>
  );
}

export function Field({ label, hint, children }) {
  return (
    <label className="field">
      <span>{label}</span>
      {children}
      {hint && <small>{hint}</small>}
    </label>
  );
}
