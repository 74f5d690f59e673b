// The drawer in which a template is chosen and sent. The list comes from the server; choosing does not wait for it (T3, B16).
import { useEffect, useId, useRef, useState } from "react";
import "@/styles/drawer_form.css";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { useAcknowledgedSend } from "@/external/inbox_app/components/forms/acknowledged_send/acknowledged_send.js";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { NavigationButton } from "@/external/inbox_app/components/navigation/links/links.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { ask } from "@/external/inbox_app/components/inbox/together/together/asking.js";
import { isComposing } from "@/external/inbox_app/components/forms/typed/typed.js";

const AHEAD = 400;
const isTouch = () => matchMedia("(pointer: coarse)").matches;
const checked = (form) => form?.querySelector("input[name=template]:checked");

/** Opens each time that `asked` grows. */
export default function TemplateDrawer({ asked, place, thread, title, createAt, listed, noTemplates, acceptedRef, refusedRef, onOpen, onClose, onMore, onSend, children }) {
  const dialog = useRef(null);
  const form = useRef(null);
  const id = useId();
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const [chosen, choose] = useState("");
  const { waiting, submit: send, forget } = useAcknowledgedSend({
    place, acceptedRef, refusedRef,
    onSend: (template, ref) => onSend(thread, template, ref), onAccepted: () => dialog.current.close(),
  });

  useEffect(() => {
    if (asked === 0 || dialog.current.open) return;
    forget();
    choose("");
    setOpen(true);
    onOpen?.(thread);
  }, [asked]);
  useEffect(() => {
    if (!open) return undefined;
    const menu = dialog.current;
    const focus = () => {
      const first = menu.querySelector(isTouch() ? "h2" : "[type=search]");
      first?.focus();
      return first;
    };
    if (focus()) return undefined;
    // What is drawn in it may still be on its way.
    const coming = new MutationObserver(() => focus() && coming.disconnect());
    coming.observe(menu, { childList: true, subtree: true });
    return () => coming.disconnect();
  }, [open]);
  // What was chosen may have left the list.
  useEffect(() => choose(checked(form.current)?.value ?? ""), [listed]);

  const shut = () => {
    setOpen(false);
    onClose?.();
  };
  const submit = (event) => {
    event?.preventDefault();
    const template = checked(form.current)?.value;
    if (template && !waiting) ask(() => send(template));
  };
  const onKeyDown = (event) => {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
    else if (event.key === "Enter" && event.target.matches("input")) (event.preventDefault(), choose(take(form.current, event.target)));
    else if (event.key === "ArrowDown" && event.target.matches("[type=search]")) (event.preventDefault(), choose(take(form.current, event.target)));
  };
  const onScroll = ({ currentTarget: box }) => box.scrollHeight - box.scrollTop - box.clientHeight < AHEAD && onMore?.();
  return (
    <Dialog open={open} innerRef={dialog} className="drawer" aria-labelledby={id} onClose={shut}>
      <form className="drawer-form" ref={form} onSubmit={submit} onKeyDown={onKeyDown} onChange={() => choose(checked(form.current)?.value ?? "")}>
        <header>
          <h2 id={id} className="truncate" tabIndex={-1}>{title}</h2>
          <button type="button" className="icon-button" aria-label={t("Close")} onClick={() => dialog.current.close()}>
            <Icon name="close" />
          </button>
        </header>
        <div className="drawer-body" onScroll={onScroll}>{open && children}</div>
        <footer>
          <NavigationButton to={createAt} className={noTemplates ? "button" : "button quiet-button"}>{t("Create template")}</NavigationButton>
          <button type="submit" className="button" disabled={!chosen || waiting} aria-describedby={`${id}-hint`}>
            {waiting ? t("Sending…") : t("Send")}
          </button>
          <span id={`${id}-hint`} className="visually-hidden">{chosen ? "" : t("Choose a template first")}</span>
        </footer>
      </form>
    </Dialog>
  );
}

/** Chooses the card one is on, or the first one; answers its value. */
function take(form, on) {
  const card = on.matches("[type=radio]") ? on : form.querySelector("input[name=template]");
  if (!card) return "";
  card.checked = true;
  card.focus();
  return card.value;
}
