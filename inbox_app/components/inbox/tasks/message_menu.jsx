// The menu of a message, at its button.
import { useEffect, useRef } from "react";
import { Content, Item, Portal, Root, Trigger } from "@/external/inbox_app/components/dialogs/menu/menu_parts.js";
import { useHistoryStep } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const isTouch = () => matchMedia("(pointer: coarse)").matches;

export default function MessageMenu({ button, onTask, onClose }) {
  const { t } = useTexts();
  const first = useRef(null);
  const acted = useRef(false);
  useHistoryStep(isTouch(), onClose);
  useEffect(() => first.current?.focus(), []);
  const words = button.closest("[data-message]")?.querySelector(".message-text")?.innerText ?? "";
  const { left, bottom } = button.getBoundingClientRect();
  const point = { position: "fixed", left, top: bottom, width: 0, height: 0 };
  const onClosed = (event) => {
    event.preventDefault();
    if (!acted.current) button.focus({ preventScroll: true });
  };
  const choose = (act) => () => {
    acted.current = true;
    onClose();
    act();
  };
  return (
    <Root open modal={false} onOpenChange={(open) => open || onClose()}>
      <Trigger asChild><span style={point} aria-hidden="true" tabIndex={-1} /></Trigger>
      <Portal container={document.querySelector("main")}>
        <Content className="menu" align="start" side="bottom" sideOffset={2} collisionPadding={8} onCloseAutoFocus={onClosed} aria-label={t("Message actions")}>
          <Item ref={first} className="menu-item" onSelect={choose(() => onTask(button.dataset.messageMenu))}><Icon name="checks" /> {t("Create task")}</Item>
          {words && <Item className="menu-item" onSelect={choose(() => navigator.clipboard?.writeText(words))}><Icon name="copy" /> {t("Copy the text")}</Item>}
        </Content>
      </Portal>
    </Root>
  );
}
