// Until when a conversation is snoozed: hours that people mean, what happens in its stay or its thread, or a time of one's own.
import { Icon } from "@/external/inbox_app/components/layout/icons/icons.jsx";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { now } from "@/external/inbox_app/components/i18n/times/times.jsx";
import { clock, dayOf, moment, shortDate } from "@/external/inbox_app/components/i18n/times/formats.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BEFORE_ARRIVAL = ["upcoming", "arriving_today", "inquiry", "pending"];
const BEFORE_DEPARTURE = [...BEFORE_ARRIVAL, "in_house", "departing_today"];

/** `YYYY-MM-DDTHH:MM` on the account's wall. */
export const wall = (ms) => `${dayOf(ms)}T${clock(ms)}`;
const at = (ms, hour) => `${dayOf(ms)}T${String(hour).padStart(2, "0")}:00`;

/** Words, what is told of it, and what stands beside it, for these rows. */
export function snoozeChoices(rows, t) {
  const present = now();
  const hour = Number(clock(present).slice(0, 2));
  const monday = present + ((8 - new Date(`${dayOf(present)}T12:00Z`).getUTCDay()) % 7 || 7) * DAY;
  const any = (phases) => rows.some((row) => phases.includes(row.stay_phase));
  const alone = rows.length === 1 ? rows[0] : null;
  const closing = rows.filter((row) => row.window === "open" && row.closes_at - 2 * HOUR > present);
  return [
    [t("In three hours"), wall(present + 3 * HOUR), moment(present + 3 * HOUR, present)],
    hour < 17 && [t("This evening"), at(present, 18), "18:00"],
    [t("Tomorrow morning"), at(present + DAY, 9), "9:00"],
    [t("Next Monday"), at(monday, 9), shortDate(dayOf(monday))],
    any(BEFORE_ARRIVAL) && [t("Until check-in"), "check_in", alone?.stay_date ? shortDate(alone.stay_date) : ""],
    any(BEFORE_DEPARTURE) && [t("Until check-out"), "check_out", ""],
    [t("Until they answer"), "answer", ""],
    closing.length > 0 && [t("Two hours before the window closes"), "window", alone ? moment(alone.closes_at - 2 * HOUR, present) : ""],
  ].filter(Boolean);
}

/** A day and a time of one's own. */
export function OwnTime({ onChoose }) {
  const { t } = useTexts();
  const submit = (event) => {
    event.preventDefault();
    onChoose(new FormData(event.target).get("until"));
  };
  return (
    <form className="later-form" onSubmit={submit}>
      <label className="field">
        <span>{t("Day and time")}</span>
        <input type="datetime-local" name="until" data-first="" required defaultValue={at(now() + DAY, 9)} min={wall(now())} />
      </label>
      <button type="submit" className="button"><Icon name="snooze" /> {t("Snooze")}</button>
    </form>
  );
}
