// What WhatsApp makes of a text: a tree of plain words, links and marks (*bold*, _italic_, ~strike~, `code`) (M9).

/** Of links, and of marks: what one text has more of stays plain, so that it never keeps the page busy. */
const MOST = 300;
const MARKS = { "*": "strong", _: "em", "~": "s" };
const INLINE =
  /```([\s\S]+?)```|`([^`\n]+)`|(?<![\p{L}\p{N}])([*_~])(?!\s)(?:(?!\3)[^\n])+(?<!\s)\3(?![\p{L}\p{N}])/gu;

/** A list of words (a string), `links` (`{href, words}`) and marks (`{tag, inside}`, `{code, block}`). */
export function parse(text, links = []) {
  const found = links.slice(0, MOST);
  const masked = mask(text, found);
  let next = 0;
  let marks = 0;

  // Called from left to right; the links that are passed over stand in code.
  const leaf = (from, to) => {
    const parts = [];
    let at = from;
    for (; found[next]?.from < to; next++) {
      const link = found[next];
      if (link.from < from) continue;
      parts.push(text.slice(at, link.from), { href: link.href, words: text.slice(link.from, link.to) });
      at = link.to;
    }
    return [...parts, text.slice(at, to)].filter(Boolean);
  };
  const read = (from, to) => {
    const parts = [];
    let at = from;
    for (const hit of masked.slice(from, to).matchAll(INLINE)) {
      if (++marks > MOST) break;
      const start = from + hit.index;
      const end = start + hit[0].length;
      parts.push(...leaf(at, start));
      if (hit[3]) parts.push({ tag: MARKS[hit[3]], inside: read(start + 1, end - 1) });
      else parts.push({ code: hit[1] ? text.slice(start + 3, end - 3).trim() : text.slice(start + 1, end - 1), block: !!hit[1] });
      // A block ends its line by itself.
      at = hit[1] && /\s/.test(text[end]) ? end + 1 : end;
    }
    return [...parts, ...leaf(at, to)];
  };
  return read(0, text.length);
}

const LONG = 1024;
const PIECE = /([^]{128}(?:\S{0,128}\s|[\p{M}\u200d\ufe0f]{0,16}))/u;

/**
 * Words in pieces between which a line may break, at blanks where there are any. A browser shapes a piece anew for each of
 * its lines: 65,536 Arabic letters in one took Chromium a minute, and as many accents on one letter 40 seconds.
 */
export const inPieces = (words) => (words.length > LONG ? words.split(PIECE).filter(Boolean) : [words]);

/** The text with letters in the place of its links, whose signs are no marks. */
function mask(text, found) {
  let masked = "";
  for (const { from, to } of found) masked += text.slice(masked.length, from) + "x".repeat(to - from);
  return masked + text.slice(masked.length);
}
