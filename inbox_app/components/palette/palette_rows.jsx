// One option of the palette: a picture, who or what it is, and what was typed in it (P9).
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import * as format from "@/external/inbox_app/components/i18n/times/formats.js";
import { ListTime } from "@/external/inbox_app/components/i18n/times/times.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

const Pieces = ({ of }) => of.map(({ text, hit }, at) => (hit ? <mark key={at}>{text}</mark> : text));
const Picture = ({ icon }) => <span className="palette-icon" aria-hidden="true"><Icon name={icon} /></span>;

function Person({ row, t }) {
  const kinds = { guest: t("Guest"), owner: t("Owner"), supplier: t("Supplier") };
  return (
    <>
      <span className={`avatar tiny ${row.kind}`} aria-hidden="true">{row.initials || <Icon name="person" />}</span>
      <span className="palette-text">
        <b className="truncate" dir="auto">{row.name.length ? <Pieces of={row.name} /> : row.group ? t("Group") : t("Unknown")}</b>
        <small className="truncate" dir="auto"><Pieces of={row.below} /></small>
      </span>
      <span className={`tag ${row.kind}`}>{row.group ? t("Group") : kinds[row.kind] ?? t("Unknown")}</span>
    </>
  );
}

function Stay({ row }) {
  const nights = `${format.shortDate(row.check_in)} – ${format.shortDate(row.check_out)}`;
  return (
    <>
      <Picture icon="stay" />
      <span className="palette-text">
        <b className="truncate" dir="auto"><Pieces of={row.guest.length ? row.guest : row.accommodation} /></b>
        <small className="truncate" dir="auto"><Pieces of={row.code} /> · <Pieces of={row.accommodation} /></small>
      </span>
      <span className="palette-side">{nights}</span>
    </>
  );
}

function Message({ row, t }) {
  return (
    <>
      <Picture icon={row.note ? "lock" : row.ours ? "reply" : "chat"} />
      <span className="palette-text">
        <b className="truncate" dir="auto">{row.name || row.channel_name}</b>
        <small className="palette-words" dir="auto">{(row.ours || row.note) && <span className="visually-hidden">{row.note ? t("Internal note") : t("You")}: </span>}<Pieces of={row.pieces} /></small>
      </span>
      <span className="palette-side"><ListTime at={row.at} /></span>
    </>
  );
}

const Command = ({ row }) => (
  <>
    <Picture icon={row.icon} />
    <span className="palette-text"><b className="truncate">{row.name}</b></span>
    {row.hint && <span className="palette-side">{row.hint}</span>}
  </>
);

const ROWS = { person: Person, stay: Stay, message: Message, command: Command };

/** The focus stays in the box: a press must not take it. */
export function Option({ option, id, chosen, onChoose, onPoint }) {
  const { t } = useTexts();
  const Row = ROWS[option.kind];
  return (
    <div id={id} role="option" aria-selected={chosen} className="palette-option" onPointerDown={(event) => event.preventDefault()} onPointerMove={onPoint} onClick={onChoose}>
      <Row row={option.row} t={t} />
    </div>
  );
}
