// What was just done to conversations, with its undo, for a moment.
import { useEffect, useState } from "react";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const STANDS = 9_000;

export default function TriageNotice({ latest, onUndo }) {
  const { t, tn } = useTexts();
  const [away, putAway] = useState(latest?.id);
  const [held, hold] = useState(false);
  const id = latest && latest.id !== away ? latest.id : 0;
  useEffect(() => {
    if (!id || held) return undefined;
    const timer = setTimeout(() => putAway(id), STANDS);
    return () => clearTimeout(timer);
  }, [id, held]);
  return (
    <div className="triage-notice" role="status">
      {id > 0 && (
        <p className="toast" onPointerEnter={() => hold(true)} onPointerLeave={() => hold(false)} onFocus={() => hold(true)} onBlur={() => hold(false)}>
          <span>{words(latest, t, tn)}</span>
          {latest.undo && <button type="button" className="link-button" title="Z" onClick={onUndo}>{t("Undo")}</button>}
          <button type="button" className="icon-button" aria-label={t("Close")} onClick={() => (hold(false), putAway(id))}><Icon name="close" /></button>
        </p>
      )}
    </div>
  );
}

function words({ what, problem, count }, t, tn) {
  if (what === "refused") return refusal(problem, t);
  if (what === "undone") return count ? t("Undone: all is as before.") : t("Someone has changed this meanwhile.");
  const done = {
    done: t("Done."),
    to_do: t("To do again."),
    snooze: t("Snoozed."),
    archive: t("Archived."),
    take_back: t("Out of the archive."),
    take: t("It is yours now."),
    assign: t("Assigned."),
    unassign: t("No longer assigned."),
    star: t("Star added."),
    unstar: t("Star removed."),
    read: t("Seen by you."),
    unread: t("Unread again."),
    label: t("Labelled."),
    unlabel: t("Label taken off."),
  }[what];
  const many = tn("{n} conversation", "{n} conversations", { n: count });
  return count > 1 ? `${done} ${many}` : done;
}

const refusal = (problem, t) =>
  ({
    past: t("That time is past already."),
    too_far: t("That is more than a year away."),
    no_time: t("Give a day and a time."),
    no_stay: t("There is no stay to wait for."),
  })[problem] ?? t("The window is closed already.");
