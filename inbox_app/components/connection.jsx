// Whether the page still hears the server.
import { useContext, useEffect, useState, useSyncExternalStore } from "react";
import { EventLoopContext } from "$/utils/context";
import { Icon } from "@/external/inbox_app/components/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/text/text.jsx";

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

/** A line at the top while the connection is lost; a blink of it is not worth telling. */
export function ConnectionBanner() {
  const state = useConnection();
  const [shown, setShown] = useState("");
  const { t } = useTexts();
  useEffect(() => {
    const timer = setTimeout(() => setShown(state), state ? SHORT : 0);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <div role="status">
      {shown && (
        <p className="bar-notice away">
          <Icon name="offline" />
          {shown === "offline" ? t("You are offline. What you write is kept on this page.") : t("Reconnecting… What you write is kept on this page.")}
        </p>
      )}
    </div>
  );
}
