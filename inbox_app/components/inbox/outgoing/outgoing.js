// What was sent here and the server has not answered yet, oldest first; the browser keeps it over a reload (M7).
import { useEffect, useMemo, useReducer, useRef, useSyncExternalStore } from "react";
import { now, useMoment } from "@/external/inbox_app/components/i18n/times/times.jsx";
import { reference } from "@/external/inbox_app/components/forms/typed/typed.js";
import { heldUp, mayBeThere } from "@/external/inbox_app/components/inbox/outgoing/outgoing/sending_order.js";
import { canTellWhoIsGone, keptIn } from "@/external/inbox_app/components/inbox/outgoing/outgoing/outgoing_store.js";

const { adopt, forget, keep } = keptIn("inbox", "outgoing");
/** How long an answered text stays for its row to come in its place. */
const LINGER = 10_000;

/**
 * `{ref, person, thread, text, at, when?, file?}` and what became of it: a file `waits` until its upload is over, and what was sent
 * after it in its thread with it; then it is `handed` to the server at a moment, `answered` by it at another, being taken back
 * (`undoing`: in which turn), which came `tooLate`.
 */
let all = [];
let whose = "";
let hold = 0;
let latest = 0;
let turn = 0;
const takers = new Map();
/** By thread, what no server knows of and no box was there for. */
const left = new Map();
/** The refs whose rows have come: taken back elsewhere, those go, and nothing stands in their place. */
const brought = new Set();
const listeners = new Set();
const subscribe = (listener) => (listeners.add(listener), () => listeners.delete(listener));

function become(entries) {
  all = entries;
  listeners.forEach((listener) => listener());
}

/** Calls `look(entries)` now and whenever they change. */
export const watch = (look) => (look(all), subscribe(() => look(all)));

export const person = () => whose;

export const useOutgoing = () => useSyncExternalStore(subscribe, () => all, () => all);

export function useOutgoingOf(thread) {
  const entries = useOutgoing();
  return useMemo(() => entries.filter((each) => each.thread === thread), [entries, thread]);
}

/** The newest of a thread that has not come back. */
export function useLatestOf(thread) {
  const find = () => all.findLast((each) => each.thread === thread && !each.undoing);
  return useSyncExternalStore(subscribe, find, () => undefined);
}

/** What was drawn from the page's memory is drawn from the server after a reload. */
const store = (entry) => keep(entry.file ? { ...entry, file: { ...entry.file, picture: entry.file.thumb } } : entry);

/** Now, and never the same twice: what was sent in one go keeps its order over a reload. */
const moment = () => (latest = Math.max(Date.now(), latest + 1));

/** Takes a text to be sent as soon as it can be; with a `when`, `{local, fallback}`, to wait on the server for it. */
export function put(thread, text, when) {
  const entry = { ref: reference(), person: whose, thread, text, when, at: moment() };
  become([...all, entry]);
  store(entry);
}

/**
 * The same for what was attached, with its caption; it is `file` until it is answered: `{ref, name, kind, size, pages, width,
 * height, thumb, picture}`, by the ref of its upload, which may be under way (`waits`).
 */
export function putFile(thread, file, text, waits) {
  const entry = { ref: `upload:${file.ref}`, person: whose, thread, text, file, waits, at: moment() };
  if (all.some((each) => each.ref === entry.ref)) return;
  become([...all, entry]);
  store(entry);
}

/** The server has the file of what is being sent, and knows `about` it. */
export function uploaded(ref, about) {
  const entry = all.find((each) => each.waits && each.file.ref === ref);
  if (!entry) return;
  const whole = { ...entry, waits: false, file: { ...entry.file, ...about, picture: entry.file.picture || about.picture } };
  become(all.map((each) => (each === entry ? whole : each)));
  store(whole);
}

/** It never will: what goes with the file is in the box again, once that is there. */
export function giveUp(ref) {
  const entry = all.find((each) => each.file?.ref === ref);
  if (!entry) return;
  drop(entry.ref);
  if (takers.has(entry.thread)) giveBack([entry]);
  else if (entry.text) left.set(entry.thread, [left.get(entry.thread), entry.text].filter(Boolean).join("\n"));
}

/** What this person sent from this browser before the page was loaded, each text once. */
export async function restore(person) {
  if (!person || whose === person) return;
  whose = person;
  become(all.map((each) => (each.person ? each : { ...each, person })));
  all.filter((each) => !each.answered).forEach(store);
  await adopt(person, takeOver);
}

/** What was left by pages that have gone since. */
export const restoreMore = () => whose && canTellWhoIsGone && adopt(whose, takeOver);

function takeOver(entries) {
  const known = new Set(all.map((each) => each.ref));
  const theirs = entries.filter((each) => each.person === whose && !known.has(each.ref));
  const before = (one, other) => one.at - other.at;
  if (theirs.length > 0) become([...theirs.map((each) => ({ ...each, handed: false, inherited: true })), ...all].sort(before));
}

/** Those that the server has to be told, what is taken back in its turn; all that it has not answered, or what it was never told. */
export function toTell(again) {
  const waiting = heldUp(all);
  const due = all.filter((each) => (!each.answered || each.undoing) && (again || !each.handed) && !waiting.has(each.ref));
  return due.sort((one, other) => (one.undoing || 0) - (other.undoing || 0));
}

