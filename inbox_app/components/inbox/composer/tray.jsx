// The files above the box: what becomes of each, and what can be done about it (M2, M7).
import { useEffect, useRef, useState } from "react";
import "@/styles/tray.css";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { again, remove } from "@/external/inbox_app/components/inbox/outgoing/uploads/uploader.js";
import { setCaption } from "@/external/inbox_app/components/inbox/outgoing/uploads/uploads.js";
import { sentenceOf } from "@/external/inbox_app/components/inbox/outgoing/uploads/file_problems.js";

const MB = 1024 * 1024;

/** `headed`: what stands in the box goes with the first. */
export default function Tray({ entries, most, headed }) {
  const { t } = useTexts();
  const tray = useLastInView(entries.length);
  const leaving = entries.filter((each) => each.state !== "refused");
  const first = leaving.find((each) => each.state !== "failed");
  return (
    <ul className="tray" ref={tray} aria-label={t("Attached files")}>
      {leaving.map((each) => (
        <Attached key={each.ref} upload={each.ref} {...each} most={most} t={t} captioned={leaving.length > 1} inBox={headed && each === first} />
      ))}
      {byProblem(entries).map(([problem, refused]) => <Refused key={problem} problem={problem} refused={refused} t={t} />)}
    </ul>
  );
}

/** Those that cannot be sent, with what is the matter: they stand below, each reason once. */
function byProblem(entries) {
  const found = new Map();
  for (const each of entries.filter(({ state }) => state === "refused")) found.set(each.problem, [...(found.get(each.problem) ?? []), each]);
  return [...found];
}

function Refused({ problem, refused, t }) {
  const names = refused.map((each) => each.name).join(", ");
  return (
    <li className="attached refused">
      <Icon name="warning" />
      <p className="attached-problem" role="alert">
        {refused.map((each) => <bdi key={each.ref} className="truncate" title={each.name}>{each.name}</bdi>)} {sentenceOf(problem, t)}
      </p>
      <button type="button" className="icon-button" aria-label={t("Remove {name}", { name: names })} title={t("Remove")} onClick={() => refused.forEach((each) => remove(each.ref))}>
        <Icon name="close" />
      </button>
    </li>
  );
}

/** Who adds one wants to see what becomes of it. */
function useLastInView(count) {
  const tray = useRef(null);
  const before = useRef(0);
  useEffect(() => {
    if (count > before.current) tray.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
    before.current = count;
  }, [count]);
  return tray;
}

function Attached({ upload, name, picture, kind, caption, state, share, problem, captioned, inBox, most, t, ...rest }) {
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
            type="text" dir="auto" maxLength={most} aria-label={t("Caption of {name}", { name })} disabled={inBox}
            placeholder={inBox ? t("The text below is its caption") : t("Caption")} value={inBox ? "" : caption} onChange={(event) => setCaption(upload, event.target.value)}
          />
        )}
      </div>
      {state === "failed" && (
        <button type="button" className="icon-button" aria-label={t("Try {name} again", { name })} title={t("Try again")} onClick={() => again(upload)}>
          <Icon name="retry" />
        </button>
      )}
      <button type="button" className="icon-button" aria-label={t("Remove {name}", { name })} title={t("Remove")} onClick={() => remove(upload)}>
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
