// What the page tells when nobody looks at it, or cannot see it: the title of the tab, a spoken line (X3).
import { useEffect, useRef, useState } from "react";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

/** "(3) Templates · Inbox" in the tab. */
export function TabTitle({ name, count }) {
  const { ready, t } = useTexts();
  const home = t("Inbox");
  const whole = name === home ? name : `${name} · ${home}`;
  useEffect(() => {
    if (ready) document.title = count > 0 ? `(${count}) ${whole}` : whole;
  }, [ready, whole, count]);
  return null;
}

/** Says aloud that somebody wrote, when `at` (when the newest conversation last moved) grows while it is unread. */
export function Announcer({ at, who, unread }) {
  const [said, say] = useState("");
  const before = useRef(0);
  const { t } = useTexts();
  useEffect(() => {
    const last = before.current;
    before.current = at;
    if (last && at > last && unread) say(t("New message from {name}", { name: who }));
  }, [at, who, unread, t]);
  return <div className="visually-hidden" role="status">{said}</div>;
}
