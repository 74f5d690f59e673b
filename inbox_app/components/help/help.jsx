// Opens the help on every page; what it says is loaded apart (X6).
import { useEffect, useState } from "react";
import { lazyPart } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const OPEN = "open-help";
const Drawer = lazyPart(() => import("@/external/inbox_app/components/help/help/help_drawer.jsx"));
const Tour = lazyPart(() => import("@/external/inbox_app/components/help/help/tour.jsx"));
const isElsewhere = (target) => target.closest?.("input, textarea, select, dialog[open]") || document.querySelector("#conversations");

export function Help({ tour, onToured }) {
  const [open, setOpen] = useState(false);
  const [touring, setTouring] = useState(false);
  useEffect(() => {
    const show = () => setOpen(true);
    const onKey = (event) => event.key === "?" && !isElsewhere(event.target) && show();
    document.addEventListener(OPEN, show);
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener(OPEN, show);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
  return (
    <>
      {open && <Drawer onClose={() => setOpen(false)} onTour={() => setTouring(true)} />}
      {(touring || tour) && <Tour asked={touring} onClose={() => (setTouring(false), onToured())} />}
    </>
  );
}
