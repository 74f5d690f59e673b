// A dialog that asks for something: opened by its button, by a DOM event or by a key; a sheet on phones.
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { isComposing } from "@/external/inbox_app/components/forms/typed/typed.js";

const FIRST = "[data-first], input:checked, input:not([type=hidden]):not([type=radio])";

function move(event, dialog) {
  const choices = [...dialog.querySelectorAll("[data-choice]")];
  const at = choices.indexOf(document.activeElement);
  const box = dialog.querySelector("input[type=search]");
  if (!box || isComposing(event.nativeEvent) || event.target.tagName === "SELECT" || (event.key === "Enter" && event.target !== box)) return;
  event.preventDefault();
  if (event.key === "ArrowUp" && at <= 0) box.focus();
  else choices[Math.min(choices.length - 1, event.key === "ArrowUp" ? at - 1 : at + 1)]?.focus();
}

/** When the button goes, or the dialog with it, the focus they had goes to what `fallbackFocus` selects. */
function useFallbackFocus(button, dialog, fallbackFocus) {
  useLayoutEffect(() => () => {
    const focused = document.activeElement;
    if (!fallbackFocus || !(focused === button.current || dialog.current?.contains(focused))) return;
    requestAnimationFrame(() => document.querySelector(fallbackFocus)?.focus());
  }, [button, dialog, fallbackFocus]);
}

export function FormDialog({ label, title, icon, hint, opensOn, done, fallbackFocus, onOpen, children, className = "button" }) {
  const dialog = useRef(null);
  const button = useRef(null);
  const [asked, setAsked] = useState(false);
  const id = useId();
  const { t } = useTexts();
  const close = () => dialog.current?.close();
  const ask = () => {
    if (!asked) onOpen?.();
    setAsked(true);
  };

  useEffect(() => {
    if (!asked) return undefined;
    const { current: shown } = dialog;
    const focus = () => {
      const first = shown.querySelector(FIRST);
      first?.focus();
      return first;
    };
    if (focus()) return undefined;
    // What is drawn in it may still be on its way.
    const coming = new MutationObserver(() => focus() && coming.disconnect());
    coming.observe(shown, { childList: true, subtree: true });
    return () => coming.disconnect();
  }, [asked]);
  useEffect(close, [done]);
  useFallbackFocus(button, dialog, fallbackFocus);
  useEffect(() => {
    if (!opensOn) return undefined;
    document.addEventListener(opensOn, ask);
    return () => document.removeEventListener(opensOn, ask);
  });

  const onKeyDown = (event) => ["ArrowDown", "ArrowUp", "Enter"].includes(event.key) && move(event, dialog.current);
  const name = icon ? { "aria-label": label, title: hint ? `${label} (${hint})` : label } : {};
  return (
    <>
      {label && (
        <button type="button" ref={button} className={className} aria-haspopup="dialog" onClick={ask} {...name}>
          {icon ? <Icon name={icon} /> : label}
        </button>
      )}
      {asked && (
        <Dialog open innerRef={dialog} className="dialog sheet" aria-labelledby={id} onClose={() => setAsked(false)} onKeyDown={onKeyDown}>
          <header>
            <h2 id={id}>{title}</h2>
            <button type="button" className="icon-button" aria-label={t("Close")} onClick={close}>
              <Icon name="close" />
            </button>
          </header>
          {children}
        </Dialog>
      )}
    </>
  );
}

/** Puts the dialog around it away. */
export const CloseButton = ({ children, ...rest }) => (
  <button type="button" {...rest} onClick={(event) => event.target.closest("dialog").close()}>{children}</button>
);
