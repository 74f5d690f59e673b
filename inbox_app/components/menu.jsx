// A button that opens a small menu; arrows move, Esc and a click elsewhere close.
import { useEffect, useId, useRef, useState } from "react";
import { Icon } from "@/external/inbox_app/components/icons/icons.jsx";

const ITEMS = "a, button:not(:disabled)";

function move(menu, key) {
  const items = [...menu.querySelectorAll(ITEMS)];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[key];
  items[(next + items.length) % items.length]?.focus();
}

export function Menu({ label, icon, face, place = "below", children }) {
  const [open, setOpen] = useState(false);
  const whole = useRef(null);
  const menu = useRef(null);
  const id = useId();

  useEffect(() => {
    if (!open) return undefined;
    menu.current.querySelector(ITEMS)?.focus();
    const outside = (event) => whole.current.contains(event.target) || setOpen(false);
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);

  const close = () => {
    setOpen(false);
    whole.current.querySelector("button").focus();
  };
  const onKeyDown = (event) => {
    if (!open) return;
    if (event.key === "Escape") close();
    else if (["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) move(menu.current, event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={`menu-place ${place}`} ref={whole} onKeyDown={onKeyDown}>
      <button type="button" className="icon-button" aria-label={label} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {face ? <span className="me">{face}</span> : <Icon name={icon} />}
      </button>
      {open && (
        <div className="menu" id={id} ref={menu} onClick={(event) => event.target.closest("[data-closes]") && close()}>
          {children}
        </div>
      )}
    </div>
  );
}

/** Puts `text` on the clipboard. */
export const CopyItem = ({ text, icon = "copy", children }) => (
  <button type="button" className="menu-item" data-closes="" onClick={() => navigator.clipboard?.writeText(text)}>
    <Icon name={icon} /> {children}
  </button>
);

/** Tells the page's own parts something (a DOM event by that name). */
export const TellItem = ({ event, icon, className = "", children }) => (
  <button type="button" className={`menu-item ${className}`} data-closes="" onClick={() => document.dispatchEvent(new Event(event))}>
    <Icon name={icon} /> {children}
  </button>
);
