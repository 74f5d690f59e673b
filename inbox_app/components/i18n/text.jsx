// The texts of the person's language. /i18n/current.js has put them on `window.inboxTexts` before the page
// starts; the prerendered page holds none, so that it never differs from what the browser then draws.
import { useSyncExternalStore } from "react";

const listeners = new Set();
const NONE = { language: "en", messages: {} };
const blank = { t: () => "", tn: () => "", language: "en", ready: false };

export const texts = () => globalThis.inboxTexts ?? NONE;

/** Calls when the page speaks another language from now on. */
export const onTexts = (listener) => (listeners.add(listener), () => listeners.delete(listener));

/** Other texts stand on `window.inboxTexts`. */
export const tellTexts = () => listeners.forEach((listener) => listener());

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** The text for an English source, `{name}` filled in from `values`. */
export function t(source, values = {}) {
  return fill(texts().messages[source] || source, values);
}

/** The same for something counted: `values.n` chooses between the two forms. */
export function tn(one, other, values) {
  const [singular, plural] = texts().messages[one] ?? [one, other];
  return fill(Number(values.n) === 1 ? singular : plural, values);
}

/** `t` and `tn`, silent until the page is alive. */
export function useTexts() {
  const spoken = useSyncExternalStore(onTexts, texts, () => null);
  return spoken ? { t, tn, language: spoken.language, ready: true } : blank;
}
