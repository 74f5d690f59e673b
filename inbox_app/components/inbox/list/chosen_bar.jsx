// How many rows are chosen, and what to do to all of them.
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

/** `count` is null for all that the list holds. */
export default function ChosenBar({ count, mayHaveAll, several, onAll, onAct, onMenu, onClear }) {
  const { t, tn } = useTexts();
  const button = (label, icon, act) => (
    <button type="button" className="icon-button" title={label} aria-label={label} onClick={act}><Icon name={icon} /></button>
  );
  return (
    <div className="chosen-bar" role="toolbar" aria-label={t("Selected conversations")}>
      {button(t("Clear the selection"), "close", onClear)}
      <b aria-live="polite">{count === null ? t("All selected") : tn("{n} selected", "{n} selected", { n: count })}</b>
      {mayHaveAll && <button type="button" className="link-button" onClick={onAll}>{t("Select all")}</button>}
      <span className="chosen-acts">
        {button(t("Done"), "check", () => onAct("done"))}
        {button(t("Snooze…"), "snooze", (event) => onMenu(event, "snooze"))}
        {several && button(t("Assign…"), "people", (event) => onMenu(event, "assign"))}
        {button(t("Archive"), "archive", () => onAct("archive"))}
        {button(t("More actions"), "more", (event) => onMenu(event, "all"))}
      </span>
    </div>
  );
}
