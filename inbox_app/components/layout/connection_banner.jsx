// Whether the page still hears the server.
import { useContext, useEffect, useState, useSyncExternalStore } from "react";
import { EventLoopContext } from "$/utils/context";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const SHORT = 1500;

function subscribe(listener) {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** "offline": the device has no network; "away": the server does not answer; "" all is well. */
export function useConnection() {
  const [, errors] = useContext(EventLoopContext);
  const network = useSyncExternalStore(subscribe, () => navigator.onLine, () => true);
  if (!network) return "offline";
  return errors.length > 0 ? "away" : "";
}

/** The same, once it lasts: a blink of it is not worth telling. */
function useLastingLoss() {
  const state = useConnection();
  const [lasting, setLasting] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setLasting(state), state ? SHORT : 0);
    return () => clearTimeout(timer);
  }, [state]);
  return lasting;
}

/** A line at the top while the connection is lost. */
export function ConnectionBanner() {
  const shown = useLastingLoss();
  const { t } = useTexts();
  return (
    <div role="status">
      {shown && (
        <p className="bar-notice offline">
          <Icon name="offline" />
          {shown === "offline" ? t("You are offline. What you write is kept on this page.") : t("Reconnecting… What you write is kept on this page.")}
        </p>
      )}
    </div>
  );
}

/** Its children, what stands for something on its way, as long as it can come; a sentence, or nothing, while the connection is lost. */
export function Pending({ sentence, children }) {
  const lost = useLastingLoss();
  if (!lost) return children;
  return sentence && (
    <div className="empty" role="status">
      <span className="empty-icon"><Icon name="offline" /></span>
      <p>{sentence}</p>
    </div>
  );
}
