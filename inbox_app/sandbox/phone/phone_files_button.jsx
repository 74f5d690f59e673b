// Files of the machine leave from the test phone one after another, as many as are chosen or let go over it.
import { useEffect, useRef, useState } from "react";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";

/** So many first bytes tell what a file is. */
const HEAD = 4096;
const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");

export function PhoneFiles({ number, person, most }) {
  const { t } = useTexts();
  const field = useRef(null);
  const { send, now, problem } = useSending(most);
  useDropped(field, (files) => send(files, { number, person }, field.current.form));
  const take = (event) => {
    send([...event.target.files], { number, person }, field.current.form);
    event.target.value = "";
  };
  return (
    <>
      <input ref={field} type="file" multiple hidden tabIndex={-1} aria-hidden="true" data-files="phone" onChange={take} />
      <button type="button" className="icon-button" aria-label={t("Send files from the phone")} title={t("Send files from the phone")} onClick={() => field.current.click()}>
        <Icon name="clip" />
      </button>
      <p className="phone-sending" role="status">
        {now && t("Sending {name}…", { name: now })}
        {!now && problem && t("{name} did not leave.", { name: problem })}
      </p>
    </>
  );
}

/** One after another: they arrive in their order. */
function useSending(most) {
  const [now, setNow] = useState("");
  const [problem, setProblem] = useState("");
  const line = useRef(Promise.resolve());
  const one = async (file, to, form) => {
    setNow(file.name);
    const box = form.elements.text;
    const told = await post(file, { ...to, caption: box.value.trim() }, most);
    if (told?.captioned) form.reset();
    if (!told) setProblem(file.name);
  };
  const send = (files, to, form) => {
    setProblem("");
    for (const file of files) line.current = line.current.then(() => one(file, to, form));
    line.current = line.current.then(() => setNow(""));
  };
  return { send, now, problem };
}

/** Nothing when it did not leave. */
async function post(file, to, most) {
  const address = `/sandbox/phone/files?${new URLSearchParams({ ...to, size: file.size })}`;
  const headers = { "x-filename": encodeURIComponent(file.name), "content-type": file.type || "application/octet-stream" };
  const body = file.size > most ? file.slice(0, HEAD) : file;
  const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

/** Anywhere on the page, or the browser would open it in the page's place. */
function useDropped(field, take) {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const phone = field.current.closest(".phone");
    const mark = (event) => holdsFiles(event) && (event.preventDefault(), phone.classList.add("dropping"));
    const unmark = (event) => !event.relatedTarget && phone.classList.remove("dropping");
    const drop = (event) => {
      phone.classList.remove("dropping");
      if (!holdsFiles(event)) return;
      event.preventDefault();
      latest.current([...event.dataTransfer.files]);
    };
    document.addEventListener("dragover", mark);
    document.addEventListener("dragleave", unmark);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", mark);
      document.removeEventListener("dragleave", unmark);
      document.removeEventListener("drop", drop);
    };
  }, [field]);
}
