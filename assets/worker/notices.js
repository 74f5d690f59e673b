// Notifications on this device's screen: one of each conversation, each said once, gone when it was read (N1, N2).
const SAID = "said";
const PAGE = "/said.json";
const MOST = 200;

/** What a push says; one that cannot be read says at least that something came. */
async function heard(data) {
  let said = { id: 0, kind: "message", tag: "message", title: "Inbox", body: "", url: "/", purpose: "tell", at: Date.now() };
  try {
    said = { ...said, ...data.json() };
  } catch {
    // As it stands.
  }
  if (said.purpose === "clear") return takeAway((each) => each.tag === said.tag && each.data.at <= said.at);
  if (said.kind === "test") return tried(said);
  return tell(said);
}

/** Shown unless it was said here before, or somebody is looking at the application. */
async function tell(notice) {
  if (await wasSaid(notice)) return;
  await remember(notice);
  if (await isLookedAt()) return quietly(notice);
  await show(notice);
}

const show = ({ id, tag, title, body, url, at, silent }) =>
  self.registration.showNotification(title, {
    body,
    tag,
    icon: "/icons/app-192.png",
    badge: "/icons/badge-96.png",
    timestamp: at,
    renotify: !silent,
    silent: Boolean(silent),
    data: { id, url, at },
  }).then(count);

/** Safari ends a subscription whose pushes show nothing: there it is shown, and taken away at once. */
async function quietly(notice) {
  if (!/^((?!Chrom|Firefox).)*Safari/.test(navigator.userAgent)) return;
  await show({ ...notice, silent: true });
  await takeAway((each) => each.tag === notice.tag);
}

/** A test shows itself, whoever looks, and tells the pages that it has arrived. */
async function tried(notice) {
  await show(notice);
  for (const page of await pages()) page.postMessage({ type: "arrived" });
}

/** What stood when the page heard of it and is not among `tags` was read. */
const settle = (tags, at) => takeAway((each) => !tags.includes(each.tag) && each.tag !== "test" && each.data?.at < at);
const takeAll = () => takeAway(() => true);

async function takeAway(which) {
  for (const each of await self.registration.getNotifications()) if (which(each)) each.close();
  await count();
}

/** On the icon, as many as stand on the screen, until a page knows better. */
async function count() {
  if ((await pages()).length > 0) return;
  const standing = (await self.registration.getNotifications()).length;
  await (standing ? self.navigator.setAppBadge?.(standing) : self.navigator.clearAppBadge?.());
}

const pages = () => self.clients.matchAll({ type: "window", includeUncontrolled: true });
const isLookedAt = async () => (await pages()).some((page) => page.focused);

async function clicked(notification) {
  notification.close();
  const { url } = notification.data ?? { url: "/" };
  const open = await pages();
  const page = open.find((each) => new URL(each.url).pathname === url) ?? open[0];
  if (!page) return void (await self.clients.openWindow(url));
  await page.focus().catch(() => {});
  if (new URL(page.url).pathname !== url && !(await leads(page, url))) await page.navigate(url).catch(() => self.clients.openWindow(url));
}

/** Whether the page goes there by itself, without being loaded anew. */
function leads(page, url) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((answer) => {
    port1.onmessage = () => answer(true);
    setTimeout(() => answer(false), 1000);
    page.postMessage({ type: "open", url }, [port2]);
  });
}

async function said() {
  const kept = await (await caches.open(SAID)).match(PAGE);
  return kept ? kept.json() : [];
}
const wasSaid = async ({ id }) => id > 0 && (await said()).includes(id);

async function remember({ id }) {
  const ids = [...(await said()), id].slice(-MOST);
  await (await caches.open(SAID)).put(PAGE, new Response(JSON.stringify(ids)));
}
