// What stands under a text that is too long for one message: by how much, and the offer to send it as several (M9).
import { useMemo } from "react";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { parts } from "@/external/inbox_app/components/inbox/composer/too_long/split_text.js";

/** `onSend` gets the parts in order. */
export default function TooLong({ text, most, over, onSend }) {
  const { t, tn } = useTexts();
  const split = useMemo(() => parts(text, most), [text, most]);
  return (
    <>
      <span className="over">{t("{n} characters too many", { n: over })}</span>{" "}
      <button type="button" className="link-button" onClick={() => onSend(split)}>
        {tn("Send as {n} message", "Send as {n} messages", { n: split.length })}
      </button>
    </>
  );
}
