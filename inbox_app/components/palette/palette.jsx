// Hears Ctrl+K on every page; what it opens is loaded apart (P9).
import { Suspense, useEffect, useState } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { lazyAhead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const OPEN = "open-palette";
const PaletteDialog = lazyAhead(() => import("@/external/inbox_app/components/palette/palette/palette_dialog.jsx"));

export function Palette(props) {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const show = () => setOpen(true);
    const onKey = (event) => {
      if (event.code !== "KeyK" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      show();
    };
    document.addEventListener("keydown", onKey);
    document.addEventListener(OPEN, show);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener(OPEN, show);
    };
  }, []);
  return open && <Suspense fallback={null}><PaletteDialog {...props} onClosed={() => setOpen(false)} /></Suspense>;
}

export const PaletteButton = ({ label, ...rest }) => (
  <button type="button" aria-label={label} title={`${label} (Ctrl+K)`} aria-haspopup="dialog" onClick={() => document.dispatchEvent(new Event(OPEN))} {...rest}>
    <Icon name="search" />
  </button>
);
