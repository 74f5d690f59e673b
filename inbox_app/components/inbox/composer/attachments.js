// Files beside what is being written: judged by the server from their first bytes, then uploaded one after another (M2, M7).
import { useMemo, useSyncExternalStore } from "react";
import { reference } from "@/external/inbox_app/components/forms/typed/typed.js";

/** So many first bytes tell what a file is. */
const HEAD = 4096;
const AGAIN = 3000;
const UNDER_WAY = ["waiting", "uploading", "sending"];
const SHOWN_HERE = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"];

/** `{id, thread, file, name, size, kind, pages, ref, picture, caption, state, share, problem}`; state: waiting, uploading, ready, sending, refused or failed. */
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

/** Those of a thread, with what was attached before the page was loaded. */
export function useAttachments(thread) {
  const entries = useSyncExternalStore(subscribe, () => all, () => all);
  if (typeof window !== "undefined") restore();
  const mine = useMemo(() => entries.filter((each) => each.thread === thread), [entries, thread]);
  const ready = mine.filter((each) => each.state === "ready");
  const busy = mine.some((each) => UNDER_WAY.includes(each.state));
  return { entries: mine, ready, busy };
}

async function restore() {
  if (asked) return;
  asked = true;
  const answer = await fetch("/uploads").catch(() => null);
  if (!answer?.ok) return void (asked = answer !== null);
  const known = new Set(all.map((each) => each.ref));
  const found = (await answer.json()).items.filter((each) => !known.has(each.ref));
  become([...found.map(restored), ...all]);
}

const restored = (told) => ({ ...kept(told), id: told.ref, thread: told.conversation, caption: "", state: "ready" });
const kept = ({ ref, name, size, kind, pages, thumb }) => ({
  ref, name, size, kind, pages, picture: thumb ? `/uploads/${ref}?size=thumb` : "",
});

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

/** Sends those that are ready, `caption` with the first or `text` before them; asks until it is answered. */
export async function send(thread, { caption = "", text = "" }, onRefused) {
  const leaving = all.filter((each) => each.thread === thread && each.state === "ready");
  const ids = leaving.map((each) => each.id);
  const files = leaving.map((each, at) => ({ ref: each.ref, caption: at === 0 && caption ? caption : each.caption }));
  become(all.map((each) => (ids.includes(each.id) ? { ...each, state: "sending" } : each)));
  const answer = await answerTo(JSON.stringify({ conversation: thread, text, ref: reference(), files }));
  if (answer.ok) return drop(ids);
  become(all.map((each) => (ids.includes(each.id) ? { ...each, state: "ready" } : each)));
  onRefused((await answer.json().catch(() => ({}))).problem ?? "");
}

/** Sent twice, it is taken once. */
async function answerTo(body) {
  for (;;) {
    const answer = await fetch("/uploads/send", { method: "POST", body }).catch(() => null);
    if (answer && answer.status < 500) return answer;
    await new Promise((rested) => setTimeout(rested, AGAIN));
  }
}

if (typeof window !== "undefined")
  window.addEventListener("online", () => all.filter((each) => each.state === "failed").forEach((each) => again(each.id)));

// What is let go anywhere else on the page would be opened in its place, with all that is being written gone.
if (typeof document !== "undefined") {
  for (const name of ["dragover", "drop"])
    document.addEventListener(name, (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
}
