// Speaks for the pages where none is open: shows what a push says, leads to it, and stands in for the server when there is no
// network, and takes what other applications share (N2, N3, X1). It never answers with a page or a script of the application: these always come from the server.
importScripts("/worker/notices.js", "/worker/offline.js", "/worker/shared.js");

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener("activate", (event) => event.waitUntil(begin()));
self.addEventListener("push", (event) => event.waitUntil(inTurn(() => heard(event.data))));
self.addEventListener("notificationclick", (event) => event.waitUntil(clicked(event.notification)));
self.addEventListener("message", (event) => event.waitUntil(inTurn(() => told(event.data ?? {}))));
self.addEventListener("fetch", (event) => {
  const answer = isShare(event.request) ? takeShare(event.request) : standIn(event);
  if (answer) event.respondWith(answer);
});

async function begin() {
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

/** What a page says. */
async function told(said) {
  if (said.type === "tell") await tell(said.notice);
  else if (said.type === "standing") await settle(said.tags, said.at);
  else if (said.type === "keep") await keep();
  else if (said.type === "forget") await takeAll();
  else if (said.type === "signed-out") await Promise.all([takeAll(), forgetAll()]);
}

let turn = Promise.resolve();
/** One after another: the page and a push may say the same at once. */
function inTurn(work) {
  turn = turn.then(work, work);
  return turn;
}
