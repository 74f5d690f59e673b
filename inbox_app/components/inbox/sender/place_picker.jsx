// The stay of a guest, or the home of anybody else, searched for and chosen.
import { useEffect, useId, useRef, useState } from "react";
import * as format from "@/external/inbox_app/components/i18n/times/formats.js";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

const PAUSE = 250;

const nights = ({ check_in: from, check_out: to }) => `${format.shortDate(from)} – ${format.shortDate(to)}`;
const title = (place) => place.code || place.guest || place.accommodation;
const rest = (place) => [place.guest, place.accommodation].filter((fact) => fact && fact !== title(place));
const facts = (place) => (place.check_in ? [...rest(place), nights(place)].join(" · ") : "");

/** `places` are null until the server has told of those for this kind of person; `onLook(kind, words)`. */
export function PlacePicker({ kind, places, chosen, onChoose, onLook }) {
  const { t } = useTexts();
  const id = useId();
  const look = useRef(onLook);
  look.current = onLook;
  const [words, setWords] = useState("");
  const [open, setOpen] = useState(false);
  useEffect(() => setWords(""), [kind]);
  useEffect(() => {
    const timer = setTimeout(() => look.current(kind, words), words ? PAUSE : 0);
    return () => clearTimeout(timer);
  }, [kind, words]);

  const label = kind === "guest" ? t("Reservation (optional)") : t("Accommodation (optional)");
  const take = (place) => {
    onChoose(place);
    setOpen(false);
    setWords("");
  };
  if (chosen) {
    return (
      <div className="field">
        <span>{label}</span>
        <p className="place-chosen">
          <span><b>{title(chosen)}</b> {facts(chosen)}</span>
          <button type="button" className="icon-button" aria-label={t("Remove it")} onClick={() => onChoose(null)}><Icon name="close" /></button>
        </p>
      </div>
    );
  }
  return (
    <div className="field place-picker" onBlur={(event) => event.currentTarget.contains(event.relatedTarget) || setOpen(false)}>
      <label htmlFor={id}><span>{label}</span></label>
      <input
        type="search" id={id} value={words} maxLength={100} autoComplete="off"
        placeholder={kind === "guest" ? t("Code or guest") : t("Name of the accommodation")}
        onFocus={() => setOpen(true)} onChange={(event) => (setWords(event.target.value), setOpen(true))}
      />
      {open && (
        <div className="search-results">
          {places?.map((place) => (
            <button key={place.id} type="button" className="search-result" data-choice="" onClick={() => take(place)}>
              <span className="search-result-text">
                <b className="truncate" dir="auto">{title(place)}</b>
                {facts(place) && <small className="truncate">{facts(place)}</small>}
              </span>
            </button>
          ))}
          {places?.length === 0 && <p className="quiet" role="status">{t("Nothing found.")}</p>}
        </div>
      )}
    </div>
  );
}
