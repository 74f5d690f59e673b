// What was sent here and the server has not answered yet, oldest first; IndexedDB keeps it over a reload (M7).
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { createStore, del, set, values } from "idb-keyval";
import { reference } from "@/external/inbox_app/components/forms/typed/typed.js";

/** How long an answered text stays for its row to come in its place. */
const LINGER = 10_000;

/** `{ref, person, thread, text, at, handed, answered}`: given to the server at least once, accepted by it. */
let all = [];
let whose = "";
const takers = new Map();
const listeners = new Set();
const subscribe = (listener) => (listeners.add(listener), () => listeners.delete(listener));

function become(entries) {
  all = entries;
  listeners.forEach((listener) => listener());
}

let opened;
/** Without it (a private window may have none) the texts are kept by the page alone. */
const kept = async (work) => {
  try {
    opened ??= createStore("inbox", "outgoing");
    return await work(opened);
  } catch {
    return undefined;
  }
};

export const useOutgoing = () => useSyncExternalStore(subscribe, () => all, () => all);

export function useOutgoingOf(thread) {
  const entries = useOutgoing();
  return useMemo(() => entries.filter((each) => each.thread === thread), [entries, thread]);
}

/** Takes a text to be sent as soon as it can be. */
export function put(thread, text) {
  const entry = { ref: reference(), person: whose, thread, text, at: Date.now() };
  become([...all, entry]);
  kept((store) => set(entry.ref, entry, store));
}

/** What this person sent from this browser before the page was loaded, each text once. */
export async function restore(person) {
  if (!person || whose === person) return;
  whose = person;
  become(all.map((each) => (each.person ? each : { ...each, person })));
  all.forEach((each) => kept((store) => set(each.ref, each, store)));
  const found = (await kept((store) => values(store))) ?? [];
  const known = new Set(all.map((each) => each.ref));
  const theirs = found.filter((each) => each.person === person && !known.has(each.ref));
  if (theirs.length > 0) become([...theirs.sort((one, other) => one.at - other.at), ...all]);
}

/** Those that the server has to be told; all that it has not answered, or what it was never told. */
export const toTell = (again) => all.filter((each) => !each.answered && (again || !each.handed));

export function handed(refs) {
  if (all.some((each) => refs.has(each.ref) && !each.handed))
    become(all.map((each) => (refs.has(each.ref) ? { ...each, handed: true } : each)));
}

/** The server's answers, each for one text: what it refused goes back into the box that is open on its thread. */
export function settle(answers) {
  for (const { ref, outcome } of answers) {
    const entry = all.find((each) => each.ref === ref);
    if (!entry || entry.answered) continue;
    kept((store) => del(ref, store));
    if (outcome === "sent") {
      become(all.map((each) => (each === entry ? { ...each, answered: true } : each)));
      setTimeout(() => drop(ref), LINGER);
    } else {
      drop(ref);
      if (outcome === "refused") takers.get(entry.thread)?.(entry.text);
    }
  }
}

/** Its row has come in its place, or never will. */
export function drop(ref) {
  if (all.some((each) => each.ref === ref)) become(all.filter((each) => each.ref !== ref));
}

/** While mounted, the box of `thread`: `take(text)` gets what was refused. */
export function useTaker(thread, take) {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const mine = (text) => latest.current(text);
    takers.set(thread, mine);
    return () => takers.get(thread) === mine && takers.delete(thread);
  }, [thread]);
}

/** Whether so many milliseconds have gone by since a moment of this computer's clock. */
export function useElapsed(at, after) {
  const [past, setPast] = useState(() => Date.now() - at >= after);
  useEffect(() => {
    const timer = setTimeout(() => setPast(true), Math.max(0, at + after - Date.now()));
    return () => clearTimeout(timer);
  }, [at, after]);
  return past;
}
