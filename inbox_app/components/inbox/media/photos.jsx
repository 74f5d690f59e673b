// The photos and films of a conversation: all at a glance, or one large, the next a swipe or an arrow away (M3).
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import "@/styles/photos.css";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import * as format from "@/external/inbox_app/components/i18n/times/formats.js";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

const isFilm = (photo) => photo.type.startsWith("video/");
const NEAR = 2;

/** `at` is the id of the one to show; none: all of them. */
export default function Photos({ conversation, at, onClose }) {
  const { t } = useTexts();
  const [photos, setPhotos] = useState(null);
  const [shown, setShown] = useState(at);
  const [failed, setFailed] = useState(false);

  const load = () => {
    setFailed(false);
    fetch(`/media/of/${conversation}`, { credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
      .then(setPhotos)
      .catch(() => setFailed(true));
  };
  useEffect(load, [conversation]);

  const name = shown ? t("Photo") : t("Photos and videos");
  return (
    <Dialog open onClose={onClose} closesBeside={false} className="photos" aria-label={name}>
      {!photos && <Head name={name} />}
      {failed && (
        <p className="photos-note" role="alert">
          {t("The photos could not be read.")}{" "}
          <button type="button" className="link-button" onClick={load}>
            {t("Try again")}
          </button>
        </p>
      )}
      {photos && shown && <Large photos={photos} at={shown} onShow={setShown} />}
      {photos && !shown && <All name={name} photos={photos} onShow={setShown} />}
    </Dialog>
  );
}

function Head({ name }) {
  return (
    <header>
      <h2>{name}</h2>
      <Close />
    </header>
  );
}

function Close() {
  const { t } = useTexts();
  return (
    <form method="dialog">
      <button className="icon-button" aria-label={t("Close")} title={t("Close")}>
        <Icon name="close" />
      </button>
    </form>
  );
}

function All({ name, photos, onShow }) {
  const { t } = useTexts();
  const grid = useRef(null);
  useLayoutEffect(() => {
    grid.current.scrollTop = grid.current.scrollHeight;
  }, []);
  return (
    <>
      <Head name={name} />
      <ul className="photos-all" ref={grid}>
        {photos.length === 0 && <li className="photos-note">{t("No photos yet")}</li>}
        {photos.map((photo) => (
          <li key={photo.id}>
            <button type="button" onClick={() => onShow(photo.id)} aria-label={format.whole(photo.at)} title={format.whole(photo.at)}>
              <img src={`/media/${photo.id}?size=thumb`} alt="" loading="lazy" decoding="async" width="160" height="160" />
              {isFilm(photo) && <Icon name="play" />}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Large({ photos, at, onShow }) {
  const { t } = useTexts();
  const rail = useRef(null);
  const index = Math.max(photos.findIndex((photo) => photo.id === at), 0);
  const photo = photos[index];

  useLayoutEffect(() => {
    const { current } = rail;
    current.scrollLeft = index * current.clientWidth;
    current.focus();
  }, []);

  const go = (step) => {
    const next = index + step;
    if (next < 0 || next >= photos.length) return;
    rail.current.scrollTo({ left: next * rail.current.clientWidth, behavior: "instant" });
    onShow(photos[next].id);
  };
  const onKeyDown = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || event.target.closest("video")) return;
    event.preventDefault();
    go(step);
  };
  const onScroll = ({ target }) => {
    const there = photos[Math.round(target.scrollLeft / target.clientWidth)];
    if (there && there.id !== photo?.id) onShow(there.id);
  };
  if (!photo) return <p className="photos-note">{t("No photos yet")}</p>;

  return (
    <div className="photos-large" onKeyDown={onKeyDown}>
      <header>
        <p>
          <b>{format.whole(photo.at)}</b>
          <small>{t("{n} of {all}", { n: index + 1, all: photos.length })}</small>
        </p>
        <button type="button" className="icon-button" onClick={() => onShow(null)} aria-label={t("All photos")} title={t("All photos")}>
          <Icon name="photo" />
        </button>
        <a className="icon-button" href={`/media/${photo.id}?save=1`} aria-label={t("Save")} title={t("Save")}>
          <Icon name="download" />
        </a>
        <Close />
      </header>
      <div className="photos-rail" ref={rail} onScroll={onScroll} tabIndex={-1} dir="ltr">
        {photos.map((each, place) => (
          <figure key={each.id}>{Math.abs(place - index) <= NEAR && <One photo={each} current={each === photo} />}</figure>
        ))}
      </div>
      {photo.text && (
        <p className="photos-words" dir="auto">
          {photo.text}
        </p>
      )}
      <button type="button" className="icon-button earlier" onClick={() => go(-1)} disabled={index === 0} aria-label={t("Previous photo")}>
        <Icon name="back" />
      </button>
      <button type="button" className="icon-button later" onClick={() => go(1)} disabled={index === photos.length - 1} aria-label={t("Next photo")}>
        <Icon name="arrow-right" />
      </button>
    </div>
  );
}

const SHOWN = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"];

/** What browsers don't draw (HEIC) is seen small. */
function One({ photo, current }) {
  const { t } = useTexts();
  const size = photo.width > 0 ? { width: photo.width, height: photo.height } : {};
  if (isFilm(photo))
    return <video src={`/media/${photo.id}`} poster={`/media/${photo.id}?size=thumb`} controls={current} preload="none" playsInline {...size} />;
  const small = SHOWN.includes(photo.type) ? "" : "?size=thumb";
  return <img src={`/media/${photo.id}${small}`} alt={photo.text || t("Photo")} decoding="async" {...size} />;
}
