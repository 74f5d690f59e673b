// Files beside what is being written: the page knows of each at once, what uploads them comes when it is idle or wanted (M2, M7).
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { reference } from "@/external/inbox_app/components/forms/typed/typed.js";
import { ahead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";
import { putFile, useOutgoing } from "@/external/inbox_app/components/inbox/outgoing/outgoing/outgoing.js";

const MAY_LEAVE = ["waiting", "uploading", "ready"];
const SHOWN_HERE = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"];
export const uploader = ahead(() => import("@/external/inbox_app/components/inbox/outgoing/uploads/uploader.js"));

/** `{ref, thread, file, name, size, kind, pages, width, height, thumb, picture, caption, state, share, problem}`; state: waiting, uploading, ready (the server has it), refused or failed. */
let all = [];
const listeners = new Set();
const subscribe = (listener) => (listeners.add(listener), () => listeners.delete(listener));

export const uploads = () => all;
export const find = (ref) => all.find((each) => each.ref === ref);
export function become(entries) {
  all = entries;
  listeners.forEach((listener) => listener());
}
export const change = (ref, what) => become(all.map((each) => (each.ref === ref ? { ...each, ...what } : each)));
export const setCaption = (ref, caption) => change(ref, { caption });

/** What becomes of one of them. */
export const useUpload = (ref) => useSyncExternalStore(subscribe, () => find(ref), () => undefined);

/** Those of a thread, but for what is being sent; `attached`: the refs of those that the server has. */
export function useUploads(thread, attached) {
  const entries = useSyncExternalStore(subscribe, () => all, () => all);
  const outgoing = useOutgoing();
  const mine = useMemo(() => {
    const leaving = new Set(outgoing.map((each) => each.file?.ref));
    return entries.filter((each) => each.thread === thread && !leaving.has(each.ref));
  }, [entries, outgoing, thread]);
  const told = attached?.join(" ");
  useEffect(() => {
    const known = mine.filter((each) => each.state === "ready");
    const differ = attached?.some((ref) => !find(ref)) || known.some(({ ref }) => !attached?.includes(ref));
    if (attached && differ) uploader().then(({ restore }) => restore());
  }, [thread, told]);
  return { entries: mine, sendable: mine.filter((each) => MAY_LEAVE.includes(each.state)) };
}

/** A file as it is known before the server has looked into it. */
export const begun = (file) => ({
  file, name: file.name, size: file.size, kind: file.type.startsWith("image/") ? "image" : "document", caption: "", state: "waiting", share: 0,
  picture: SHOWN_HERE.includes(file.type) ? URL.createObjectURL(file) : "",
});

export function attach(thread, files) {
  const entries = [...files].map((file) => ({ ref: reference(), thread, ...begun(file) }));
  if (entries.length === 0) return;
  become([...all, ...entries]);
  uploader().then(({ work }) => work());
}

/** Sends the `entries`, each as soon as the server has it, `caption` with the first. */
export function send(thread, entries, caption) {
  const captions = entries.map((each, at) => (at === 0 && caption ? caption : each.caption));
  become(all.map((each) => (entries.includes(each) ? { ...each, caption: "" } : each)));
  entries.forEach((each, at) => putFile(thread, shown(each), captions[at], each.state !== "ready"));
}
const shown = ({ ref, name, size, kind, pages, width, height, thumb, picture }) => ({ ref, name, size, kind, pages, width, height, thumb, picture });
