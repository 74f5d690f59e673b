// The threads that were on screen last, as the browser keeps them for when there is no network; gone with the sign-in (N3).
import { t } from "@/external/inbox_app/components/i18n/text/text.jsx";

const MOST = 20;
const MESSAGES = 40;
const EVERY = 15_000;
const STORES = ["conversations", "typed"];

const done = (request) => new Promise((answer, refuse) => {
  request.onsuccess = () => answer(request.result);
  request.onerror = refuse;
});

function opened() {
  const opening = indexedDB.open("seen", 1);
  opening.onupgradeneeded = () => STORES.forEach((name) => opening.result.createObjectStore(name));
  return done(opening);
}

async function inStore(name, work) {
  const database = await opened();
  try {
    return await work(database.transaction(name, "readwrite").objectStore(name));
  } finally {
    database.close();
  }
}

function asSeen(state) {
  const header = state?.header_rx_state_;
  if (!header?.id) return null;
  const messages = (state.messages_rx_state_ ?? []).map(asSaid).filter(({ text }) => text).slice(-MESSAGES);
  return {
    id: header.id,
    name: header.name,
    at: messages.at(-1)?.at ?? 0,
    messages,
  };
}

/** A message as it is kept: a colleague's note says that it is one, and is ours. */
export const asSaid = ({ direction, text, sent_at: at, kind, deleted }) => ({
  out: direction !== "in",
  text: deleted ? t("A message was deleted") : [kindWord(kind), text].filter(Boolean).join(" · "),
  at,
});

function kindWord(kind) {
  const words = { image: t("Photo"), document: t("Document"), video: t("Video"), gif: t("GIF"), audio: t("Audio") };
  const others = { sticker: t("Sticker"), location: t("Location"), contacts: t("Contact"), unsupported: t("unknown format"), note: t("Internal note") };
  return words[kind] ?? others[kind] ?? "";
}

const keep = (seen) => inStore("conversations", async (store) => {
  store.put(seen, seen.id);
  const all = await done(store.getAll());
  const old = all.sort((one, other) => other.at - one.at).slice(MOST);
  old.forEach((each) => each.id !== seen.id && store.delete(each.id));
});

/** Keeps the thread on screen from now on, when the page is left and every few seconds; `state` is the name of the one that
 *  tells of it. Answers what ends that. */
export function watch(store, state) {
  let last = null;
  const look = () => {
    const now = store.getSnapshot(state);
    if (!now || now === last) return;
    last = now;
    const seen = asSeen(now);
    if (seen) keep(seen).catch(() => {});
  };
  const timer = setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
  };
}

/** What was written without a network becomes a draft, once. */
export async function handOver(onDraft) {
  const typed = await inStore("typed", async (store) => {
    const all = await done(store.getAll());
    store.clear();
    return all;
  });
  typed.filter(({ text }) => text.trim()).forEach(({ id, text }) => onDraft(id, text));
}
