// What WhatsApp makes of a text: a tree of plain words, links and marks (*bold*, _italic_, ~strike~, `code`) (M9).
import { LinkifyIt, REBuilder } from "linkify-it";

/** The same as domain/links.py has them: endings that make a bare domain a link without a path behind it. */
export const ENDINGS = `
com net org info biz io eu it es fr de uk ch at pt nl be pl gr hr me co us cat ie dk fi cz sk hu ro
bg lu mt cy ee lv lt ru ua tr br mx ar cl pe au nz jp cn za app dev ai tv cc gl ly gg link page site
online shop store xyz travel house homes hotel holiday villas apartments rentals vacations tours
cafe restaurant
`.trim().split(/\s+/);

const ENDING = [...ENDINGS, ...ENDINGS.map((each) => each.toUpperCase())].join("|");
const BARE = [
  /^www\./i,
  new RegExp(`[\\p{L}\\p{N}_-]{2}\\.(?:${ENDING})(?![^/?#])`, "u"),
  /^[a-z]\.(?:com|co|me)(?![^/?#])/,
  /^[^/?#]*\p{L}\.[a-z]{2,24}\/[\p{L}\p{N}_]/u,
];

// They would show another address than the one it leads to.
const TURNS = /[\u202a-\u202e\u2066-\u2069]/;

/** Finds a domain of any ending; `BARE` says which are links. */
class AnyEnding extends REBuilder {
  get_tld() {
    return /[a-z]{2,24}/;
  }
}

// No other schemes than these two and mailto: what else one could follow does not lead to the web.
const finder = new LinkifyIt({ fuzzyLink: true, urlAuth: true, rebuilder: new AnyEnding() }).add("ftp:").add("//");

/** The links in a text: where each stands, and where it leads. */
export function links(text) {
  if (!/[.@]|:\/\//.test(text)) return [];
  return (finder.match(text) ?? []).flatMap(({ schema, index, raw, url }) => {
    const shown = raw.replace(/[*_~`]+$/, "");
    if (TURNS.test(raw) || (!schema && !BARE.some((kind) => kind.test(shown)))) return [];
    const href = schema ? url.slice(0, url.length - raw.length + shown.length) : `https://${shown}`;
    return [{ from: index, to: index + shown.length, href }];
  });
}

/** Of links, and of marks: what one text has more of stays plain, so that it never keeps the page busy. */
const MOST = 300;
const MARKS = { "*": "strong", _: "em", "~": "s" };
const INLINE =
  /```([\s\S]+?)```|`([^`\n]+)`|(?<![\p{L}\p{N}])([*_~])(?!\s)(?:(?!\3)[^\n])+(?<!\s)\3(?![\p{L}\p{N}])/gu;

/** A list of words (a string), links (`{href, words}`) and marks (`{tag, inside}`, `{code, block}`). */
export function parse(text, withLinks = true) {
  const found = withLinks ? links(text).slice(0, MOST) : [];
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
