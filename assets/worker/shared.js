// What another application shares with this one is kept on the device until somebody chooses its conversation (N3).
const SHARE = "/share";
const SHARED = "shared";

/** The device names no page that it came from; another site that posts here is named. */
const isShare = ({ mode, method, url, referrer }) =>
  mode === "navigate" && method === "POST" && new URL(url).pathname === SHARE && (!referrer.startsWith("http") || new URL(referrer).origin === location.origin);

/** The page that opens finds it, or finds nothing and says so. */
async function takeShare(request) {
  await caches.delete(SHARED);
  await keepShare(await request.formData()).catch(() => caches.delete(SHARED));
  return Response.redirect("/inbox?shared=1", 303);
}

async function keepShare(form) {
  const cache = await caches.open(SHARED);
  const files = form.getAll("files").filter((each) => each instanceof File && each.size > 0);
  await Promise.all(files.map((file, at) => cache.put(`${SHARE}/${at}`, new Response(file))));
  const said = { text: wordsOf(form), files: files.map(({ name, type }) => ({ name, type })), at: Date.now() };
  await cache.put(SHARE, new Response(JSON.stringify(said)));
}

/** An address is often in the text already; a title stands for a text that is not there. */
function wordsOf(form) {
  const [title, text, url] = ["title", "text", "url"].map((name) => String(form.get(name) ?? "").trim());
  const words = text || title;
  return words.includes(url) ? words : [words, url].filter(Boolean).join("\n");
}
