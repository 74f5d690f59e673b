// What another application has shared stands above the inbox until its conversation is chosen, and goes into the box there (N3).
import { useContext, useEffect, useState } from "react";
import { StateStoreContext } from "$/utils/context-registry";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { addTo, forget, settle, shared as arrived } from "@/external/inbox_app/components/notifications/notices/shared.js";

const LOOKS = 150;
const PATIENCE = 10;
/** The id of the conversation that was chosen: the page is drawn anew on the way there. */
let chosen = "";

const threadAt = (address) => address?.match(/^\/inbox\/(\d+)$/)?.[1] ?? "";

/** `thread` is the name of the state that tells which conversation is open. */
export function Shared({ thread }) {
  const [shared, show] = useState(null);
  useEffect(() => void arrived().then(show).catch(() => {}), []);
  if (!shared) return null;
  const putAway = (end) => {
    chosen = "";
    show(null);
    end();
  };
  return <Bar shared={shared} thread={thread} onAway={() => putAway(forget)} onAdded={() => putAway(settle)} />;
}

function Bar({ shared, thread, onAway, onAdded }) {
  const { t, tn } = useTexts();
  const { open, isShut, choose } = useChoice(shared, thread, onAdded);
  const [first, second] = shared.files;
  const files = second ? tn("{n} file", "{n} files", { n: shared.files.length }) : first?.name;
  const what = [files, shared.text].filter(Boolean).join(" · ");
  return (
    <div className="bar-notice offer shared" role="status">
      <Icon name="clip" />
      {shared.isLost ? (
        <span>{t("What you shared did not arrive. Share it again.")}</span>
      ) : (
        <div className="shared-words">
          <b className="truncate" dir="auto">{what}</b>
          <span>{isShut ? t("Nothing can be added here now. Choose another conversation.") : t("Choose the conversation it is for.")}</span>
          {open && !isShut && <button type="button" className="link-button" onClick={choose}>{t("Add it here")}</button>}
        </div>
      )}
      <button type="button" className="icon-button" aria-label={t("Discard what was shared")} onClick={onAway}><Icon name="close" /></button>
    </div>
  );
}

/** A click on any way to a conversation chooses it; what was shared goes there once it is the one on screen. */
function useChoice(shared, thread, onAdded) {
  const store = useContext(StateStoreContext);
  const [shut, shutAt] = useState("");
  const open = threadAt(location.pathname);
  useEffect(() => {
    const onClick = ({ target }) => (chosen = threadAt(target.closest?.("a")?.getAttribute("href")) || chosen);
    let looks = 0;
    const look = () => {
      const isThere = chosen && threadAt(location.pathname) === chosen && store.getSnapshot(thread)?.header_rx_state_?.id === chosen;
      looks = isThere ? looks + 1 : 0;
      if (looks < 2) return;
      const box = document.querySelector(".composer:not([hidden]) #message-box");
      if (box && addTo(box, shared)) onAdded();
      else if (looks > PATIENCE) shutAt(chosen), (chosen = "");
    };
    const timer = setInterval(look, LOOKS);
    document.addEventListener("click", onClick, true);
    return () => {
      clearInterval(timer);
      document.removeEventListener("click", onClick, true);
    };
  }, [shared]);
  return { open, isShut: shut !== "" && shut === open, choose: () => (chosen = open) };
}
