// The files that go along: how they come in (button, drop, paste, camera), and how they stand above the box (M2, M7).
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { MenuItem } from "@/external/inbox_app/components/dialogs/menu/menu.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { add, again, remove, setCaption } from "@/external/inbox_app/components/inbox/composer/attachments/attachments.js";
import { sentenceOf } from "@/external/inbox_app/components/inbox/composer/attachments/file_problems.js";

const PHOTOS = "image/*,.heic,.heif";
const ALL = `${PHOTOS},application/pdf`;
const MB = 1024 * 1024;

/** What was pasted or let go, where it is files. */
export const filesOf = (transfer) => [...(transfer?.files ?? [])];

/** The fields that files are chosen with; `open(which)`: all, photos, camera or documents. */
export function usePickers(thread) {
  const fields = { all: useRef(null), photos: useRef(null), camera: useRef(null), documents: useRef(null) };
  const take = (event) => {
    add(thread, event.target.files);
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

/** `headed`: what stands in the box goes with the first. */
export function Tray({ entries, most, headed }) {
  const { t } = useTexts();
  const tray = useLastInView(entries.length);
  if (entries.length === 0) return null;
  const first = entries.find((each) => each.state === "ready" || each.state === "sending");
  const several = entries.filter((each) => each.state !== "refused").length > 1;
  return (
    <ul className="tray" ref={tray} aria-label={t("Attached files")}>
      {entries.map((each) => (
        <Attached key={each.id} {...each} most={most} t={t} captioned={several && each.state !== "refused"} inBox={headed && each === first} />
      ))}
    </ul>
  );
}

/** Who adds one wants to see what becomes of it. */
function useLastInView(count) {
  const tray = useRef(null);
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) tray.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
    before.current = count;
  }, [count]);
  return tray;
}

function Attached({ id, name, picture, kind, caption, state, share, problem, captioned, inBox, most, t, ...rest }) {
  const known = problem || state === "failed";
  return (
    <li className={`attached ${state}`}>
      <Picture src={picture} kind={kind} wrong={known} />
      <div className="attached-words">
        <span className="truncate" dir="auto" title={name}>{name}</span>
        {known ? (
          <p className="attached-problem" role="alert">{sentenceOf(problem, t)}</p>
        ) : (
          <small><Progress state={state} share={share} t={t} {...rest} /></small>
        )}
        {captioned && !known && (
          <input
            type="text" dir="auto" maxLength={most} aria-label={t("Caption of {name}", { name })} disabled={inBox || state === "sending"}
            placeholder={inBox ? t("The text below is its caption") : t("Caption")} value={inBox ? "" : caption} onChange={(event) => setCaption(id, event.target.value)}
          />
        )}
      </div>
      {state === "failed" && (
        <button type="button" className="icon-button" aria-label={t("Try {name} again", { name })} title={t("Try again")} onClick={() => again(id)}>
          <Icon name="retry" />
        </button>
      )}
      <button type="button" className="icon-button" disabled={state === "sending"} aria-label={t("Remove {name}", { name })} title={t("Remove")} onClick={() => remove(id)}>
        <Icon name="close" />
      </button>
    </li>
  );
}

function Picture({ src, kind, wrong }) {
  const [broken, setBroken] = useState(false);
  useEffect(() => setBroken(false), [src]);
  if (src && !broken && !wrong) return <img className="attached-picture" src={src} alt="" onError={() => setBroken(true)} />;
  return <span className="attached-picture"><Icon name={wrong ? "warning" : kind === "image" ? "photo" : "file"} /></span>;
}

function Progress({ state, share, size, pages, t }) {
  if (state === "ready") return [sizeOf(size, t), pages && t("{n} pp.", { n: pages })].filter(Boolean).join(" · ");
  if (state === "sending") return t("Sending…");
  if (state === "waiting") return t("Waiting…");
  return (
    <>
      {share < 1 ? t("Uploading…") : t("Checking…")} <progress value={share < 1 ? share : undefined} max={1} aria-label={t("Uploading…")} />
    </>
  );
}

function sizeOf(bytes, t) {
  const number = new Intl.NumberFormat(document.documentElement.lang || "en", { maximumFractionDigits: 1 });
  return bytes < MB / 10 ? t("{n} KB", { n: number.format(Math.max(1, Math.round(bytes / 1024))) }) : t("{n} MB", { n: number.format(bytes / MB) });
}

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
      add(thread, filesOf(event.dataTransfer));
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
