// Files that the server does not have yet, as the browser keeps them over a reload (M7).
import { keptIn } from "@/external/inbox_app/components/inbox/outgoing/outgoing/outgoing_store.js";
import { person } from "@/external/inbox_app/components/inbox/outgoing/outgoing/outgoing.js";

/** A larger one is not copied: no channel takes it. */
const LARGEST = 100 * 1024 * 1024;
const files = keptIn("inbox-files", "files");
const known = new Set();
let latest = 0;

/** Where the browser has no room for it, its name is kept, to say what was lost. */
export async function keepFile({ ref, thread, name, size, file }) {
  if (known.has(ref)) return;
  known.add(ref);
  latest = Math.max(Date.now(), latest + 1);
  const about = { ref, thread, name, size, person: person(), at: latest };
  const whole = size <= LARGEST && (await files.keep({ ...about, file }));
  if (!whole && known.has(ref)) await files.keep(about);
  if (!known.has(ref)) files.forget(ref);
}

export function forgetFile(ref) {
  known.delete(ref);
  files.forget(ref);
}

export const keptFile = files.find;
/** In the order in which they were attached. */
export const adoptFiles = (person, take) => files.adopt(person, (found) => take(found.sort((one, other) => one.at - other.at)));
