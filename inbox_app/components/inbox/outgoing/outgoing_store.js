// What the server does not have yet, as the browser keeps it over a reload. Each entry is of one tab, which tells the server of it;
// when that tab is gone, it is of another: a lock is held for as long as a page lives (M7).
import { createStore, del, get, promisifyRequest, values } from "idb-keyval";
import { reference } from "@/external/inbox_app/components/forms/typed/typed.js";

const tab = reference();
const locks = globalThis.navigator?.locks;
const lockOf = (page) => `outgoing of ${page}`;
locks?.request(lockOf(tab), () => new Promise(() => {}));

const opened = new Map();
/** Without it (a private window may have none) the entries are kept by the page alone. */
async function inStore(database, name, work) {
  try {
    if (!opened.has(database)) opened.set(database, createStore(database, name));
    return await work(opened.get(database));
  } catch {
    return undefined;
  }
}

/** Entries `{ref, person, …}` in a database of their own, each of one tab. */
export function keptIn(database, name) {
  const kept = (work) => inStore(database, name, work);
  const awaited = new Set();

  /** Says whether the browser has it. */
  const keep = (entry) => kept(async (store) => {
    await store("readwrite", (entries) => {
      entries.put({ ...entry, tab }, entry.ref);
      // By itself it would be over only when the page has heard of it: one that is closed at once never does.
      entries.transaction.commit();
      return promisifyRequest(entries.transaction);
    });
    return true;
  });
  const ofOthers = async (person) => {
    const all = (await kept((store) => values(store))) ?? [];
    return all.filter((entry) => entry.person === person && entry.tab !== tab);
  };

  /** Hands to `take` what this person left in pages that are gone: now, and when another goes. */
  async function adopt(person, take) {
    for (const page of new Set((await ofOthers(person)).map((entry) => entry.tab))) {
      if (awaited.has(page)) continue;
      awaited.add(page);
      const inherit = async () => {
        awaited.delete(page);
        const found = (await ofOthers(person)).filter((entry) => entry.tab === page);
        await Promise.all(found.map(keep));
        if (found.length > 0) take(found);
      };
      if (locks) locks.request(lockOf(page), inherit);
      else inherit();
    }
  }
  return { keep, adopt, forget: (ref) => kept((store) => del(ref, store)), find: (ref) => kept((store) => get(ref, store)) };
}

/** Whether it is known when a page goes. */
export const canTellWhoIsGone = locks !== undefined;
