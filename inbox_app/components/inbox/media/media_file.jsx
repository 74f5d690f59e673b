// A file in the thread. Its box has the size it will keep from the first moment: nothing jumps (M3).
import { Suspense } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import * as format from "@/external/inbox_app/components/i18n/times/formats.js";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { lazyAhead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const Sound = lazyAhead(() => import("@/external/inbox_app/components/inbox/media/media_file/sound.jsx"));
export const OPEN_PHOTOS = "open-photos";
const WIDEST = 320;
const HIGHEST = 340;
const LEAST = 120;
const STICKER = 160;

const isGif = (media) => media.mime === "image/gif" || (media.mime.startsWith("video/") && media.silent);
const address = (media, more = "") => `/media/${media.id}${more}`;

/** As large as it fits into a bubble, with its own proportions. */
export function fitted({ width, height }, widest = WIDEST, highest = HIGHEST) {
  if (!width || !height) return { width: widest, height: Math.round(widest * 0.75) };
  const scale = Math.min(widest / width, highest / height, 1);
  return { width: Math.max(Math.round(width * scale), LEAST), height: Math.max(Math.round(height * scale), LEAST / 2) };
}

export function MediaFile({ media, kind, icon, word }) {
  const { t, tn, ready } = useTexts();
  if (!media || !ready) return null;
  const name = media.filename || word;
  if (media.state === "pending") return <Coming kind={kind} icon={icon} word={word} t={t} />;
  if (media.state !== "ready") {
    const why = media.state === "expired" ? t("No longer available") : t("It could not be downloaded.");
    return <FileCard icon={icon} name={name} about={why} />;
  }
  if (kind === "sticker" && media.mime.startsWith("image/")) return <Sticker media={media} word={word} />;
  if (kind !== "document" && isGif(media)) return <Gif media={media} />;
  if (kind !== "document" && media.mime.startsWith("image/") && media.thumb) return <Photo media={media} word={word} t={t} />;
  if (media.mime.startsWith("video/") && media.thumb) return <Film media={media} />;
  if (media.mime.startsWith("audio/")) return <Heard src={address(media, "?size=play")} seconds={media.seconds} />;
  return <Document media={media} name={name} icon={icon} t={t} tn={tn} />;
}

function Coming({ kind, icon, word, t }) {
  const seen = ["image", "video", "gif"].includes(kind);
  if (!seen && kind !== "sticker") return <FileCard icon={icon} name={word} about={t("On its way…")} busy />;
  return (
    <div className={`media-box coming ${kind}`} role="img" aria-label={`${word}: ${t("On its way…")}`}>
      <Icon name={icon} />
      <small>{t("On its way…")}</small>
    </div>
  );
}

function FileCard({ icon, name, about, busy }) {
  return (
    <div className="file" aria-busy={busy}>
      <span className="file-icon">
        <Icon name={icon} />
      </span>
      <span>
        <b dir="auto">{name}</b>
        <small>{about}</small>
      </span>
    </div>
  );
}

function Photo({ media, word, t }) {
  const open = () => window.dispatchEvent(new CustomEvent(OPEN_PHOTOS, { detail: { at: media.id } }));
  return (
    <button type="button" className="media-box photo" onClick={open} aria-label={t("{photo}: open large", { photo: word })}>
      <img src={address(media, "?size=thumb")} alt="" loading="lazy" decoding="async" {...fitted(media)} />
    </button>
  );
}

function Sticker({ media, word }) {
  return <img className="sticker" src={address(media)} alt={word} loading="lazy" decoding="async" {...fitted(media, STICKER, STICKER)} />;
}

const Heard = (props) => <Suspense fallback={<div className="sound" />}><Sound {...props} /></Suspense>;

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** WhatsApp sends GIFs as films without a sound; they move by themselves where motion is welcome. */
function Gif({ media }) {
  const size = fitted(media);
  if (media.mime === "image/gif")
    return (
      <div className="media-box gif">
        <img src={address(media, calm() ? "?size=thumb" : "")} alt="GIF" loading="lazy" {...size} />
      </div>
    );
  const poster = media.thumb ? address(media, "?size=thumb") : undefined;
  return (
    <div className="media-box gif">
      <video src={address(media)} poster={poster} autoPlay={!calm()} controls={calm()} loop muted playsInline aria-label="GIF" {...size} />
    </div>
  );
}

function Film({ media }) {
  return (
    <div className="media-box film">
      <video src={address(media)} poster={address(media, "?size=thumb")} controls preload="none" playsInline {...fitted(media)} />
      {media.seconds > 0 && <small>{format.inMinutes(media.seconds)}</small>}
    </div>
  );
}

const shortType = (mime) => ({ "application/octet-stream": "", "text/plain": "TXT" })[mime] ?? mime.split("/").pop().toUpperCase();

/** PDF · 3 pages · 120 KB. */
export function aboutDocument({ mime, pages, size }, tn) {
  const type = shortType(mime).length > 5 ? "" : shortType(mime);
  return [type, pages > 0 && tn("{n} page", "{n} pages", { n: pages }), size > 0 && format.fileSize(size)].filter(Boolean).join(" · ");
}

function Document({ media, name, icon, t, tn }) {
  const isPdf = media.mime === "application/pdf";
  const opens = isPdf || media.mime.startsWith("image/") ? { href: address(media), target: "_blank", rel: "noopener" } : { href: address(media, "?save=1") };
  return (
    <div className={media.thumb ? "document with-page" : "document"}>
      {media.thumb && (
        <a className="first-page" tabIndex={-1} aria-hidden="true" {...opens}>
          <img src={address(media, "?size=thumb")} alt="" loading="lazy" decoding="async" width="320" height="150" />
        </a>
      )}
      <div className="file">
        <a className="file-link" {...opens}>
          <span className="file-icon">
            <Icon name={icon} />
          </span>
          <span>
            <b dir="auto">{name}</b>
            <small>{aboutDocument(media, tn)}</small>
          </span>
        </a>
        <a className="icon-button" href={address(media, "?save=1")} aria-label={t("Save")} title={t("Save")}>
          <Icon name="download" />
        </a>
      </div>
    </div>
  );
}
