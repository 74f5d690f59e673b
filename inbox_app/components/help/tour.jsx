// A short tour of the inbox: what each part of it is for, one after another, each marked while it is told of (X6).
import { useEffect, useRef, useState } from "react";
import { CloseButton } from "@/external/inbox_app/components/dialogs/form_dialog/form_dialog.jsx";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import "@/styles/help.css";

/** Each part: what selects it, its name, what there is to know. */
const parts = (t) => [
  ["#conversations", t("The conversations"), t("Everybody who writes is here, whoever they are, the newest first. The filters show who is waiting for an answer and whose window closes soon.")],
  ["section.thread", t("The messages and the 24 hours"), t("Open a conversation to read it and to answer. The countdown at the top says how long you can write freely; after that you send a template.")],
  ["section.side-panel", t("The reservation"), t("Whoever has a reservation has it beside the messages: accommodation, dates, guests, amounts. Where there is no room for it, the name at the top opens it.")],
  [".profile-button", t("Help"), t("Your profile on the bar holds the help, with this tour and the keyboard shortcuts. On a keyboard, the ? key opens those.")],
];

const LOOKS = 400;

/** One that nobody has `asked` for waits for its moment. */
export default function Tour({ asked, onClose }) {
  const [begun, begin] = useState(false);
  const here = asked || begun;
  useEffect(() => {
    if (here) return undefined;
    const timer = setInterval(() => begin(isTheMoment()), LOOKS);
    return () => clearInterval(timer);
  }, [here]);
  return here && <Card onClose={onClose} />;
}

/** The list is there with somebody in it, and nothing lies over it, nor does anybody type. */
function isTheMoment() {
  const row = document.querySelector("#conversations [data-conversation]");
  return Boolean(row?.checkVisibility()) && !document.querySelector("dialog[open], [role=menu]") && !document.activeElement.value;
}

function Card({ onClose }) {
  const { t } = useTexts();
  const [at, setAt] = useState(0);
  const next = useRef(null);
  const all = parts(t);
  const [place, title, words] = all[at];
  const isLast = at === all.length - 1;
  useEffect(() => mark(place), [place]);
  const back = () => {
    setAt(at - 1);
    next.current.focus();
  };
  const goOn = () => (isLast ? next.current.closest("dialog").close() : setAt(at + 1));
  return (
    <Dialog open className="tour" aria-labelledby="tour-title" aria-describedby="tour-words" closesBeside={false} onClose={onClose}>
      <div aria-live="polite">
        <p className="tour-step">{t("{n} of {all}", { n: at + 1, all: all.length })}</p>
        <h2 id="tour-title">{title}</h2>
        <p id="tour-words">{words}</p>
      </div>
      <div className="tour-ways">
        {!isLast && <CloseButton className="button quiet-button tour-skip">{t("Skip")}</CloseButton>}
        {at > 0 && <button type="button" className="button quiet-button" onClick={back}>{t("Back")}</button>}
        <button type="button" ref={next} className="button" data-first onClick={goOn}>{isLast ? t("Got it") : t("Next")}</button>
      </div>
    </Dialog>
  );
}

/** Marks the part that is told of, where it is there; answers how to take the mark away. */
function mark(place) {
  const part = document.querySelector(place);
  part?.setAttribute("data-told", "");
  return () => part?.removeAttribute("data-told");
}
