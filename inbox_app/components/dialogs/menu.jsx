// Menus behind a button: Radix brings the keys, the focus and the place on the screen.
import { createContext, useContext, useRef, useState } from "react";
import { Content, Item, Portal, RadioGroup, RadioItem, Root, Trigger } from "@radix-ui/react-dropdown-menu";
import { useHistoryStep } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

const Afterwards = createContext(null);
const SIDES = {
  below: { side: "bottom", align: "end" },
  under: { side: "bottom", align: "start" },
  above: { side: "top", align: "start" },
  beside: { side: "right", align: "end" },
  over: { side: "top", align: "end" },
};
const sideOf = (place) => SIDES[place === "beside" && matchMedia("(max-width: 767px)").matches ? "over" : place];
const isTouch = () => matchMedia("(pointer: coarse)").matches;
const stay = (event) => event.preventDefault();

/** `triggerText` is text in the button, `icon` a picture; without text the label is only heard. */
export function Menu({ label, icon, triggerText, triggerClass, place = "below", className = "icon-button", children }) {
  const [open, setOpen] = useState(false);
  const button = useRef(null);
  const next = useRef(null);
  // With a mouse Back is far away, and a step of history would cost the steps forward.
  useHistoryStep(open && isTouch(), () => setOpen(false));

  const onClosed = (event) => {
    if (!next.current) return;
    event.preventDefault();
    // What opens now gives the focus back to where it found it.
    button.current.focus();
    next.current();
    next.current = null;
  };
  return (
    <Root modal={false} open={open} onOpenChange={setOpen}>
      <Trigger className={className} ref={button} title={label}>
        {triggerText && <span className={triggerClass}>{triggerText}</span>} <span className="visually-hidden">{label}</span>
        {icon && <Icon name={icon} />}
      </Trigger>
      <Portal container={open ? button.current.closest("main, nav") : undefined}>
        <Content className="menu" {...(open && sideOf(place))} sideOffset={6} collisionPadding={8} onCloseAutoFocus={onClosed}>
          <Afterwards.Provider value={next}>{children}</Afterwards.Provider>
        </Content>
      </Portal>
    </Root>
  );
}

export const MenuItem = ({ icon, className = "", onSelect, children }) => (
  <Item className={`menu-item ${className}`} onSelect={onSelect && (() => onSelect())}>
    <Icon name={icon} /> {children}
  </Item>
);

/** Puts `text` on the clipboard. */
export const CopyItem = ({ text, icon = "copy", children }) => (
  <MenuItem icon={icon} onSelect={() => navigator.clipboard?.writeText(text)}>{children}</MenuItem>
);

/** Tells the page's own parts something (a DOM event by that name), once the menu is closed. */
export function TellItem({ event, ...rest }) {
  const next = useContext(Afterwards);
  const tell = () => {
    next.current = () => document.dispatchEvent(new Event(event));
  };
  return <MenuItem {...rest} onSelect={tell} />;
}

/** Posts the form around it. */
export const SubmitItem = ({ icon, children }) => (
  <Item asChild onSelect={stay}>
    <button type="submit" className="menu-item">
      <Icon name={icon} /> {children}
    </button>
  </Item>
);

/** Choices of which one holds. */
export const MenuChoices = ({ label, value, className, children }) => (
  <RadioGroup className={className} aria-label={label} value={value}>{children}</RadioGroup>
);

/** With a `name` it posts the form around it. */
export function MenuChoice({ name, value, className = "menu-item", onSelect, children }) {
  if (!name) return <RadioItem className={className} value={value} onSelect={() => onSelect?.()}>{children}</RadioItem>;
  return (
    <RadioItem asChild value={value} onSelect={stay}>
      <button type="submit" className={className} name={name} value={value}>{children}</button>
    </RadioItem>
  );
}
