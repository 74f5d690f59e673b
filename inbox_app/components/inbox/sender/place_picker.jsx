// The stay of a guest, or the home of anybody else, searched for and chosen.
import { Choice } from "@/external/inbox_app/components/forms/choice/choice.jsx";
import * as format from "@/external/inbox_app/components/i18n/times/formats.js";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const nights = ({ check_in: from, check_out: to }) => `${format.shortDate(from)} – ${format.shortDate(to)}`.replaceAll(" ", "\u00a0");
const title = (place) => place.code || place.guest || place.accommodation;
const rest = (place) => [place.guest, place.accommodation].filter((fact) => fact && fact !== title(place));
const facts = (place) => (place.check_in ? [...rest(place), nights(place)].join(" · ") : "");

/** `places` are for the kind of person `placesFor`; `onLook(kind, words)`. */
export function PlacePicker({ kind, places, placesFor, chosen, onChoose, onLook }) {
  const { t } = useTexts();
  const [label, hint] = kind === "guest"
    ? [t("Reservation (optional)"), t("Code or guest")]
    : [t("Accommodation (optional)"), t("Name of the accommodation")];
  return (
    <Choice
      key={kind} what={kind} label={label} hint={hint} name={title} about={facts}
      chosen={chosen} onChoose={onChoose} choices={places} choicesFor={placesFor} onFind={onLook}
    />
  );
}
