// Where in a text one can follow a link; most of it is a library, so it is not of the first load (M9).
import { LinkifyIt, REBuilder } from "linkify-it";
import { parse } from "@/external/inbox_app/components/inbox/thread/message_text/formatted_text.js";

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
export function linksIn(text) {
  return (finder.match(text) ?? []).flatMap(({ schema, index, raw, url }) => {
    const shown = raw.replace(/[*_~`]+$/, "");
    if (TURNS.test(raw) || (!schema && !BARE.some((kind) => kind.test(shown)))) return [];
    const href = schema ? url.slice(0, url.length - raw.length + shown.length) : `https://${shown}`;
    return [{ from: index, to: index + shown.length, href }];
  });
}

export const parseLinked = (text) => parse(text, linksIn(text));
