// What a conversation's row says while something that was sent from here waits to leave: that, and never the draft it was (M7).
import { useRef } from "react";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { LineOfText } from "@/external/inbox_app/components/inbox/thread/message_text/message_text.jsx";
import { useLatestOf } from "@/external/inbox_app/components/inbox/outgoing/outgoing/outgoing.js";

/** `said` changes with what the server says, which are the `children`: once it has answered, the next is theirs. */
export function UnsentLine({ thread, said, children }) {
  const entry = useLatestOf(thread);
  const { t } = useTexts();
  const first = useRef({});
  if (entry && first.current.ref !== entry.ref) first.current = { ref: entry.ref, said };
  if (!entry || (entry.answered && first.current.said !== said)) return children;
  const { text, file } = entry;
  return (
    <>
      <span className="tick queued" title={t("Queued")}>
        <Icon name="clock" />
        <span className="visually-hidden">{t("Queued")}</span>
      </span>
      <span className="truncate" dir="auto"><LineOfText text={text.trim() || file.name} /></span>
    </>
  );
}
