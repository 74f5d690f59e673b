// How figures are written, and what they and their periods are called.
import { texts } from "@/external/inbox_app/components/i18n/text/text.jsx";
import { shortDate } from "@/external/inbox_app/components/i18n/times/formats.js";

const language = () => (texts().language === "en" ? "en-GB" : texts().language);

export const number = (value) => new Intl.NumberFormat(language()).format(value);

export const share = (part, whole) =>
  new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 0 }).format(whole ? part / whole : 0);

const unit = (value, name) => new Intl.NumberFormat(language(), { style: "unit", unit: name, unitDisplay: "short" }).format(value);

/** How long an answer took: 12 min, 1 hr 20 min, 3 days 4 hrs. */
export function duration(seconds, t) {
  if (seconds < 0) return t("No answer");
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return t("Under a minute");
  const parts = [
    [Math.floor(minutes / 1440), "day"],
    [Math.floor((minutes % 1440) / 60), "hour"],
    [minutes < 1440 ? minutes % 60 : 0, "minute"],
  ];
  return parts.filter(([value]) => value > 0).map(([value, name]) => unit(value, name)).join(" ");
}

/** Monday first, long or short. */
export function weekdays(width) {
  const name = new Intl.DateTimeFormat(language(), { weekday: width, timeZone: "UTC" });
  return Array.from({ length: 7 }, (_, day) => name.format(Date.UTC(2024, 0, 1 + day)));
}

export const span = (first, last, t) =>
  first === last ? shortDate(first) : t("{first} to {last}", { first: shortDate(first), last: shortDate(last) });

export const periods = (t) => [
  ["week", t("This week")],
  ["last_week", t("Last week")],
  ["4_weeks", t("4 weeks")],
  ["12_weeks", t("12 weeks")],
  ["52_weeks", t("52 weeks")],
];

const unnamed = (t) => ({
  app: t("From the phone app"),
  nobody: t("Assigned to nobody"),
  none: t("Without a stay"),
  gone: t("No longer there"),
});

export const subjectName = ({ name, kind }, t) => name || unnamed(t)[kind];
