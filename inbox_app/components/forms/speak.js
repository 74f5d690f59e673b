// Another language for the page as it stands: nothing of it is loaded anew, and what is typed stays (X2).
import { addEvents, onLoadInternalEvent } from "$/utils/context";
import { tellTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

/** Posts the choice and has the page say all in it; what only the server words it words once more. */
export async function speak(form, submitter) {
  const body = new URLSearchParams([...new FormData(form), [submitter.name, submitter.value]]);
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
  if (!answer) return;
  if (answer.type !== "opaqueredirect") return location.reload();
  await load(`/i18n/current.js?${submitter.value}`);
  tellTexts();
  addEvents(onLoadInternalEvent());
  if (form.closest("[role=menu]")) form.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
}

function load(src) {
  const script = Object.assign(document.createElement("script"), { src });
  const loaded = new Promise((done, fail) => Object.assign(script, { onload: done, onerror: fail }));
  document.head.append(script);
  return loaded.finally(() => script.remove()).catch(() => location.reload());
}
