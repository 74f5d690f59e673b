// What people write on WhatsApp. Text only, never markup.
import { Fragment, memo } from "react";
import { inPieces, parse, withAmounts } from "@/external/inbox_app/components/inbox/message_text/formatted_text.js";
import { money } from "@/external/inbox_app/components/i18n/times/formats.js";

const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u{1F1E6}-\u{1F1FF}]|[\u{E0020}-\u{E007F}]|\u200d|\ufe0f|\s)+$/u;

const draw = (parts) => parts.map((part, key) => <Part key={key} part={part} />);

function Part({ part }) {
  if (typeof part === "string") return <Words words={part} />;
  if (part.href) return <a href={part.href} target="_blank" rel="noopener noreferrer nofollow"><Words words={part.words} /></a>;
  if (part.code !== undefined) return <code className={part.block ? "block" : undefined}><Words words={part.code} /></code>;
  const Mark = part.tag;
  return <Mark>{draw(part.inside)}</Mark>;
}

const Words = ({ words }) =>
  inPieces(words).map((piece, at) => <Fragment key={at}>{at > 0 && <wbr />}{piece}</Fragment>);

function isFewEmoji(text) {
  if (text.length > 40 || !EMOJI_ONLY.test(text)) return false;
  const graphemes = new Intl.Segmenter().segment(text.replace(/\s/g, ""));
  return [...graphemes].length <= 3;
}

/** Drawn again only for another text: a thread has many, and each new message draws the thread. */
export const MessageText = memo(({ text }) => (
  <div className={isFewEmoji(text) ? "words big" : "words"} dir="auto">{draw(parse(text))}</div>
));

/** What was ordered, and for how much, as the language writes money. */
export const OrderText = ({ text }) => <MessageText text={withAmounts(text, money)} />;

/** The same in one line, where links lead nowhere. */
export const LineOfText = memo(({ text }) => draw(parse(text, false)));
