// This device and its service worker: whether its person is notified here, and by which push service (N1, N2).
const WORKER = "/service_worker.js";
const SWITCH = "notifications";
const KNOWN = "push-endpoint";

/** "none" where browsers of this kind notify nobody; "home" where the page must be put on the home screen first. */
export function support() {
  if (!("serviceWorker" in navigator) || !("Notification" in globalThis)) {
    const apple = /iPhone|iPad/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
    return apple && !matchMedia("(display-mode: standalone)").matches ? "home" : "none";
  }
  return "";
}

export const permission = () => globalThis.Notification?.permission ?? "denied";

const stored = (name) => {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
};
const store = (name, value) => {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A private window may keep nothing.
  }
};

/** "off" once somebody said so here, "later" once they put the offer away. */
export const choice = () => stored(SWITCH);
export const choose = (what) => store(SWITCH, what);

export async function worker() {
  if (!("serviceWorker" in navigator)) return null;
  await navigator.serviceWorker.register(WORKER, { updateViaCache: "none" });
  return navigator.serviceWorker.ready;
}

/** Says something to the service worker, once it is there. */
export const say = async (what) => (await worker().catch(() => null))?.active?.postMessage(what);

const ask = (method, path, body) =>
  fetch(path, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const same = (one, other) => one && new Uint8Array(one).every((byte, at) => byte === other[at]);

/** The browser's subscription for this installation's key; null where it has no push service. `anew`: the one there is dead. */
export async function subscription(anew = false) {
  const registration = await worker();
  if (!registration?.pushManager) return null;
  const answer = await ask("GET", "/notifications/key");
  if (!answer.ok) return null;
  const key = bytes((await answer.json()).key);
  const there = await registration.pushManager.getSubscription();
  if (there && !anew && same(there.options.applicationServerKey, key)) return there;
  await there?.unsubscribe();
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }).catch(() => null);
}

/** Tells the server of this device; answers "push" or "page", by what it is told now, or "" when that failed. */
export async function enrol(anew = false) {
  const found = await subscription(anew).catch(() => null);
  const answer = await ask("PUT", "/notifications/device", found ?? {}).catch(() => null);
  if (!answer?.ok) return "";
  store(KNOWN, found?.endpoint ?? "");
  return found ? "push" : "page";
}

/** Where the browser allows it and nobody switched it off: is the server's word of this device still true? Says whether it changed. */
export async function keepUp(device) {
  if (support() || permission() !== "granted" || choice() === "off") return false;
  const known = stored(KNOWN);
  if (device === "push" && known) {
    const registration = await worker();
    const there = await registration?.pushManager?.getSubscription();
    if (there?.endpoint === known) return false;
  }
  if (device === "page" && !known) return false;
  return (await enrol(device !== "push" && Boolean(known))) !== device;
}

/** Asks the person; from a click alone. */
export async function turnOn() {
  const answer = await Notification.requestPermission();
  if (answer !== "granted") return answer;
  choose("");
  await enrol();
  return answer;
}

export async function turnOff() {
  choose("off");
  store(KNOWN, "");
  await ask("DELETE", "/notifications/device").catch(() => null);
  const registration = await worker().catch(() => null);
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
  say({ type: "forget" });
}
