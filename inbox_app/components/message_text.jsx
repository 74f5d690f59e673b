// What people write on WhatsApp: links, *bold*, _italic_, ~strike~, ```code``` and emoji. Text only, never markup.
const MARKS = { "*": "strong", _: "em", "~": "s" };
const INLINE =
  /```([\s\S]+?)```|`([^`\n]+)`|((?:https?:\/\/|www\.)[^\s<>"]+)|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?<![\p{L}\p{N}])([*_~])(?!\s)((?:(?!\5)[^\n])+)(?<!\s)\5(?![\p{L}\p{N}])/gu;
const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\u{1F1E6}-\u{1F1FF}]|[\u{E0020}-\u{E007F}]|\u200d|\ufe0f|\s)+$/u;

function link(found, key) {
  const shown = found.replace(/[.,;:!?'")\]*_~]+$/u, "");
  const address = shown.startsWith("www.") ? `https://${shown}` : shown;
  return [
    <a key={key} href={address} target="_blank" rel="noopener noreferrer nofollow">{shown}</a>,
    found.slice(shown.length),
  ];
}

function piece([whole, block, code, url, mail, mark, inner], key) {
  if (block) return <code key={key} className="block">{block.trim()}</code>;
  if (code) return <code key={key}>{code}</code>;
  if (url) return link(whole, key);
  if (mail) return <a key={key} href={`mailto:${mail}`}>{mail}</a>;
  const Mark = MARKS[mark];
  return <Mark key={key}>{format(inner)}</Mark>;
}

function format(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(text.slice(end, found.index), piece(found, found.index));
    end = found.index + found[0].length;
    // A block ends its line by itself.
    if (found[1] && /\s/.test(text[end])) end += 1;
  }
  return [...parts, text.slice(end)].flat();
}

function isFewEmoji(text) {
  if (text.length > 40 || !EMOJI_ONLY.test(text)) return false;
  const graphemes = new Intl.Segmenter().segment(text.replace(/\s/g, ""));
  return [...graphemes].length <= 3;
}

export const MessageText = ({ text }) => (
  <div className={isFewEmoji(text) ? "words big" : "words"} dir="auto">{format(text)}</div>
);
