// What stands in for the server while there is no network: one page with the conversations that were seen last. Nothing else is
// ever answered from here, so that a new build is what everybody gets (N3).
const SHELL = "offline";
const OFFLINE = "/offline";
const FILES = [OFFLINE, "/worker/offline_page.js", "/styles/tokens.css", "/styles/offline.css", "/favicon.svg"];
const DATABASE = "seen";

/** The answer to a request that may need it; nothing for all others, which the browser sees to by itself. */
function standIn(event) {
  const { mode, method, url } = event.request;
  if (method !== "GET") return null;
  if (mode === "navigate") return arrive(event);
  const { origin, pathname } = new URL(url);
  return origin === location.origin && FILES.includes(pathname) ? fetch(event.request).catch(() => kept(pathname)) : null;
}

async function arrive(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return kept(OFFLINE);
  }
}

const kept = async (path) => (await (await caches.open(SHELL)).match(path)) ?? Response.error();

/** As the server has them today, for whoever is signed in. */
async function keep() {
  const cache = await caches.open(SHELL);
  await Promise.all(FILES.map(async (path) => {
    const answer = await fetch(path, { cache: "no-cache" }).catch(() => null);
    if (answer?.ok) await cache.put(path, answer);
  }));
}

/** Nothing of whoever was signed in stays. */
async function forgetAll() {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await new Promise((done) => {
    const gone = indexedDB.deleteDatabase(DATABASE);
    gone.onsuccess = gone.onerror = gone.onblocked = done;
  });
}
