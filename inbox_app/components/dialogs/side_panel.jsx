// The panel beside the thread: a column on wide screens (closed and opened once for all), a drawer on narrower
// ones, a sheet from the bottom on phones.
import { useEffect, useState } from "react";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const TOGGLE = "toggle-side-panel";
const SHOW = "show-side-panel";
const REMEMBERED = "side-panel";
const WIDE = "(min-width: 1200px)";
const isColumn = () => matchMedia(WIDE).matches;
const startsOpen = () => isColumn() && localStorage.getItem(REMEMBERED) !== "closed";
const tell = (event) => () => document.dispatchEvent(new Event(event));

export function SidePanel({ label, children }) {
  const [open, setOpen] = useState(startsOpen);
  const [column, setColumn] = useState(isColumn);
  const { t } = useTexts();

  useEffect(() => {
    const screen = matchMedia(WIDE);
    const onChange = () => (setColumn(isColumn()), setOpen(startsOpen()));
    screen.addEventListener("change", onChange);
    return () => screen.removeEventListener("change", onChange);
  }, []);

  useEffect(() => {
    const put = (shown) => {
      if (isColumn()) localStorage.setItem(REMEMBERED, shown ? "open" : "closed");
      setOpen(shown);
    };
    const toggle = () => put(!open);
    const show = () => put(true);
    document.addEventListener(TOGGLE, toggle);
    document.addEventListener(SHOW, show);
    return () => {
      document.removeEventListener(TOGGLE, toggle);
      document.removeEventListener(SHOW, show);
    };
  }, [open]);

  const close = (
    <button type="button" className="icon-button side-close" aria-label={t("Close")} onClick={tell(TOGGLE)}>
      <Icon name="close" />
    </button>
  );
  if (column) return open && <section className="side-panel" aria-label={label}>{close}{children}</section>;
  return (
    <Dialog open={open} className="drawer side-panel" aria-label={label} onClose={() => setOpen(false)}>
      {close}
      {children}
    </Dialog>
  );
}

/** Opens and closes the panel from elsewhere. */
export const SidePanelButton = ({ label }) => (
  <button type="button" className="icon-button side-toggle" aria-label={label} title={label} onClick={tell(TOGGLE)}>
    <Icon name="stay" />
  </button>
);

/** What the panel is about: a press shows it. */
export const SidePanelLink = ({ hint, className = "side-link", children }) => (
  <button type="button" className={className} title={hint} onClick={tell(SHOW)}>{children}</button>
);
