// A text that is too long for one message, as several that follow one another (M9).
import { size } from "@/external/inbox_app/components/forms/typed/typed.js";

/** Where one would rather part it: after a paragraph, a line, a sentence, a word. */
const ENDS = [/\n\s*\n/g, /\n/g, /[.!?…]+["»”)]*\s/g, /\s/g];

/** Parts of at most `most` characters, in order; nothing is lost but blanks where it is parted. */
export function parts(text, most) {
  const found = [];
  let rest = text.trim();
  while (size(rest) > most) {
    const head = [...rest].slice(0, most).join("");
    const end = place(head);
    found.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...found, rest].filter(Boolean);
}

/** The last good end in the second half of the text, else the last between two characters. */
function place(head) {
  for (const end of ENDS) {
    const last = [...head.matchAll(end)].at(-1);
    const after = last ? last.index + last[0].length : 0;
    if (after > head.length / 2) return after;
  }
  const characters = [...new Intl.Segmenter().segment(head)];
  return characters.length > 1 ? characters.at(-1).index : head.length;
}
