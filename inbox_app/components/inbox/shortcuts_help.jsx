// The dialog that lists the keyboard's shortcuts.
import { CloseButton } from "@/external/inbox_app/components/dialogs/form_dialog/form_dialog.jsx";
import { Dialog } from "@/external/inbox_app/components/dialogs/dialog/dialog.jsx";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

export default function Help({ onClose }) {
  const { t } = useTexts();
  const rows = [
    [["Alt", "J"], t("Next conversation")],
    [["Alt", "K"], t("Previous conversation")],
    [["Alt", "L"], t("Write a reply")],
    [["Alt", "N"], t("New conversation")],
    [["/"], t("Search the conversations")],
    [["Ctrl", "K"], t("Search everywhere, or do something")],
    [["E"], t("Done and next")],
    [["Shift", "E"], t("Done")],
    [["H"], t("Snooze…")],
    [["Alt", "E"], t("Done and next, also while you write")],
    [["Alt", "H"], t("Snooze, also while you write")],
    [["Alt", "Z"], t("Undo the last change, also while you write")],
    [["X"], t("Select the conversation")],
    [["A"], t("Assign…")],
    [["Alt", "P"], t("Internal note, or an answer again")],
    [["L"], t("Labels…")],
    [["S"], t("Star")],
    [["U"], t("Mark as unread")],
    [["M"], t("Actions of the conversation")],
    [["↑", "↓"], t("From message to message, in the thread; Enter opens its actions")],
    [["Z"], t("Undo the last change")],
    [["Enter"], t("Send")],
    [["Ctrl", "Enter"], t("Send and open the next one that waits for an answer")],
    [["Shift", "Enter"], t("New line")],
    [["Esc"], t("Close whatever is open")],
    [["?"], t("This help")],
  ];
  return (
    <Dialog open className="dialog" aria-labelledby="shortcuts-title" onClose={onClose}>
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
