// Menus behind a button: Radix brings the keys, the focus and the place on the screen, once one of them is wanted.
import { createContext, useContext, useEffect, useRef, useState } from "react";
import { useHistoryStep } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { NavigationLink } from "@/external/inbox_app/components/navigation/links/links.jsx";

const Parts = createContext(null);
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

let loaded = null;
const load = () => import("@/external/inbox_app/components/dialogs/menu/menu_parts.js").then((parts) => (loaded = parts));
/** Offline the button does nothing, as the rest of the page says. */
const failed = () => {};
const prepare = () => void load().catch(failed);

/** `triggerText` is text in the button, `icon` a picture; without text the label is only heard. */
export function Menu({ label, icon, triggerText, triggerClass, labelled, className = "icon-button", ...rest }) {
  const [parts, setParts] = useState(loaded);
  const openedBy = useRef(null);
  const button = { className, title: label, children: <Face {...{ label, icon, triggerText, triggerClass, labelled }} /> };
  if (parts) {
    return (
      <Parts.Provider value={parts}>
        <LoadedMenu button={button} openedBy={openedBy.current} {...rest} />
      </Parts.Provider>
    );
  }
  const onClick = (event) => {
    openedBy.current = event.detail === 0 ? "keys" : "pointer";
    load().then(setParts, failed);
  };
  return <button type="button" aria-haspopup="menu" aria-expanded={false} onPointerEnter={prepare} onClick={onClick} {...button} />;
}

const Face = ({ label, icon, triggerText, triggerClass, labelled }) => (
  <>
    {icon && <Icon name={icon} />}
    {triggerText && <span className={triggerClass}>{triggerText}</span>} <span className={labelled ? "nav-label" : "visually-hidden"}>{label}</span>
  </>
);

/** `openedBy` is what pressed the button before the menu was there, if so. */
function LoadedMenu({ button, openedBy, place = "below", sheet, children }) {
  const { Content, Portal, Root, Trigger } = useContext(Parts);
  const [open, setOpen] = useState(false);
  const trigger = useRef(null);
  const next = useRef(null);
  // With a mouse Back is far away, and a step of history would cost the steps forward.
  useHistoryStep(open && isTouch(), () => setOpen(false));
  useEffect(() => {
    if (openedBy === "pointer") setOpen(true);
    if (openedBy !== "keys") return;
    // Only a key that Radix sees puts the focus on the first item.
    trigger.current.focus();
    trigger.current.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }));
  }, [openedBy]);

  const onClosed = (event) => {
    if (!next.current) return;
    event.preventDefault();
    // What opens now gives the focus back to where it found it.
    trigger.current.focus();
    next.current();
    next.current = null;
  };
  return (
    <Root modal={false} open={open} onOpenChange={setOpen}>
      <Trigger ref={trigger} {...button} />
      <Portal container={open ? trigger.current.closest("main, nav") : undefined}>
        <Content className={sheet ? "menu menu-sheet" : "menu"} {...(open && sideOf(place))} sideOffset={6} collisionPadding={8} onCloseAutoFocus={onClosed}>
          <Afterwards.Provider value={next}>{children}</Afterwards.Provider>
        </Content>
      </Portal>
    </Root>
  );
}

/** What of Radix the open menu around is made of. */
export const useMenuParts = () => useContext(Parts);

/** Heard by its label, seen by the line above it. */
export function MenuGroup({ label, className = "", children }) {
  const { Group } = useContext(Parts);
  return <Group className={`menu-group ${className}`} aria-label={label}>{children}</Group>;
}

export function MenuItem({ icon, className = "", onSelect, children }) {
  const { Item } = useContext(Parts);
  return (
    <Item className={`menu-item ${className}`} onSelect={onSelect && (() => onSelect())}>
      <Icon name={icon} /> {children}
    </Item>
  );
}

/** Leads to another page. */
export function LinkItem({ icon, to, children }) {
  const { Item } = useContext(Parts);
  return (
    <Item asChild>
      <NavigationLink to={to} className="menu-item"><Icon name={icon} /> {children}</NavigationLink>
    </Item>
  );
}

/** Saves a file. */
export const DownloadItem = ({ icon, to, children }) => (
  <MenuItem icon={icon} onSelect={() => window.location.assign(to)}>{children}</MenuItem>
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
export function SubmitItem({ icon, children }) {
  const { Item } = useContext(Parts);
  return (
    <Item asChild onSelect={stay}>
      <button type="submit" className="menu-item">
        <Icon name={icon} /> {children}
      </button>
    </Item>
  );
}

/** Choices of which one holds. */
export function MenuChoices({ label, value, className, children }) {
  const { RadioGroup } = useContext(Parts);
  return <RadioGroup className={className} aria-label={label} value={value}>{children}</RadioGroup>;
}

/** With a `name` it posts the form around it. */
export function MenuChoice({ name, value, className = "menu-item", onSelect, children }) {
  const { RadioItem } = useContext(Parts);
  if (!name) return <RadioItem className={className} value={value} onSelect={() => onSelect?.()}>{children}</RadioItem>;
  return (
    <RadioItem asChild value={value} onSelect={stay}>
      <button type="submit" className={className} name={name} value={value}>{children}</button>
    </RadioItem>
  );
}
