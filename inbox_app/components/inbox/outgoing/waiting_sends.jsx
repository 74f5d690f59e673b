// Texts that wait for their time or for an answer, at the end of the thread (M10, W7).
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { now, useMoment } from "@/external/inbox_app/components/i18n/times/times.jsx";
import { dayAndClock, inZone } from "@/external/inbox_app/components/i18n/times/formats.js";
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { MessageText } from "@/external/inbox_app/components/inbox/thread/message_text/message_text.jsx";
import "@/styles/waiting_sends.css";

/** `onTakeBack(id)`. */
export default function WaitingSends({ rows, onTakeBack }) {
  return rows.map((row) => <Waiting key={row.id} row={row} onTakeBack={() => onTakeBack(row.id)} />);
}

function Waiting({ row, onTakeBack }) {
  const { t } = useTexts();
  const leaves = useLeaves(row, t);
  return (
    <article className="message outgoing first last waiting-send">
      <span className="visually-hidden">{t("Waiting")}: </span>
      <MessageText text={row.text} />
      <div className="waiting-foot">
        <Icon name="clock" />
        <p>
          {leaves}
          {row.fallback && <small>{t("If the window is closed, the template “{name}” goes first.", { name: row.fallback })}</small>}
        </p>
        <button type="button" className="link-button" onClick={onTakeBack}>{t("Take back")}</button>
      </div>
    </article>
  );
}

/** The hour is the accommodation's, and says so where that is another than the account's. */
function useLeaves({ due_at: at, local_tz: zone }, t) {
  const moment = useMoment(() => (at ? inZone(zone, () => dayAndClock(at, now())) : ""));
  if (!at) return t("Leaves when they answer");
  return zone ? t("Leaves {moment}, the accommodation's time", { moment }) : t("Leaves {moment}", { moment });
}
