// The panel beside the thread: a column on wide screens (closed and opened once for all), a drawer on narrower
// ones, a sheet from the bottom on phones.
import { useEffect, useRef, useState } from "react";
import { Icon } from "@/external/inbox_app/components/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/text/text.jsx";

const TOGGLE = "toggle-side-panel";
const REMEMBERED = "side-panel";
const isColumn = () => matchMedia("(min-width: 1200px)").matches;
const startsOpen = () => isColumn() && localStorage.getItem(REMEMBERED) !== "closed";

export function SidePanel({ label, children }) {
  const [open, setOpen] = useState(true);
  const [over, setOver] = useState(false);
  const panel = useRef(null);
  const { t } = useTexts();

  useEffect(() => {
    setOpen(startsOpen());
    setOver(!isColumn());
    const screen = matchMedia("(min-width: 1200px)");
    const onChange = () => (setOver(!isColumn()), setOpen(startsOpen()));
    screen.addEventListener("change", onChange);
    return () => screen.removeEventListener("change", onChange);
  }, []);

  useEffect(() => {
    const toggle = () =>
      setOpen((was) => {
        if (isColumn()) localStorage.setItem(REMEMBERED, was ? "closed" : "open");
        return !was;
      });
    document.addEventListener(TOGGLE, toggle);
    return () => document.removeEventListener(TOGGLE, toggle);
  }, []);

  useEffect(() => {
    if (!open || !over) return undefined;
    const before = document.activeElement;
    panel.current.focus();
    const escape = (event) => event.key === "Escape" && setOpen(false);
    document.addEventListener("keydown", escape);
    return () => {
      document.removeEventListener("keydown", escape);
      before?.focus?.();
    };
  }, [open, over]);

  const close = () => document.dispatchEvent(new Event(TOGGLE));
  return (
    <div className={open ? "side open" : "side"}>
      <div className="scrim" onClick={close} />
      <section className="side-panel" aria-label={label} ref={panel} tabIndex={-1}>
        <button type="button" className="icon-button side-close" aria-label={t("Close")} onClick={close}>
          <Icon name="close" />
        </button>
        {children}
      </section>
    </div>
  );
}

/** Opens and closes the panel from elsewhere. */
export const SidePanelButton = ({ label }) => (
  <button type="button" className="icon-button side-toggle" aria-label={label} onClick={() => document.dispatchEvent(new Event(TOGGLE))}>
    <Icon name="stay" />
  </button>
);
