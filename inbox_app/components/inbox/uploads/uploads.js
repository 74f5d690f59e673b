// Files beside what is being written: the page knows of each at once, what uploads them comes when it is idle or wanted (M2, M7).
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { ahead } from "@/external/inbox_app/components/layout/lazy_ahead/lazy_ahead.js";
import { putFile, useOutgoing } from "@/external/inbox_app/components/inbox/thread/outgoing/outgoing.js";

const UNDER_WAY = ["waiting", "uploading"];
const SHOWN_HERE = ["image/jpeg", "image/png", "image/webp", "image/avif", "image/gif"];
const uploader = ahead(() => import("@/external/inbox_app/components/inbox/uploads/uploads/uploader.js"));

/** `{id, thread, file, name, size, kind, pages, width, height, ref, thumb, picture, caption, state, share, problem}`; state: waiting, uploading, ready, refused or failed. */
let all = [];
let count = 0;
const listeners = new Set();
const subscribe = (listener) => (listeners.add(listener), () => listeners.delete(listener));

export const uploads = () => all;
export const find = (id) => all.find((each) => each.id === id);
export function become(entries) {
  all = entries;
  listeners.forEach((listener) => listener());
}
export const change = (id, what) => become(all.map((each) => (each.id === id ? { ...each, ...what } : each)));
export const setCaption = (id, caption) => change(id, { caption });

/** Those of a thread, with what was attached before the page was loaded, but for what is being sent. */
export function useUploads(thread) {
  const entries = useSyncExternalStore(subscribe, () => all, () => all);
  const outgoing = useOutgoing();
  useEffect(() => void uploader().then(({ restore }) => restore()), []);
  const mine = useMemo(() => {
    const leaving = new Set(outgoing.map((each) => each.file?.ref));
    return entries.filter((each) => each.thread === thread && !(each.ref && leaving.has(each.ref)));
  }, [entries, outgoing, thread]);
  const ready = mine.filter((each) => each.state === "ready");
  const busy = mine.some((each) => UNDER_WAY.includes(each.state));
  return { entries: mine, ready, busy };
}

export function attach(thread, files) {
  const entries = [...files].map((file) => ({
    id: `new-${++count}`, thread, file, name: file.name, size: file.size, caption: "", state: "waiting", share: 0,
    picture: SHOWN_HERE.includes(file.type) ? URL.createObjectURL(file) : "",
  }));
  if (entries.length === 0) return;
  become([...all, ...entries]);
  uploader().then(({ work }) => work());
}

/** Sends those of the `entries` that are ready, `caption` with the first. */
export function send(thread, entries, caption) {
  const captions = entries.map((each, at) => (at === 0 && caption ? caption : each.caption));
  become(all.map((each) => (entries.includes(each) ? { ...each, caption: "" } : each)));
  entries.forEach((each, at) => putFile(thread, shown(each), captions[at]));
}
const shown = ({ ref, name, size, kind, pages, width, height, thumb, picture }) => ({ ref, name, size, kind, pages, width, height, thumb, picture });
