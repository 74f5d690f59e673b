// What is sent from one thread leaves in its order, texts and files alike (M7), and only who knows of it can take it back (M11).

/** The refs of the files whose upload is not over, and of what was sent after one of them in its thread. */
export function heldUp(entries) {
  const threads = new Set();
  return new Set(entries.filter((each) => {
    if (each.waits) threads.add(each.thread);
    return threads.has(each.thread) && !each.handed && !each.undoing;
  }).map((each) => each.ref));
}

/** Whether the server may have it: told by this page, or perhaps by the one that it was `inherited` from. */
export const mayBeThere = ({ handed, inherited, waits }) => Boolean(handed || (inherited && !waits));
