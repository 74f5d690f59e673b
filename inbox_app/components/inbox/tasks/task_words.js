// What kinds, states and times of tasks are called.
import { texts } from "@/external/inbox_app/components/i18n/text/text.jsx";

export const kinds = (t) => [
  ["cleaning", t("Cleaning")],
  ["maintenance", t("Maintenance")],
  ["check_in", t("Check-in")],
  ["check_out", t("Check-out")],
  ["other", t("Other")],
];

export const states = (t) => [
  ["open", t("Not begun")],
  ["in_progress", t("In progress")],
  ["done", t("Finished")],
  ["cancelled", t("Called off")],
];

export const named = (pairs, value) => pairs.find(([each]) => each === value)?.[1] ?? "";

/** A day and an hour in a zone: Sat 5 Dec, 10:00. */
export function there(ms, timeZone) {
  const { language } = texts();
  const written = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone };
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, written).format(ms);
}
