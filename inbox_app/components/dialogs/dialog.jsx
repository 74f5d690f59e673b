// What lies over the page: a modal dialog, as a drawer or a sheet too. Back puts it away (N3).
import { useEffect, useRef } from "react";
import { historySteps } from "@/external/inbox_app/components/dialogs/dialog/history_steps.js";

const steps = typeof window === "undefined" ? null : historySteps(window);

/** While `open`, Back calls `close` rather than leave the page. */
export function useHistoryStep(open, close) {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => (open ? steps.add(() => (latest.current(), true)) : undefined), [open]);
}

/** Stands there while `open`, the focus on its `data-first` if it has one; Esc, Back, a click beside it, and its own parts by `close()`, put it away. */
export function Dialog({ open, onClose, closesBeside = true, innerRef, children, ...rest }) {
  const own = useRef(null);
  const step = useRef(null);
  const dialog = innerRef ?? own;
  const leave = () => step.current?.();

  useEffect(() => {
    const { current: element } = dialog;
    if (!open) element.close();
    else if (!element.open) {
      element.showModal();
      element.querySelector("[data-first]")?.focus();
      step.current = steps.add(() => {
        const stood = element.open;
        element.close();
        return stood;
      });
    }
  }, [open]);
  useEffect(() => leave, []);

  const onClosed = (event) => {
    if (event.target !== dialog.current) return;
    leave();
    onClose?.();
  };
  const onClick = (event) => closesBeside && event.target === dialog.current && dialog.current.close();
  return (
    <dialog ref={dialog} onClose={onClosed} onClick={onClick} {...rest}>
      {children}
    </dialog>
  );
}
