// The files that go along: how they come in (button, drop, paste, camera), and how they stand above the box (M2, M7).
import { Suspense, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { MenuItem } from "@/external/inbox_app/components/dialogs/menu/menu.jsx";
import { lazyAhead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { attach } from "@/external/inbox_app/components/inbox/outgoing/uploads/uploads.js";

const PHOTOS = "image/*,.heic,.heif";
const ALL = `${PHOTOS},application/pdf`;
const Entries = lazyAhead(() => import("@/external/inbox_app/components/inbox/composer/attachments/tray.jsx"));

/** What was pasted or let go, where it is files. */
export const filesOf = (transfer) => [...(transfer?.files ?? [])];

/** The fields that files are chosen with; `open(which)`: all, photos, camera or documents. */
export function usePickers(thread) {
  const fields = { all: useRef(null), photos: useRef(null), camera: useRef(null), documents: useRef(null) };
  const take = (event) => {
    attach(thread, event.target.files);
    event.target.value = "";
  };
  const field = (which, more) => (
    <input key={which} ref={fields[which]} type="file" hidden tabIndex={-1} aria-hidden="true" onChange={take} {...more} />
  );
  return {
    open: (which) => fields[which].current.click(),
    fields: [
      field("all", { accept: ALL, multiple: true, "data-files": "all" }),
      field("photos", { accept: PHOTOS, multiple: true }),
      field("camera", { accept: "image/*", capture: "environment" }),
      field("documents", { accept: "application/pdf", multiple: true }),
    ],
  };
}

export function AttachButton({ onOpen }) {
  const { t } = useTexts();
  return (
    <button type="button" className="icon-button wide-only" aria-label={t("Attach photos or PDFs")} title={t("Attach photos or PDFs")} onClick={() => onOpen("all")}>
      <Icon name="clip" />
    </button>
  );
}

/** The same in a menu, for the thumb. */
export const attachItems = (t, onOpen) => [
  <MenuItem key="camera" icon="camera" className="narrow-only" onSelect={() => onOpen("camera")}>{t("Camera")}</MenuItem>,
  <MenuItem key="photos" icon="photo" className="narrow-only" onSelect={() => onOpen("photos")}>{t("Photos")}</MenuItem>,
  <MenuItem key="documents" icon="file" className="narrow-only" onSelect={() => onOpen("documents")}>{t("PDF")}</MenuItem>,
];

/** Those above the box. */
export const Tray = (props) => <Suspense fallback={null}>{props.entries.length > 0 && <Entries {...props} />}</Suspense>;

/** Over the whole thread, while files are held above it. */
export function DropZone({ thread }) {
  const { t } = useTexts();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const room = document.getElementById("messages");
    if (!room) return;
    const holds = (event) => event.dataTransfer?.types.includes("Files");
    const enter = (event) => holds(event) && setOver(true);
    const leave = (event) => !room.contains(event.relatedTarget) && setOver(false);
    const take = (event) => {
      setOver(false);
      if (!holds(event)) return;
      event.preventDefault();
      attach(thread, filesOf(event.dataTransfer));
    };
    room.addEventListener("dragenter", enter);
    room.addEventListener("dragleave", leave);
    room.addEventListener("drop", take);
    return () => {
      room.removeEventListener("dragenter", enter);
      room.removeEventListener("dragleave", leave);
      room.removeEventListener("drop", take);
    };
  }, [thread]);
  if (!over) return null;
  const zone = <div className="drop-zone"><Icon name="clip" /> {t("Drop photos and PDFs here")}</div>;
  return createPortal(zone, document.getElementById("messages"));
}

// What is let go anywhere else on the page would be opened in its place, with all that is being written gone.
if (typeof document !== "undefined") {
  for (const name of ["dragover", "drop"])
    document.addEventListener(name, (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
}