const change = (ref, news) => become(all.map((each) => (each.ref === ref ? { ...each, ...news } : each)));

export function handed(refs) {
  if (all.some((each) => refs.has(each.ref) && !each.handed))
    become(all.map((each) => (refs.has(each.ref) && !each.handed ? { ...each, handed: Date.now() } : each)));
}

/** The server's answers, each for one text: what does not leave goes back into the box that is open on its thread. */
export function settle(answers) {
  const back = [];
  for (const { ref, outcome } of answers) {
    const entry = all.find((each) => each.ref === ref);
    if (entry && ANSWERS[outcome]?.(entry)) back.push(entry);
  }
  giveBack(back);
}

/** Each says whether the text goes back into the box. */
const ANSWERS = {
  sent(entry) {
    if (entry.answered) return false;
    forget(entry.ref);
    change(entry.ref, { answered: Date.now() });
    setTimeout(() => drop(entry.ref), Math.max(LINGER, hold));
    return false;
  },
  refused(entry) {
    drop(entry.ref);
    return true;
  },
  undone(entry) {
    drop(entry.ref);
    return entry.undoing;
  },
  too_late(entry) {
    if (!entry.undoing) return false;
    forget(entry.ref);
    change(entry.ref, { undoing: false, tooLate: true, answered: Date.now() });
    setTimeout(() => drop(entry.ref), LINGER);
    return false;
  },
};

/** Where their thread is not open any more, the server has them as the draft. */
function giveBack(unordered) {
  const entries = unordered.sort((one, other) => one.at - other.at);
  for (const thread of new Set(entries.map((each) => each.thread)))
    takers.get(thread)?.(entries.filter((each) => each.thread === thread && each.text).map((each) => each.text).join("\n"));
}

/** Those of a thread that still need a bubble of their own, beside the `rows` that the server has brought. */
export function withoutRow(entries, rows) {
  rows.forEach((row) => row.client_ref && brought.add(row.client_ref));
  return entries.filter((each) => !brought.has(each.ref));
}

function drop(ref) {
  forget(ref);
  if (all.some((each) => each.ref === ref)) become(all.filter((each) => each.ref !== ref));
}

/**
 * Wants a text back (M11), `{thread, text}` where it was sent from another page: what the server never heard of comes at
 * once, the rest when it says that it does not leave.
 */
export function takeBack(ref, row) {
  const entry = all.find((each) => each.ref === ref);
  if (!entry) {
    become([...all, { ref, person: whose, ...row, at: Date.now(), answered: Date.now(), undoing: ++turn }]);
    return;
  }
  if (!mayBeThere(entry)) {
    drop(ref);
    giveBack([entry]);
    return;
  }
  const undoing = ++turn;
  change(ref, { undoing, handed: false });
  if (!entry.answered) store({ ...entry, undoing });
}

/** The same for several of one thread, oldest first: the last goes first, as each comes to stand before what is in the box. */
export function takeAllBack(entries) {
  const here = entries.filter((each) => !each.handed);
  here.forEach((each) => drop(each.ref));
  giveBack(here);
  entries.filter((each) => each.handed).reverse().forEach((each) => takeBack(each.ref));
}

/** How many seconds the server holds what it is sent. */
export const holdFor = (seconds) => void (hold = seconds * 1000);

/** When a text that was sent here can be taken back no more; 0: it cannot, Infinity: nobody knows yet. */
export function heldUntil(entry) {
  if (entry.undoing || entry.when || entry.tooLate) return 0;
  if (!entry.answered) return hold > 0 || !entry.handed ? Infinity : 0;
  return hold > 0 ? entry.answered + hold : 0;
}

/** What may be done about what was sent here, or is held for this person by the server, as its `row` says: "undo", or "" and "too late". */
export function useUndo(ref, row) {
  const find = () => (ref ? all.find((each) => each.ref === ref) : undefined);
  const entry = useSyncExternalStore(subscribe, find, find);
  useElapsed(entry?.answered || 0, hold);
  const isHeld = useMoment(() => (row?.author === whose && (row.until === 0 || row.until > now()) ? "held" : ""));
  if (entry?.undoing || entry?.when) return "";
  if (entry?.tooLate) return "too late";
  const inTime = entry && heldUntil(entry) > Date.now();
  return inTime || isHeld ? "undo" : "";
}

/** While mounted, the box of `thread`: `take(text)` gets what does not leave. */
export function useTaker(thread, take) {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const mine = (text) => latest.current(text);
    takers.set(thread, mine);
    if (left.has(thread)) mine(left.get(thread));
    left.delete(thread);
    return () => takers.get(thread) === mine && takers.delete(thread);
  }, [thread]);
}

/** Whether so many milliseconds have gone by since a moment of this computer's clock. */
export function useElapsed(at, after) {
  const [, look] = useReducer((count) => count + 1, 0);
  const left = at + after - Date.now();
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(look, left + 10);
    return () => clearTimeout(timer);
  }, [at, after]);
  return left <= 0;
}
