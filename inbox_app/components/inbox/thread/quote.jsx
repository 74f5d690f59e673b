// The beginning of the message that another answers: it leads there, and Back leads to the answer again (P5).
import { useNavigate } from "react-router";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { arriveAt } from "@/external/inbox_app/components/inbox/thread/thread_scroller/thread_places.js";

export function Quote({ thread, by, message, onGo, children }) {
  const navigate = useNavigate();
  const { t } = useTexts();
  const go = ({ currentTarget }) => {
    const log = currentTarget.closest("[role=log]");
    // The address that one leaves says where one was: the way back ends there.
    window.history.replaceState(window.history.state, "", `/inbox/${thread}?m=${by}`);
    navigate(`/inbox/${thread}?m=${message}`, { state: { quotedBy: by } });
    arriveAt(log, message);
    log.focus({ preventScroll: true });
    onGo(message);
  };
  return (
    <button type="button" className="quoted" dir="auto" title={t("Go to this message")} onClick={go}>{children}</button>
  );
}
