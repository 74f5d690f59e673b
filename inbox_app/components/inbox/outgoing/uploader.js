// Brings files to the server, which judges each by its first bytes before all of it is uploaded, one after another (M2, M7).
import { giveUp, uploaded, watch } from "@/external/inbox_app/components/inbox/outgoing/outgoing/outgoing.js";
import { become, begun, change, find, uploads } from "@/external/inbox_app/components/inbox/outgoing/uploads/uploads.js";
import { adoptFiles, forgetFile, keepFile, keptFile } from "@/external/inbox_app/components/inbox/outgoing/uploads/kept_files.js";

/** So many first bytes tell what a file is. */
const HEAD = 4096;
const AGAIN = 3000;
const LONGEST = 60_000;

let working = false;
let restoring = null;
let leaving = [];
const requests = new Map();
const tries = new Map();

function drop(refs) {
  const gone = uploads().filter((each) => refs.has(each.ref));
  gone.filter((each) => each.picture?.startsWith("blob:")).forEach((each) => URL.revokeObjectURL(each.picture));
  become(uploads().filter((each) => !refs.has(each.ref)));
}
const takeAway = (ref) => fetch(`/uploads/${ref}`, { method: "DELETE" }).catch(() => {});

/** Asks the server for what is beside the drafts; says whether it answered. */
export const restore = () => (restoring ??= ask().finally(() => (restoring = null)));

async function ask() {
  const before = uploads().filter((each) => each.state === "ready");
  const answer = await fetch("/uploads").catch(() => null);
  if (!answer?.ok) {
    if (!answer) setTimeout(restore, AGAIN);
    return false;
  }
  const told = (await answer.json()).items;
  const there = new Set(told.map((each) => each.ref));
  drop(new Set(before.map((each) => each.ref).filter((ref) => !there.has(ref))));
  const fresh = told.filter((each) => !find(each.ref));
  become([...fresh.map((each) => ({ ...kept(each), thread: each.conversation, caption: "", state: "ready" })), ...uploads()]);
  fresh.forEach((each) => uploaded(each.ref, kept(each)));
  return true;
}

function kept({ thumb, ...told }) {
  const { ref, name, size, kind, pages, width, height } = told;
  const address = thumb ? `/uploads/${ref}?size=thumb` : "";
  return { ref, name, size, kind, pages, width, height, thumb: address, picture: address };
}

/** What this `person` attached in pages that are gone, and the server does not have. */
export const adopt = (person) => adoptFiles(person, (found) => found.filter((each) => !find(each.ref)).forEach(takeIn));

function takeIn({ ref, thread, name, size, file }) {
  if (file) become([...uploads(), { ref, thread, ...begun(file) }]);
  else become([...uploads(), { ref, thread, name, size, state: "refused", problem: "lost" }]);
  if (file) work();
}

export function remove(ref) {
  requests.get(ref)?.abort();
  drop(new Set([ref]));
  forgetFile(ref);
  takeAway(ref);
}

export function again(ref) {
  if (find(ref)?.state !== "failed") return;
  change(ref, { state: "waiting", share: 0, problem: "" });
  work();
}

export async function work() {
  uploads().filter((each) => each.state === "waiting").forEach(keepFile);
  if (working) return;
  working = true;
  for (let next; navigator.onLine && (next = first()); ) await upload(next);
  working = false;
}

/** What is being sent goes before what may be. */
function first() {
  const waiting = uploads().filter((each) => each.state === "waiting");
  return waiting.find((each) => isLeaving(each.ref)) ?? waiting[0];
}
const isLeaving = (ref) => leaving.some((each) => each.file.ref === ref);

async function upload({ ref, thread, file }) {
  change(ref, { state: "uploading" });
  const told = (await judged(ref, thread, file)) ?? (find(ref) && (await sent(ref, thread, file)));
  if (!find(ref)) return void takeAway(ref);
  if (told.ref) arrived(told);
  else if (told.problem && !told.again) refused(ref, told.problem);
  else failed(ref, told.problem ?? "");
}

function arrived(told) {
  forgetFile(told.ref);
  tries.delete(told.ref);
  const about = kept(told);
  change(told.ref, { ...about, picture: find(told.ref).picture || about.picture, state: "ready" });
  uploaded(told.ref, about);
}

function refused(ref, problem) {
  forgetFile(ref);
  change(ref, { state: "refused", problem, picture: "" });
  giveUp(ref);
}

/** What is being sent is tried again by itself, with growing pauses. */
function failed(ref, problem) {
  if (!navigator.onLine) return change(ref, { state: "waiting" });
  change(ref, { state: "failed", problem });
  const before = tries.get(ref) ?? 0;
  tries.set(ref, before + 1);
  setTimeout(() => isLeaving(ref) && again(ref), Math.min(AGAIN * 2 ** before, LONGEST));
}

/** Nothing when it may be uploaded; else what the server answers: it may have it already. */
async function judged(ref, thread, file) {
  const asked = new URLSearchParams({ conversation: thread, ref, size: file.size });
  try {
    const answer = await fetch(`/uploads/check?${asked}`, { method: "POST", body: await file.slice(0, HEAD).arrayBuffer() });
    const told = await answer.json();
    return answer.ok && !told.problem && !told.ref ? undefined : told;
  } catch {
    return {};
  }
}

/** `fetch` tells nothing of how far it has come. */
function sent(ref, thread, file) {
  const request = new XMLHttpRequest();
  requests.set(ref, request);
  return new Promise((answered) => {
    const broken = () => answered({});
    request.upload.onprogress = ({ loaded, total }) => change(ref, { share: loaded / total });
    request.onload = () => answered(request.response ?? {});
    request.onerror = request.onabort = request.ontimeout = broken;
    request.open("POST", `/uploads?${new URLSearchParams({ conversation: thread, ref })}`);
    request.responseType = "json";
    request.setRequestHeader("x-filename", encodeURIComponent(file.name));
    request.send(file);
  }).finally(() => requests.delete(ref));
}

watch((entries) => {
  const gone = leaving.filter((one) => !entries.some((each) => each.ref === one.ref));
  const begun = entries.filter((each) => each.waits && !leaving.some((one) => one.ref === each.ref));
  leaving = entries.filter((each) => each.file);
  begun.forEach(bring);
  if (gone.length === 0) return;
  drop(new Set(gone.filter((each) => each.answered).map((each) => each.file.ref)));
  // What went back is here again, unless it is gone from the server.
  if (gone.some((each) => !each.answered && !each.waits)) restore();
});

/** What is being sent and was attached before the page was loaded. */
async function bring(entry) {
  const { thread, file: { ref, name, size } } = entry;
  if (find(ref)) return tell(ref);
  const { file } = (await keptFile(ref)) ?? {};
  if (!file && !(await restore())) return void setTimeout(() => isLeaving(ref) && bring(entry), AGAIN);
  if (find(ref)) return tell(ref);
  takeIn({ ref, thread, name, size, file });
  if (!file) giveUp(ref);
}

/** The server may have told that it has the file before it was known here that it is being sent. */
function tell(ref) {
  const known = find(ref);
  if (known.state === "ready") uploaded(ref, kept(known));
}

window.addEventListener("online", () => {
  uploads().filter((each) => each.state === "failed").forEach((each) => again(each.ref));
  work();
});
