// What the service worker has kept of what was shared (`assets/worker/shared.js`).
const SHARE = "/share";
const SHARED = "shared";
const KEPT = 24 * 60 * 60_000;
const HEARD = 2000;
let added = false;

/** `{text, files}`, `{isLost}` where something was to be here, or null. */
export async function shared() {
  const asked = new URLSearchParams(location.search).has("shared");
  if (asked) history.replaceState(history.state, "", location.pathname);
  return (await kept().catch(() => null)) ?? (asked ? { isLost: true, text: "", files: [] } : null);
}

async function kept() {
  if (added || !globalThis.caches || !(await caches.has(SHARED))) return null;
  const cache = await caches.open(SHARED);
  const said = await (await cache.match(SHARE)).json();
  if (Date.now() - said.at > KEPT) return forget();
  const files = said.files.map(async ({ name, type }, at) => new File([await (await cache.match(`${SHARE}/${at}`)).blob()], name, { type }));
  return { text: said.text, files: await Promise.all(files) };
}

export async function forget() {
  await globalThis.caches?.delete(SHARED);
  return null;
}

/** It was added: forgotten once the server has heard of it, for the page may be closed before that. */
export function settle() {
  added = true;
  setTimeout(forget, HEARD);
}

/** As if it were typed and pasted there, unless it was; false where the conversation takes no files. */
export function addTo(box, { text, files }) {
  if (files.length > 0 && !pasted(box, files)) return false;
  if (!text || box.value.includes(text)) return true;
  const write = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  write.call(box, [box.value, text].filter(Boolean).join("\n"));
  box.dispatchEvent(new Event("input", { bubbles: true }));
  // As if it were left: what is written is kept at once.
  box.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  return true;
}

function pasted(box, files) {
  const clipboardData = new DataTransfer();
  files.forEach((file) => clipboardData.items.add(file));
  return !box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}
