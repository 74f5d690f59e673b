// The conversations that were seen last on this device, as they were; what is written here is there when the network is back (N3).
const [MESSAGES, TYPED] = ["conversations", "typed"];
const words = JSON.parse(document.getElementById("words").content.textContent);
const list = document.getElementById("list");
const thread = document.getElementById("thread");

const database = await new Promise((answer, refuse) => {
  const opening = indexedDB.open("seen", 1);
  opening.onupgradeneeded = () => [MESSAGES, TYPED].forEach((name) => opening.result.createObjectStore(name));
  opening.onsuccess = () => answer(opening.result);
  opening.onerror = refuse;
});
const done = (request) => new Promise((answer, refuse) => {
  request.onsuccess = () => answer(request.result);
  request.onerror = refuse;
});
const store = (name, mode = "readonly") => database.transaction(name, mode).objectStore(name);

const make = (tag, className, text = "") => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};
const time = (at) => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" }).format(at);

const seen = (await done(store(MESSAGES).getAll())).sort((one, other) => other.at - one.at);
document.getElementById("empty").hidden = seen.length > 0;
for (const each of seen) {
  const row = make("button", "offline-row");
  row.type = "button";
  row.append(make("b", "truncate", each.name), make("small", "", time(each.at)), make("span", "truncate", each.messages.at(-1)?.text ?? ""));
  row.addEventListener("click", () => (location.hash = each.id));
  list.append(row);
}

async function open() {
  const found = seen.find((each) => each.id === location.hash.slice(1)) ?? seen.find((each) => location.pathname === `/inbox/${each.id}`);
  document.body.dataset.pane = found ? "thread" : "list";
  if (!found) return;
  const back = make("a", "offline-back", words.back);
  back.href = "#";
  const log = make("ol", "offline-messages");
  log.append(...found.messages.map(({ out, text, at }) => {
    const bubble = make("li", out ? "out" : "in", text);
    bubble.dir = "auto";
    bubble.append(make("small", "", time(at)));
    return bubble;
  }));
  const box = make("textarea", "");
  box.rows = 3;
  box.placeholder = box.ariaLabel = words.write;
  box.value = (await done(store(TYPED).get(found.id)))?.text ?? "";
  box.addEventListener("input", () => store(TYPED, "readwrite").put({ id: found.id, text: box.value }, found.id));
  thread.replaceChildren(back, make("h2", "truncate", found.name), log, box, make("small", "", words.kept));
  log.scrollTop = log.scrollHeight;
}

document.getElementById("shared").hidden = !new URLSearchParams(location.search).has("shared");
addEventListener("hashchange", open);
/** To the conversation that is open here, from the server. */
function again() {
  const id = location.hash.slice(1);
  if (id) location.replace(`/inbox/${id}`);
  else location.reload();
}

addEventListener("online", again);
document.getElementById("again").addEventListener("click", again);
await open();
