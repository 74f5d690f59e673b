// The keyboard: never a single letter while somebody types (X3).
import { useEffect, useState } from "react";
import { CloseButton } from "@/external/inbox_app/components/dialogs/form_dialog/form_dialog.jsx";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const TYPING = "input, textarea, select, [contenteditable]";

function step(by) {
  const rows = [...document.querySelectorAll("[data-conversation]")];
  const at = rows.findIndex((row) => row.getAttribute("aria-current") === "page");
  const next = at < 0 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  next?.click();
  next?.scrollIntoView({ block: "nearest" });
}

const ALT = {
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  KeyL: () => document.querySelector("#message-box, .foot-card .button:not(.answer-later)")?.focus(),
  KeyN: () => document.dispatchEvent(new Event("new-conversation")),
};

export function Shortcuts() {
  const [help, showHelp] = useState(false);
  const { t } = useTexts();

  useEffect(() => {
    const open = () => showHelp(true);
    const SIGNS = { "?": open, "/": () => document.querySelector(".list input[type=search]")?.focus() };
    const onKey = (event) => {
      if (event.altKey && !event.ctrlKey && !event.metaKey && ALT[event.code]) {
        event.preventDefault();
        ALT[event.code]();
      } else if (SIGNS[event.key] && !event.target.closest?.(TYPING)) {
        event.preventDefault();
        SIGNS[event.key]();
      }
    };
    document.addEventListener("keydown", onKey);
    document.addEventListener("show-shortcuts", open);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("show-shortcuts", open);
    };
  }, []);

  const rows = [
    [["Alt", "J"], t("Next conversation")],
    [["Alt", "K"], t("Previous conversation")],
    [["Alt", "L"], t("Write a reply")],
    [["Alt", "N"], t("New conversation")],
    [["/"], t("Search the conversations")],
    [["Enter"], t("Send")],
    [["Ctrl", "Enter"], t("Send and open the next one that waits for an answer")],
    [["Shift", "Enter"], t("New line")],
    [["Esc"], t("Close whatever is open")],
    [["?"], t("This help")],
  ];
  return (
    <Dialog open={help} className="dialog" aria-labelledby="shortcuts-title" onClose={() => showHelp(false)}>
      <header>
        <h2 id="shortcuts-title">{t("Keyboard shortcuts")}</h2>
        <CloseButton className="icon-button" aria-label={t("Close")}>
          <Icon name="close" />
        </CloseButton>
      </header>
      <dl className="shortcuts">
        {rows.map(([keys, what]) => (
          <div key={what + keys.join()}>
            <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
