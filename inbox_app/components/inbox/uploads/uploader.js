// Brings files to the server, which judges each by its first bytes before all of it is uploaded, one after another (M2, M7).
import { watch } from "@/external/inbox_app/components/inbox/thread/outgoing/outgoing.js";
import { become, change, find, uploads } from "@/external/inbox_app/components/inbox/uploads/uploads/uploads.js";

/** So many first bytes tell what a file is. */
const HEAD = 4096;
const AGAIN = 3000;

let asked = false;
let working = false;
const requests = new Map();

const drop = (ids) => {
  uploads().filter((each) => ids.includes(each.id)).forEach(forget);
  become(uploads().filter((each) => !ids.includes(each.id)));
};
function forget({ file, picture }) {
  if (file && picture?.startsWith("blob:")) URL.revokeObjectURL(picture);
}

/** Asks once for what was attached before the page was loaded. */
export async function restore() {
  if (asked) return;
  asked = true;
  if (!navigator.onLine) return void window.addEventListener("online", restoreAnew, { once: true });
  const before = uploads();
  const answer = await fetch("/uploads").catch(() => null);
  if (!answer) setTimeout(restoreAnew, AGAIN);
  if (!answer?.ok) return;
  const told = (await answer.json()).items;
  const there = new Set(told.map((each) => each.ref));
  drop(before.filter((each) => each.ref && !there.has(each.ref)).map((each) => each.id));
  const known = new Set(uploads().map((each) => each.ref));
  become([...told.filter((each) => !known.has(each.ref)).map(restored), ...uploads()]);
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

export function remove(id) {
  const { ref } = find(id) ?? {};
  requests.get(id)?.abort();
  drop([id]);
  if (ref) fetch(`/uploads/${ref}`, { method: "DELETE" }).catch(() => {});
}

export function again(id) {
  change(id, { state: "waiting", share: 0, problem: "" });
  work();
}

export async function work() {
  if (working) return;
  working = true;
  for (let next; (next = uploads().find((each) => each.state === "waiting")); ) await upload(next);
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
  requests.set(id, request);
  return new Promise((answered) => {
    const failed = () => answered({});
    request.upload.onprogress = ({ loaded, total }) => change(id, { share: loaded / total });
    request.onload = () => answered(request.response ?? {});
    request.onerror = request.onabort = request.ontimeout = failed;
    request.open("POST", `/uploads?${new URLSearchParams({ conversation: thread })}`);
    request.responseType = "json";
    request.setRequestHeader("x-filename", encodeURIComponent(file.name));
    request.send(file);
  }).finally(() => requests.delete(id));
}

let leaving = [];
/** What was answered has left; what went back without an answer is here again, unless it is gone from the server. */
watch((entries) => {
  const gone = leaving.filter((one) => !entries.some((each) => each.ref === one.ref));
  leaving = entries.filter((each) => each.file);
  if (gone.length === 0) return;
  const left = new Set(gone.filter((each) => each.answered).map((each) => each.file.ref));
  drop(uploads().filter((each) => left.has(each.ref)).map((each) => each.id));
  if (left.size < gone.length) restoreAnew();
});

window.addEventListener("online", () => uploads().filter((each) => each.state === "failed").forEach((each) => again(each.id)));
