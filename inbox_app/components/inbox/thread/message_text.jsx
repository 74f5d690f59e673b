// What people write on WhatsApp. Text only, never markup.
import { Fragment, memo, Suspense, useState } from "react";
import { inPieces, parse } from "@/external/inbox_app/components/inbox/thread/message_text/formatted_text.js";
import { lazyAhead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { money } from "@/external/inbox_app/components/i18n/times/formats.js";

const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u{1F1E6}-\u{1F1FF}]|[\u{E0020}-\u{E007F}]|\u200d|\ufe0f|\s)+$/u;

export const draw = (parts) => parts.map((part, key) => <Part key={key} part={part} />);

function Part({ part }) {
  if (typeof part === "string") return <Words words={part} />;
  if (part.href) return <a href={part.href} target="_blank" rel="noopener noreferrer nofollow"><Words words={part.words} /></a>;
  if (part.code !== undefined) return <code className={part.block ? "block" : undefined}><Words words={part.code} /></code>;
  const Mark = part.tag;
  return <Mark>{draw(part.inside)}</Mark>;
}

const Words = ({ words }) =>
  inPieces(words).map((piece, at) => <Fragment key={at}>{at > 0 && <wbr />}{piece}</Fragment>);

const Linked = lazyAhead(() => import("@/external/inbox_app/components/inbox/thread/message_text/linked_text.jsx"));
const mayLink = (text) => /[.@]|:\/\//.test(text);

/** Links look like the words they are until what finds them has come. */
const Formatted = ({ text }) =>
  mayLink(text) ? <Suspense fallback={draw(parse(text))}><Linked text={text} /></Suspense> : draw(parse(text));

function isFewEmoji(text) {
  if (text.length > 40 || !EMOJI_ONLY.test(text)) return false;
  const graphemes = new Intl.Segmenter().segment(text.replace(/\s/g, ""));
  return [...graphemes].length <= 3;
}

/** Drawn again only for another text: a thread has many, and each new message draws the thread. */
export const MessageText = memo(({ text }) =>
  isLong(text) ? <LongText text={text} /> : <div className={isFewEmoji(text) ? "message-text big" : "message-text"} dir="auto"><Formatted text={text} /></div>,
);

/** About as much as a screen of a phone holds. */
const isLong = (text) => text.length > 1200 || text.split("\n", 26).length > 25;

/** Its beginning, until all of it is asked for. */
function LongText({ text }) {
  const [whole, setWhole] = useState(false);
  const { t } = useTexts();
  return (
    <>
      <div className={whole ? "message-text" : "message-text cut"} dir="auto"><Formatted text={text} /></div>
      <button type="button" className="link-button" aria-expanded={whole} onClick={() => setWhole(!whole)}>
        {whole ? t("Show less") : t("Read all")}
      </button>
    </>
  );
}

const amount = ({ price, currency }) => (/^\d{1,12}(\.\d{1,6})?$/.test(price) && /^[A-Z]{3}$/.test(currency) ? money(price, currency) : `${price} ${currency}`);

/** What was ordered, and for how much, as the language writes money. */
export const OrderLines = ({ lines }) => (
  <ul className="order-lines">
    {lines.map((line, key) => (
      <li key={key}>
        <span dir="auto">{line.quantity && `${line.quantity} × `}{line.name}</span>
        {line.price && <span className="amount">{amount(line)}</span>}
      </li>
    ))}
  </ul>
);

/** The same in one line, where links lead nowhere. */
export const LineOfText = memo(({ text }) => draw(parse(text)));
