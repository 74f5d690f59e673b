// Files beside what is being written: judged by the server from their first bytes, then uploaded one after another (M2, M7).
import { useMemo, useSyncExternalStore } from "react";
import { putFile, useOutgoing, watch } from "@/external/inbox_app/components/inbox/thread/outgoing/outgoing.js";

/** So many first bytes tell what a file is. */
const HEAD = 4096;
const AGAIN = 3000;
const UNDER_WAY = ["waiting", "uploading"];
const SHOWN_HERE = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"];

/** `{id, thread, file, name, size, kind, pages, width, height, ref, thumb, picture, caption, state, share, problem}`; state: waiting, uploading, ready, refused or failed. */
let all = [];
let asked = false;
let working = false;
let count = 0;
const uploads = new Map();
const listeners = new Set();
const subscribe = (listener) => (listeners.add(listener), () => listeners.delete(listener));

function become(entries) {
  all = entries;
  listeners.forEach((listener) => listener());
}
const find = (id) => all.find((each) => each.id === id);
const change = (id, what) => become(all.map((each) => (each.id === id ? { ...each, ...what } : each)));
const drop = (ids) => {
  all.filter((each) => ids.includes(each.id)).forEach(forget);
  become(all.filter((each) => !ids.includes(each.id)));
};
function forget({ file, picture }) {
  if (file && picture?.startsWith("blob:")) URL.revokeObjectURL(picture);
}

/** Those of a thread, with what was attached before the page was loaded, but for what is being sent. */
export function useAttachments(thread) {
  const entries = useSyncExternalStore(subscribe, () => all, () => all);
  const outgoing = useOutgoing();
  if (typeof window !== "undefined") restore();
  const mine = useMemo(() => {
    const leaving = new Set(outgoing.map((each) => each.file?.ref));
    return entries.filter((each) => each.thread === thread && !(each.ref && leaving.has(each.ref)));
  }, [entries, outgoing, thread]);
  const ready = mine.filter((each) => each.state === "ready");
  const busy = mine.some((each) => UNDER_WAY.includes(each.state));
  return { entries: mine, ready, busy };
}

async function restore() {
  if (asked) return;
  asked = true;
  if (!navigator.onLine) return void window.addEventListener("online", restoreAnew, { once: true });
  const before = all;
  const answer = await fetch("/uploads").catch(() => null);
  if (!answer) setTimeout(restoreAnew, AGAIN);
  if (!answer?.ok) return;
  const told = (await answer.json()).items;
  const there = new Set(told.map((each) => each.ref));
  drop(before.filter((each) => each.ref && !there.has(each.ref)).map((each) => each.id));
  const known = new Set(all.map((each) => each.ref));
  become([...told.filter((each) => !known.has(each.ref)).map(restored), ...all]);
}

function restoreAnew() {
  asked = false;
  restore();
}

const restored = (told) => ({ ...kept(told), id: told.ref, thread: told.conversation, caption: "", state: "ready" });
function kept({ thumb, ...told }) {
  const { ref, name, size, kind, pages, width, height } = told;
  const address = thumb ? `/uploads/${ref}?size=thumb` : "";
  return { ref, name, size, kind, pages, width, height, thumb: address, picture: address };
}

export function add(thread, files) {
  const entries = [...files].map((file) => ({
    id: `new-${++count}`, thread, file, name: file.name, size: file.size, caption: "", state: "waiting", share: 0,
    picture: SHOWN_HERE.includes(file.type) ? URL.createObjectURL(file) : "",
  }));
  if (entries.length === 0) return;
  become([...all, ...entries]);
  work();
}

export function remove(id) {
  const { ref } = find(id) ?? {};
  uploads.get(id)?.abort();
  drop([id]);
  if (ref) fetch(`/uploads/${ref}`, { method: "DELETE" }).catch(() => {});
}

export function again(id) {
  change(id, { state: "waiting", share: 0, problem: "" });
  work();
}

export const setCaption = (id, caption) => change(id, { caption });

async function work() {
  if (working) return;
  working = true;
  for (let next; (next = all.find((each) => each.state === "waiting")); ) await upload(next);
  working = false;
}

async function upload({ id, thread, file }) {
  change(id, { state: "uploading" });
  const told = (await judged(thread, file)) ?? (find(id) && (await sent(id, thread, file)));
  if (!find(id)) return void (told?.ref && fetch(`/uploads/${told.ref}`, { method: "DELETE" }).catch(() => {}));
  if (told.ref) return void change(id, { ...kept(told), picture: find(id).picture || kept(told).picture, state: "ready" });
  const refused = told.problem && !told.again;
  change(id, { state: refused ? "refused" : "failed", problem: told.problem ?? "", picture: refused ? "" : find(id).picture });
}

/** Nothing when it may be uploaded; else what the server answers. */
async function judged(thread, file) {
  const size = new URLSearchParams({ conversation: thread, size: file.size });
  try {
    const answer = await fetch(`/uploads/check?${size}`, { method: "POST", body: await file.slice(0, HEAD).arrayBuffer() });
    const told = await answer.json();
    return answer.ok && !told.problem ? undefined : told;
  } catch {
    return {};
  }
}

/** `fetch` tells nothing of how far it has come. */
function sent(id, thread, file) {
  const request = new XMLHttpRequest();
  uploads.set(id, request);
  return new Promise((answered) => {
    const failed = () => answered({});
    request.upload.onprogress = ({ loaded, total }) => change(id, { share: loaded / total });
    request.onload = () => answered(request.response ?? {});
    request.onerror = request.onabort = request.ontimeout = failed;
    request.open("POST", `/uploads?${new URLSearchParams({ conversation: thread })}`);
    request.responseType = "json";
    request.setRequestHeader("x-filename", encodeURIComponent(file.name));
    request.send(file);
  }).finally(() => uploads.delete(id));
}

/** Sends those of the `entries` that are ready, `caption` with the first. */
export function send(thread, entries, caption) {
  const captions = entries.map((each, at) => (at === 0 && caption ? caption : each.caption));
  become(all.map((each) => (entries.includes(each) ? { ...each, caption: "" } : each)));
  entries.forEach((each, at) => putFile(thread, shown(each), captions[at]));
}
const shown = ({ ref, name, size, kind, pages, width, height, thumb, picture }) => ({ ref, name, size, kind, pages, width, height, thumb, picture });

let leaving = [];
/** What was answered has left; what went back without an answer is here again, unless it is gone from the server. */
watch((entries) => {
  const gone = leaving.filter((one) => !entries.some((each) => each.ref === one.ref));
  leaving = entries.filter((each) => each.file);
  if (gone.length === 0) return;
  const left = new Set(gone.filter((each) => each.answered).map((each) => each.file.ref));
  drop(all.filter((each) => left.has(each.ref)).map((each) => each.id));
  if (left.size < gone.length) restoreAnew();
});

if (typeof window !== "undefined")
  window.addEventListener("online", () => all.filter((each) => each.state === "failed").forEach((each) => again(each.id)));

// What is let go anywhere else on the page would be opened in its place, with all that is being written gone.
if (typeof document !== "undefined") {
  for (const name of ["dragover", "drop"])
    document.addEventListener(name, (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
}
