// Puts a text on the clipboard, and says so.
import { useEffect, useState } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const SHOWN = 2000;

/** `label` says what is copied; after it was, a tick stands in the sign's place for a moment. */
export function CopyButton({ text, label, silent }) {
  const [copied, setCopied] = useState(false);
  const { t } = useTexts();
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => navigator.clipboard?.writeText(text).then(() => setCopied(true), () => {});
  return (
    <button type="button" className="copy-button" aria-label={silent ? label : `${label} ${text}`} title={label} onClick={copy}>
      <Icon name={copied ? "check" : "copy"} />
      <span className="visually-hidden" role="status">{copied ? t("Copied") : ""}</span>
    </button>
  );
}
